"""A quote that is not literally where it is said to be does not leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.citations import cite, is_literal
from assistant.records import Document, DocumentKind, DocumentStatus, Evidence, Page, Passage, SectionKind, Source

TEXT = "Eerste bladzijde, met een regel.\n\nTweede bladzijde: alleen een verpleegkundige mag dat."
SECOND = TEXT.index("Tweede")
DOCUMENT = Document(
    "regels",
    "v1",
    TEXT,
    (Page(1, "i", 0, SECOND - 2, TEXT[: SECOND - 2]), Page(2, "1", SECOND, len(TEXT), TEXT[SECOND:])),
    (),
)
SOURCE = Source(
    "regels",
    "De regels",
    "ZN",
    DocumentKind("inkoopbeleid", "inkoopbeleid", 5, "bindt wie een contract heeft"),
    DocumentStatus.PUBLISHED,
    "v1",
    valid_from=date(2026, 1, 1),
)


def evidence(start: int, end: int, text: str | None = None) -> Evidence:
    quote = TEXT[start:end] if text is None else text
    passage = Passage("p", "regels", "v1", 0, len(TEXT), TEXT, 1, "i", ("Regels", "punt 1"), SectionKind.POINT, ())
    return Evidence(passage, start, end, quote, 1.0)


def test_a_citation_carries_everything_that_is_needed_to_open_it() -> None:
    made = cite(3, evidence(SECOND, len(TEXT)), DOCUMENT, SOURCE)
    assert made is not None
    assert (made.number, made.document, made.version, made.title, made.kind) == (
        3,
        "regels",
        "v1",
        "De regels",
        "inkoopbeleid",
    )
    assert (made.page, made.page_label, made.section) == (2, "1", ("Regels", "punt 1"))
    assert (made.valid_from, made.valid_until) == (date(2026, 1, 1), None)
    assert made.quote == TEXT[SECOND:]


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_every_slice_with_something_in_it_can_be_cited_and_nothing_else(start: int, end: int) -> None:
    made = cite(1, evidence(start, end), DOCUMENT, SOURCE)
    assert (made is not None) == bool(TEXT[start:end].strip())


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (0, 6, "eerste"),
        (0, 6, "Eerste "),
        (1, 7, "Eerste"),
        (0, 6, ""),
        (6, 7, " "),
        (-6, -1, TEXT[-6:-1]),
        (len(TEXT), len(TEXT) + 4, "meer"),
        (0, len(TEXT) + 1, TEXT),
    ],
)
def test_what_is_not_literal_is_refused(start: int, end: int, quote: str, caplog: pytest.LogCaptureFixture) -> None:
    assert cite(1, evidence(start, end, quote), DOCUMENT, SOURCE) is None
    assert "not literal" in caplog.text
    assert "verpleegkundige" not in caplog.text


def test_it_must_be_this_document_this_version_and_this_page() -> None:
    made = cite(1, evidence(SECOND, len(TEXT)), DOCUMENT, SOURCE)
    assert made is not None
    assert is_literal(made, DOCUMENT)
    for changed in (
        replace(made, document="andere"),
        replace(made, version="v2"),
        replace(made, page=1),
        replace(made, start=made.start + 1),
        replace(made, quote=made.quote.upper()),
    ):
        assert not is_literal(changed, DOCUMENT)
