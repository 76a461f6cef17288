"""An answer as blocks that a template can show: the few marks of its Markdown become plain values, nothing becomes HTML.

The text of an answer knows paragraphs, list items, block quotes (``> ``), ``**bold**``, ``<address>`` and ``[n]`` markers.
Anything else is text. An address becomes a link only when the catalogue knows it, so no document can plant one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.records import Answer, Citation, Mode, Notice, Source, Status
from assistant.retrieval.followup import earlier_in
from assistant.retrieval.scope import small_talk
from assistant.web.language import words
from assistant.web.words import StatusLook

_INLINE = re.compile(r"\*\*(?P<bold>[^*\n]+)\*\*|\[(?P<chip>\d{1,3})\]|<(?P<link>https?://[^\s<>]+)>")
# Notices that say more of an answer than its status does, with the state that they are shown as.
_TELLING = {
    "sources-disagree": "conflict",
    "unsure": "unsure",
    "model-unavailable": "model_down",
    "model-fallback": "model_unfit",
}
_ITEM = re.compile(r"^\s*(?:[•·▪o-]|\d{1,2}[.)]|[a-z][.)])\s+")


class PieceKind(StrEnum):
    """What a stretch of a line is."""

    TEXT = "text"
    BOLD = "bold"
    CHIP = "chip"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: its kind, its text, and for a chip the citation that it opens."""

    kind: PieceKind
    text: str
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or list item; ``item`` when it starts with a list's marker."""

    pieces: tuple[Piece, ...]
    item: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together: running text, or the quote of one place in one document."""

    quote: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that a template needs to show an answer."""

    answer: Answer
    state: str
    parts: tuple[Part, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)
    understood: str = ""
    follows: str = ""  # the earlier question that this one was read as following on

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the reader should know besides; what the card shows in a place of its own is left out."""
        shown = {
            "not-loaded",
            "outside-validity",
            "partly",
            "spelling",
            *(code for code, state in _TELLING.items() if state == self.state),
        }
        return tuple(notice for notice in self.answer.notices if notice.code not in shown)

    @property
    def lines(self) -> tuple[str, ...]:
        """What is said in the language of the answer right under the title: what an answer in part leaves open."""
        return tuple(notice.text for notice in self.answer.notices if notice.code == "partly")

    @property
    def spelling(self) -> str:
        """As what misspelt words were read."""
        return " ".join(notice.text for notice in self.answer.notices if notice.code == "spelling")

    @property
    def written(self) -> bool:
        """Whether a language model wrote its sentences."""
        return self.answer.mode is Mode.GENERATED

    @property
    def places(self) -> tuple[str, ...]:
        """Where its quotes stand, each place once: the document's title and the page."""
        return tuple(
            dict.fromkeys(
                f"{each.title}, {words.PAGE.format(page=each.page_label or each.page)}" for each in self.answer.citations
            )
        )

    @property
    def title(self) -> StatusLook:
        found: StatusLook = words.STATUSES[self.state]
        return found


def look(answer: Answer, sources: Mapping[str, Source]) -> Look:
    """How to show ``answer``; ``sources`` are those of the catalogue, by id."""
    addresses = {source.source_url for source in sources.values() if source.source_url}
    known = {citation.number: citation for citation in (*answer.citations, *answer.nearest)}
    asked = " ".join(answer.question.text.split())
    differs = answer.interpreted.strip(" ?.") != asked.strip(" ?.")
    follows = earlier_in(answer.interpreted)
    return Look(
        answer=answer,
        state=state_of(answer),
        parts=tuple(_parts(answer.text, known if answer.citations else {}, addresses)),
        sources=sources,
        understood=answer.interpreted if differs and not follows else "",
        follows=follows,
    )


def state_of(answer: Answer) -> str:
    """The state that an answer is shown in: its status, or what its notices say is more telling."""
    codes = {notice.code for notice in answer.notices}
    if answer.status is Status.OUT_OF_SCOPE and small_talk(answer.question.text):
        return "welcome"
    if "outside-validity" in codes:
        return "outdated"
    if "sources-disagree" in codes:
        return _TELLING["sources-disagree"]
    if answer.status is Status.ANSWERED:
        return next((state for code, state in _TELLING.items() if code in codes), answer.status.value)
    return answer.status.value


def _parts(text: str, known: Mapping[int, Citation], addresses: Collection[str]) -> list[Part]:
    parts: list[Part] = []
    for quote, raw in _paragraphs(text):
        lines = tuple(_line(line, known, addresses) for line in raw)
        parts.append(Part(quote, lines))
    return parts


def _paragraphs(text: str) -> list[tuple[bool, list[str]]]:
    """Paragraphs with whether each is a quote; a bare ``>`` line keeps a quote together."""
    found: list[tuple[bool, list[str]]] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in paragraph.splitlines() if line.strip()]
        quote = bool(lines) and all(line.startswith(">") for line in lines)
        bare = [line[1:].strip() if quote else line.strip() for line in lines]
        kept = [line for line in bare if line]
        if kept:
            found.append((quote, kept))
    return found


def _line(text: str, known: Mapping[int, Citation], addresses: Collection[str]) -> Line:
    pieces: list[Piece] = []
    done = 0
    for match in _INLINE.finditer(text):
        piece = _piece(match, known, addresses)
        if piece is None:
            continue
        if match.start() > done:
            pieces.append(Piece(PieceKind.TEXT, text[done : match.start()]))
        pieces.append(piece)
        done = match.end()
    if done < len(text):
        pieces.append(Piece(PieceKind.TEXT, text[done:]))
    return Line(tuple(pieces), bool(_ITEM.match(text)))


def _piece(match: re.Match[str], known: Mapping[int, Citation], addresses: Collection[str]) -> Piece | None:
    if match["bold"]:
        return Piece(PieceKind.BOLD, match["bold"])
    if match["chip"]:
        citation = known.get(int(match["chip"]))
        return Piece(PieceKind.CHIP, match["chip"], citation) if citation else None
    return Piece(PieceKind.LINK, match["link"]) if match["link"] in addresses else None


def excerpt(citation: Citation, length: int = 220) -> str:
    """The start of a quote, for a preview."""
    text = " ".join(citation.quote.split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def place(citation: Citation) -> str:
    """Where a quote stands, in words: page and the innermost named section."""
    section: Sequence[str] = citation.section[-1:]
    return ", ".join([words.PAGE.format(page=citation.page_label or citation.page), *section])
