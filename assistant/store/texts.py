"""The texts that answers point into, kept once each, so that a permanent link opens on the very words it cites."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import UsageError
from assistant.records import Block, BlockKind, Document, DocumentKind, DocumentStatus, NoteRef, Page, Source
from assistant.store.database import Database
from assistant.store.tables import AnswerTextRow, TextRow
from assistant.store.values import CitedText


class Texts:
    """Reads the texts behind permanent links; they are written together with the answer (:func:`keep_texts`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_answer(self, link: str) -> tuple[CitedText, ...]:
        """Every text that the answer of ``link`` points into; empty for an unknown link. Raises StorageError."""
        with self._database.read() as session:
            rows = session.execute(_joined().where(AnswerTextRow.link == link).order_by(AnswerTextRow.document)).all()
            return tuple(_cited(reference, row) for reference, row in rows)

    def one(self, link: str, document: str, version: str) -> CitedText:
        """The text of one document version as the answer of ``link`` saw it. Raises UsageError when it is not kept."""
        wanted = (AnswerTextRow.link == link, AnswerTextRow.document == document, AnswerTextRow.version == version)
        with self._database.read() as session:
            row = session.execute(_joined().where(*wanted)).one_or_none()
            if row is None:
                raise UsageError(
                    "unknown-text",
                    "Bij dit antwoord hoort die tekst niet.",
                    "Open de bron via een verwijzing in het antwoord.",
                )
            return _cited(*row)


def keep_texts(session: Session, link: str, texts: Iterable[CitedText]) -> None:
    """Keeps each text unless it is there already, and notes that the answer of ``link`` points into it."""
    for kept in texts:
        document = kept.document
        key = (document.id, document.version, hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest())
        there = select(TextRow.text_hash).where(
            TextRow.document == key[0], TextRow.version == key[1], TextRow.text_hash == key[2]
        )
        if session.scalar(there) is None:  # the row itself holds a whole document
            with_text = TextRow(
                document=key[0], version=key[1], text_hash=key[2], body=_body(document), reading_version=kept.reading_version
            )
            session.add(with_text)
            session.flush()
        session.add(
            AnswerTextRow(
                link=link, document=key[0], version=key[1], text_hash=key[2], source=json.dumps(_source_out(kept.source))
            )
        )


def _joined() -> Any:
    on = (
        (AnswerTextRow.document == TextRow.document)
        & (AnswerTextRow.version == TextRow.version)
        & (AnswerTextRow.text_hash == TextRow.text_hash)
    )
    return select(AnswerTextRow, TextRow).join(TextRow, on)


def _cited(reference: AnswerTextRow, row: TextRow) -> CitedText:
    return CitedText(_document(row), _source_in(json.loads(reference.source)), row.reading_version)


def _body(document: Document) -> str:
    """Text and layout as JSON; pages are kept as places, since their text is a slice of the whole."""
    return json.dumps(
        {
            "text": document.text,
            "title": document.title,
            "pages": [[page.number, page.label, page.start, page.end] for page in document.pages],
            "blocks": [[block.kind.value, block.start, block.end, block.level, block.label] for block in document.blocks],
            "note_refs": [[note.position, note.label] for note in document.note_refs],
            "furniture": list(document.furniture),
        }
    )


def _document(row: TextRow) -> Document:
    body = json.loads(row.body)
    text: str = body["text"]
    return Document(
        id=row.document,
        version=row.version,
        text=text,
        pages=tuple(Page(number, label, start, end, text[start:end]) for number, label, start, end in body["pages"]),
        blocks=tuple(Block(BlockKind(kind), start, end, level, label) for kind, start, end, level, label in body["blocks"]),
        note_refs=tuple(NoteRef(position, label) for position, label in body["note_refs"]),
        furniture=tuple(body["furniture"]),
        title=body["title"],
    )


_DAYS = ("date", "valid_from", "valid_until", "review_by")
_WORDS = ("id", "title", "publisher", "version", "replaces", "source_url", "owner", "language", "file", "holds")


def _source_out(source: Source) -> dict[str, Any]:
    kind = source.kind
    days = {name: getattr(source, name) for name in _DAYS}
    return {
        **{name: getattr(source, name) for name in _WORDS},
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "kind": [kind.id, kind.label, kind.rank, kind.binding],
        "status": source.status.value,
        "names": list(source.names),
    }


def _source_in(data: dict[str, Any]) -> Source:
    fields: dict[str, Any] = {name: data[name] for name in _WORDS}
    fields |= {name: date.fromisoformat(data[name]) if data[name] else None for name in _DAYS}
    kind, status = DocumentKind(*data["kind"]), DocumentStatus(data["status"])
    return Source(**fields, kind=kind, status=status, names=tuple(data["names"]))
