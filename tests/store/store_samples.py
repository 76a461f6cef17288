"""A clock, and a document, its source and an answer that cites it, to keep in a store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from assistant.records import (
    Answer,
    Block,
    BlockKind,
    Citation,
    Document,
    DocumentKind,
    DocumentStatus,
    Mode,
    NoteRef,
    Page,
    Question,
    Source,
    Statement,
    Status,
)
from assistant.store import CitedText


@dataclass
class Clock:
    """A clock that a test sets forward."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **amount: float) -> None:
        self.moment += timedelta(**amount)


VERSION = "ab" * 32


def cited_text(text: str = "De coördinator vraagt het.\nEr is geen verandering in 2026.", title: str = "Brief") -> CitedText:
    middle = text.find("\n")
    pages = (Page(1, "1", 0, middle, text[:middle]), Page(2, "ii", middle + 1, len(text), text[middle + 1 :]))
    blocks = (Block(BlockKind.HEADING, 0, middle, 1), Block(BlockKind.ITEM, middle + 1, len(text), 0, "1."))
    document = Document("dnn-brief", VERSION, text, pages, blocks, (NoteRef(4, "1"),), ("voet",), "Brief over geld")
    kind = DocumentKind("brief", "brief", 6, "stelt zelf geen regels")
    source = Source(
        "dnn-brief",
        title,
        "DNN",
        kind,
        DocumentStatus.PUBLISHED,
        VERSION,
        date(2025, 11, 25),
        date(2025, 11, 25),
        names=("brief",),
    )
    return CitedText(document, source, "1")


def answer(question: str = "Komt er geld?", text: str = "Er is **geen** verandering [1]", index: str = "g-1") -> Answer:
    kept = cited_text().document
    start = kept.text.index("Er is")
    quote = kept.text[start:]
    citation = Citation(
        1, kept.id, VERSION, "Brief", "brief", date(2025, 11, 25), None, 2, "ii", ("Brief",), start, len(kept.text), quote
    )
    return Answer(
        question=Question(question, date(2026, 11, 22), id="q1"),
        interpreted=question,
        status=Status.ANSWERED,
        mode=Mode.EXTRACTIVE,
        text=text,
        statements=(Statement(text, (1,)),),
        citations=(citation,),
        confidence=0.75,
        timing_ms={"retrieve": 1.0, "answer": 2.0, "total": 3.0},
        index=index,
    )
