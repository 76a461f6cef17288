"""The frozen values that the stages hand to each other.

Offsets are always in characters of the canonical text of one document version; ``end`` is exclusive. The one invariant
that everything rests on: ``document.text[x.start:x.end] == x.text`` for every page, unit, passage and quote.
This module imports nothing of the package and nothing heavy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Day = date  # Source has a field named date, which would hide the type from type checkers


class BlockKind(StrEnum):
    """What a reader saw a stretch of text to be. Structure above blocks (sections) is derived later."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # a list item, numbered point, lid or onderdeel; its marker is part of the text and is the label
    FOOTNOTE = "footnote"
    TABLE = "table"  # one block a table; one line a row, cells separated by " | "


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like stretch of the canonical text.

    ``level`` is 1.. for headings (1 is highest) and 0.. for items (0 is outermost). ``label`` is the marker as it stands
    in the text ("3.", "•", "a.", "1°"), the footnote's mark, or empty.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``number`` counts from 1, ``label`` is what is printed on it ("iv", "2")."""

    number: int
    label: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class NoteRef:
    """Where a footnote mark was taken out of the running text (``position``), and the mark (``label``)."""

    position: int
    label: str


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one document as it was read.

    ``version`` is the SHA-256 of the original bytes. ``pages`` cover ``text`` without overlap and in order, save for
    the blank characters between them. ``furniture`` holds the repeated header and footer lines that were set apart.
    """

    id: str
    version: str
    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    note_refs: tuple[NoteRef, ...] = ()
    furniture: tuple[str, ...] = ()
    title: str = ""

    def page_at(self, offset: int) -> Page:
        """The page on which the character at ``offset`` stands (the page before it, for blank space between pages)."""
        found = self.pages[0]
        for page in self.pages:
            if page.start > offset:
                break
            found = page
        return found


class SectionKind(StrEnum):
    """Kinds of section, in the field's own words; the value is what a reader is shown."""

    CHAPTER = "hoofdstuk"
    ARTICLE = "artikel"
    MEMBER = "lid"
    PART = "onderdeel"
    POINT = "punt"
    HEADING = "kop"
    LIST = "lijst"
    ANNEX = "bijlage"
    FOOTNOTE = "voetnoot"
    TABLE = "tabel"
    TEXT = "tekst"


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of a document; ``path`` holds the names from the outermost part down to this one."""

    kind: SectionKind
    path: tuple[str, ...]
    start: int
    end: int


class UnitRole(StrEnum):
    """What a unit of evidence is within its passage."""

    SENTENCE = "sentence"
    LEAD_IN = "lead_in"  # the sentence that introduces a list and is quoted with it
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest thing that is quoted: a sentence, a list item or a table row."""

    start: int
    end: int
    text: str
    role: UnitRole = UnitRole.SENTENCE


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed and found: an exact slice of a document with its heading path and its units in reading order.

    ``id`` is unique within an index generation and changes when document, version, place or text changes.
    """

    id: str
    document: str
    version: str
    start: int
    end: int
    text: str
    page: int
    page_label: str
    section: tuple[str, ...]
    kind: SectionKind
    units: tuple[Unit, ...]


class DocumentStatus(StrEnum):
    """Where a document stands; the values are those of the catalogue."""

    PUBLISHED = "gepubliceerd"
    DRAFT = "concept"
    RETIRED = "ingetrokken"
    MISSING = "ontbreekt"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document with its authority: ``rank`` 1 binds most; ``binding`` says so in a Dutch sentence."""

    id: str
    label: str
    rank: int
    binding: str


@dataclass(frozen=True, slots=True)
class Source:
    """What the catalogue says of a document: everything about it but its text."""

    id: str
    title: str
    publisher: str
    kind: DocumentKind
    status: DocumentStatus
    version: str = ""
    date: Day | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    replaces: str = ""
    source_url: str = ""
    owner: str = ""
    review_by: Day | None = None
    language: str = "nl"
    file: str = ""
    names: tuple[str, ...] = ()  # how people and other documents call it: "BR/REG-26108", "de duiding"
    holds: str = ""  # for a missing document: what is known to stand in it, with where that is known from

    def valid_on(self, day: Day) -> bool:
        """Whether the document holds on ``day``; an open end holds for ever."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Question:
    """What the user asked: the text, the earlier questions of the conversation, and the day to answer for."""

    text: str
    as_of: date
    history: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with its score and each signal's share in that score (shares add up to it).

    ``similarity`` is the cosine of its vector and that of the question, 0.0..1.0.
    """

    passage: Passage
    score: float
    signals: Mapping[str, float] = field(default_factory=dict)
    similarity: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Units of one passage that speak to the question: ``start``/``end`` span them in the document's text."""

    passage: Passage
    start: int
    end: int
    text: str
    score: float


class Status(StrEnum):
    """How an answer stands to the documents."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_IN_DOCUMENTS = "not_in_documents"
    NOT_LOADED = "not_loaded"
    OUT_OF_SCOPE = "out_of_scope"


class Mode(StrEnum):
    """Who wrote the sentences around the quotes."""

    EXTRACTIVE = "extractive"
    GENERATED = "generated"


@dataclass(frozen=True, slots=True)
class Citation:
    """A literal quote and where it stands. ``quote`` equals the version's canonical text at ``[start:end]``."""

    number: int
    document: str
    version: str
    title: str
    kind: str
    valid_from: date | None
    valid_until: date | None
    page: int
    page_label: str
    section: tuple[str, ...]
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the answer with the numbers of the citations that carry it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """A document that is known to exist and is not in the corpus."""

    document: str
    title: str
    source_url: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know about this answer; ``code`` is stable, ``text`` is Dutch."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A checked answer. ``nearest`` is filled only where nothing was answered, and then ``citations`` is empty."""

    question: Question
    interpreted: str
    status: Status
    mode: Mode
    text: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    missing_documents: tuple[MissingDocument, ...] = ()
    notices: tuple[Notice, ...] = ()
    confidence: float = 0.0
    timing_ms: Mapping[str, float] = field(default_factory=dict)
    index: str = ""
    language: str = "nl"
