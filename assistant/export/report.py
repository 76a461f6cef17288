"""An answer as a row of styled lines: what is said and in which order, the same for every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from assistant.export.markdown import Flow, flows
from assistant.export.wording import Wording
from assistant.indexing.generations import built
from assistant.records import Answer, Citation, Source
from assistant.retrieval.followup import earlier_in


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
    """One paragraph. ``label`` stands before the text and says what it is; ``url`` is where the text leads.

    ``language`` is that of the text where it is another than the report's: quotes and titles are always Dutch.
    """

    style: Style
    text: str
    label: str = ""
    url: str = ""
    language: str = ""


_DUTCH = "nl"
_FLOWS = {
    Flow.TEXT: Style.TEXT,
    Flow.ITEM: Style.ITEM,
    Flow.NUMBERED: Style.NUMBERED,
    Flow.QUOTE: Style.PASSAGE,
    Flow.HEADING: Style.SUBHEADING,
}


def report(answer: Answer, sources: Iterable[Source], created: datetime, link: str, words: Wording) -> Iterator[Line]:
    """The whole answer, from its question to how it was made."""
    known = tuple(sources)
    yield Line(Style.TITLE, words.title)
    yield from _question(answer, words)
    yield Line(Style.HEADING, words.answer)
    for flow, text in flows(answer.text):
        yield Line(_FLOWS[flow], text, language=_DUTCH if flow is Flow.QUOTE else answer.language)
    for heading, citations in ((words.sources, answer.citations), (words.nearest, answer.nearest)):
        if citations:
            yield Line(Style.HEADING, heading)
        for citation in citations:
            yield from _citation(citation, source_of(citation, known), created, words)
    yield from _notices(answer, words)
    yield from _about(answer, created, link, words)


def source_of(citation: Citation, sources: Iterable[Source]) -> Source | None:
    """What is known of the cited document, the same version first; None when nothing is."""
    same = [source for source in sources if source.id == citation.document]
    exact = [source for source in same if source.version == citation.version]
    return next(iter([*exact, *same]), None)


def _question(answer: Answer, words: Wording) -> Iterator[Line]:
    yield Line(Style.HEADING, words.question)
    yield Line(Style.TEXT, answer.question.text, language=answer.language)
    if answer.interpreted.strip() and answer.interpreted.strip() != answer.question.text.strip():
        follows = earlier_in(answer.interpreted)
        label = words.follows if follows else words.understood
        yield Line(Style.TEXT, follows or answer.interpreted, label, language=answer.language)
    yield Line(Style.TEXT, words.day(answer.question.as_of), words.as_of)
    yield Line(Style.TEXT, words.statuses[answer.status], words.status)


def _citation(citation: Citation, source: Source | None, created: datetime, words: Wording) -> Iterator[Line]:
    yield Line(Style.SUBHEADING, f"[{citation.number}] {citation.title}", language=_DUTCH)
    yield Line(Style.QUOTE, citation.quote, language=_DUTCH)
    if source:
        yield Line(Style.DETAIL, source.publisher, words.publisher, language=_DUTCH)
    yield Line(Style.DETAIL, words.kind(citation, source), words.kind_label, language=_DUTCH)
    if source and source.date:
        yield Line(Style.DETAIL, words.day(source.date), words.date_label)
    yield Line(Style.DETAIL, words.validity(citation), words.validity_label)
    yield Line(Style.DETAIL, words.place(citation), words.place_label)
    yield Line(Style.DETAIL, words.day(created), words.consulted_label)
    if source and source.source_url:
        yield Line(Style.DETAIL, source.source_url, words.address, source.source_url)


def _notices(answer: Answer, words: Wording) -> Iterator[Line]:
    if answer.notices:
        yield Line(Style.HEADING, words.notices)
    for notice in answer.notices:
        yield Line(Style.ITEM, notice.text, language=answer.language)
    if answer.missing_documents:
        yield Line(Style.HEADING, words.missing)
    for missing in answer.missing_documents:
        yield Line(Style.ITEM, missing.title, language=_DUTCH)
        if missing.source_url:
            yield Line(Style.DETAIL, missing.source_url, words.address, missing.source_url)


def _about(answer: Answer, created: datetime, link: str, words: Wording) -> Iterator[Line]:
    yield Line(Style.HEADING, words.about)
    yield Line(Style.TEXT, words.made_by_ai)
    if answer.citations:
        yield Line(Style.TEXT, words.modes[answer.mode])
    yield Line(Style.DETAIL, words.moment(created), words.created)
    if moment := built(answer.index):
        yield Line(Style.DETAIL, words.moment(moment.astimezone(created.tzinfo)), words.index)
    if link:
        yield Line(Style.DETAIL, link, words.link, link)
    yield Line(Style.DETAIL, "; ".join(_technical(answer, words)), words.technical)


def _technical(answer: Answer, words: Wording) -> Iterator[str]:
    """What is needed to repeat the answer: the index, and enough of each version to tell it from every other."""
    if answer.index:
        yield words.index_of.format(index=answer.index)
    yield from dict.fromkeys(f"{each.document} {each.version[:12]}" for each in (*answer.citations, *answer.nearest))
