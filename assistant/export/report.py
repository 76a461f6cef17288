"""An answer as a row of styled lines: what is said and in which order, the same for every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from assistant.export import words
from assistant.export.markdown import Flow, flows
from assistant.records import Answer, Citation, Source


class Style(Enum):
    """What a line is; each format decides how that looks."""

    TITLE = auto()
    HEADING = auto()
    SUBHEADING = auto()
    TEXT = auto()
    ITEM = auto()
    NUMBERED = auto()
    QUOTE = auto()  # to the letter; formats put quotation marks around it
    PASSAGE = auto()  # a quote inside the answer, with its marker, without quotation marks
    DETAIL = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. ``label`` stands before the text and says what it is; ``url`` is where the text leads."""

    style: Style
    text: str
    label: str = ""
    url: str = ""


_FLOWS = {
    Flow.TEXT: Style.TEXT,
    Flow.ITEM: Style.ITEM,
    Flow.NUMBERED: Style.NUMBERED,
    Flow.QUOTE: Style.PASSAGE,
    Flow.HEADING: Style.SUBHEADING,
}


def report(answer: Answer, sources: Iterable[Source], created: datetime, link: str) -> Iterator[Line]:
    """The whole answer, from its question to how it was made."""
    known = tuple(sources)
    yield Line(Style.TITLE, words.TITLE)
    yield from _question(answer)
    yield Line(Style.HEADING, words.ANSWER)
    for flow, text in flows(answer.text):
        yield Line(_FLOWS[flow], text)
    for heading, citations in ((words.SOURCES, answer.citations), (words.NEAREST, answer.nearest)):
        if citations:
            yield Line(Style.HEADING, heading)
        for citation in citations:
            yield from _citation(citation, source_of(citation, known), created)
    yield from _notices(answer)
    yield from _about(answer, created, link)


def source_of(citation: Citation, sources: Iterable[Source]) -> Source | None:
    """What is known of the cited document, the same version first; None when nothing is."""
    same = [source for source in sources if source.id == citation.document]
    exact = [source for source in same if source.version == citation.version]
    return next(iter([*exact, *same]), None)


def _question(answer: Answer) -> Iterator[Line]:
    yield Line(Style.HEADING, words.QUESTION)
    yield Line(Style.TEXT, answer.question.text)
    if answer.interpreted.strip() and answer.interpreted.strip() != answer.question.text.strip():
        yield Line(Style.TEXT, answer.interpreted, words.UNDERSTOOD)
    yield Line(Style.TEXT, words.day(answer.question.as_of), words.AS_OF)
    yield Line(Style.TEXT, words.STATUSES[answer.status], words.STATUS)


def _citation(citation: Citation, source: Source | None, created: datetime) -> Iterator[Line]:
    yield Line(Style.SUBHEADING, f"[{citation.number}] {citation.title}")
    yield Line(Style.QUOTE, citation.quote)
    if source:
        yield Line(Style.DETAIL, source.publisher, "Uitgever")
    yield Line(Style.DETAIL, words.kind(citation, source), "Soort document")
    yield Line(Style.DETAIL, words.validity(citation), "Geldigheid")
    yield Line(Style.DETAIL, words.place(citation), "Plaats")
    yield Line(Style.DETAIL, f"{words.version(citation)}, geraadpleegd op {words.day(created)}", "Versie")
    if source and source.source_url:
        yield Line(Style.DETAIL, source.source_url, "Officieel adres", source.source_url)


def _notices(answer: Answer) -> Iterator[Line]:
    if answer.notices:
        yield Line(Style.HEADING, words.NOTICES)
    for notice in answer.notices:
        yield Line(Style.ITEM, notice.text)
    if answer.missing_documents:
        yield Line(Style.HEADING, words.MISSING)
    for missing in answer.missing_documents:
        yield Line(Style.ITEM, missing.title)
        if missing.source_url:
            yield Line(Style.DETAIL, missing.source_url, "Officieel adres", missing.source_url)


def _about(answer: Answer, created: datetime, link: str) -> Iterator[Line]:
    yield Line(Style.HEADING, words.ABOUT)
    yield Line(Style.TEXT, words.MADE_BY_AI)
    if answer.citations:
        yield Line(Style.TEXT, words.MODES[answer.mode])
    yield Line(Style.DETAIL, words.moment(created), words.CREATED)
    if answer.index:
        yield Line(Style.DETAIL, answer.index, words.INDEX)
    if link:
        yield Line(Style.DETAIL, link, words.LINK, link)
