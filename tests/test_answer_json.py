"""``answer/1`` keeps every value, and has exactly the keys that CONTRACT names, in its order."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer_json import answer_from_json, answer_to_json
from assistant.errors import UsageError
from assistant.records import Answer, Citation, MissingDocument, Mode, Notice, Question, Statement, Status

DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
TEXT = st.text(max_size=60)
COUNTS = st.integers(0, 10**6)

CITATIONS = st.builds(
    Citation,
    number=st.integers(1, 99),
    document=TEXT,
    version=TEXT,
    title=TEXT,
    kind=TEXT,
    valid_from=st.none() | DAYS,
    valid_until=st.none() | DAYS,
    page=st.integers(1, 500),
    page_label=TEXT,
    section=st.lists(TEXT, max_size=4).map(tuple),
    start=COUNTS,
    end=COUNTS,
    quote=TEXT,
)


def _tuples(items: st.SearchStrategy[Any], size: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=size).map(tuple)


ANSWERS = st.builds(
    Answer,
    question=st.builds(Question, text=TEXT, as_of=DAYS, id=TEXT),
    interpreted=TEXT,
    status=st.sampled_from(Status),
    mode=st.sampled_from(Mode),
    text=TEXT,
    statements=_tuples(st.builds(Statement, TEXT, _tuples(st.integers(1, 99)))),
    citations=_tuples(CITATIONS),
    nearest=_tuples(CITATIONS),
    missing_documents=_tuples(st.builds(MissingDocument, TEXT, TEXT, TEXT)),
    notices=_tuples(st.builds(Notice, TEXT, TEXT)),
    confidence=st.floats(0, 1),
    timing_ms=st.dictionaries(st.sampled_from(["retrieve", "answer", "total"]), st.floats(0, 1e6), max_size=3),
    index=TEXT,
    language=st.sampled_from(["nl", "en"]),
)

KEYS = (
    "schema id question interpreted as_of language status mode text statements citations nearest missing_documents "
    "notices confidence timing_ms index"
).split()
CITATION_KEYS = (
    "number document version title kind valid_from valid_until page page_label section start end quote"
).split()  # fmt: skip


@given(ANSWERS)
def test_round_trip_through_json_text(answer: Answer) -> None:
    assert answer_from_json(json.loads(json.dumps(answer_to_json(answer)))) == answer


@given(ANSWERS)
def test_keys_and_their_order(answer: Answer) -> None:
    data = answer_to_json(answer)
    assert list(data) == KEYS
    for citation in [*data["citations"], *data["nearest"]]:
        assert list(citation) == CITATION_KEYS
        assert isinstance(citation["section"], list)


def _example() -> dict[str, Any]:
    question = Question("Wie betaalt?", date(2026, 11, 22), history=("Wat is een netwerk?",), id="q1")
    citation = Citation(
        1, "doc", "a" * 64, "Titel", "brief", date(2026, 1, 1), None, 2, "2", ("Kop", "punt 3"), 5, 9, "vier"
    )
    return answer_to_json(
        Answer(
            question,
            "Wie betaalt het netwerk?",
            Status.ANSWERED,
            Mode.EXTRACTIVE,
            "Zo [1]",
            (Statement("Zo", (1,)),),
            (citation,),
        )
    )


def test_dates_are_iso_or_null_and_history_stays_out() -> None:
    data = _example()
    assert data["as_of"] == "2026-11-22"
    assert (data["citations"][0]["valid_from"], data["citations"][0]["valid_until"]) == ("2026-01-01", None)
    assert "Wat is een netwerk?" not in json.dumps(data)
    assert answer_from_json(data).question.history == ()


def test_a_key_that_the_format_grew_is_left_alone() -> None:
    data = _example()
    assert answer_from_json({**data, "later": 1}) == answer_from_json(data)


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "answer/2"},
        {"as_of": "gisteren"},
        {"status": "maybe"},
        {"citations": [{}]},
        {"statements": None},
        {"as_of": 3},
    ],
)
def test_what_is_not_an_answer_is_refused_in_dutch(change: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as raised:
        answer_from_json({**_example(), **change})
    assert raised.value.code == "answer-format"
