"""Records as plain JSON values and back, without loss."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.records import (
    Block,
    BlockKind,
    Document,
    DocumentKind,
    DocumentStatus,
    NoteRef,
    Page,
    Passage,
    SectionKind,
    Source,
    Unit,
    UnitRole,
)

Json = dict[str, Any]

DATES = ("date", "valid_from", "valid_until", "review_by")


def encode_source(source: Source) -> Json:
    kind = source.kind
    value: Json = {name: getattr(source, name) for name in Source.__dataclass_fields__}
    value["kind"] = [kind.id, kind.label, kind.rank, kind.binding]
    value["status"] = source.status.value
    for name in DATES:
        value[name] = value[name].isoformat() if value[name] else None
    return value


def decode_source(value: Json) -> Source:
    fields = dict(value)
    fields["kind"] = DocumentKind(*fields["kind"])
    fields["status"] = DocumentStatus(fields["status"])
    fields["names"] = tuple(fields["names"])
    for name in DATES:
        fields[name] = date.fromisoformat(fields[name]) if fields[name] else None
    return Source(**fields)


def _slice_or_text(text: str, whole: str, start: int, end: int) -> list[str]:
    # Slices are not stored twice; a text that is no slice (which verification refuses) still round-trips.
    return [] if text == whole[start:end] else [text]


def encode_document(document: Document) -> Json:
    text = document.text
    return {
        "id": document.id,
        "version": document.version,
        "title": document.title,
        "text": text,
        "pages": [
            [p.number, p.label, p.start, p.end, *_slice_or_text(p.text, text, p.start, p.end)] for p in document.pages
        ],
        "blocks": [[b.kind.value, b.start, b.end, b.level, b.label] for b in document.blocks],
        "note_refs": [[n.position, n.label] for n in document.note_refs],
        "furniture": document.furniture,
    }


def decode_document(value: Json) -> Document:
    text = value["text"]
    return Document(
        id=value["id"],
        version=value["version"],
        text=text,
        pages=tuple(
            Page(number, label, start, end, own[0] if own else text[start:end])
            for number, label, start, end, *own in value["pages"]
        ),
        blocks=tuple(Block(BlockKind(kind), *rest) for kind, *rest in value["blocks"]),
        note_refs=tuple(NoteRef(position, label) for position, label in value["note_refs"]),
        furniture=tuple(value["furniture"]),
        title=value["title"],
    )


def encode_passage(passage: Passage) -> Json:
    text, base = passage.text, passage.start
    return {
        "id": passage.id,
        "document": passage.document,
        "version": passage.version,
        "start": base,
        "end": passage.end,
        "text": text,
        "page": passage.page,
        "page_label": passage.page_label,
        "section": passage.section,
        "kind": passage.kind.value,
        "units": [
            [u.start, u.end, u.role.value, *_slice_or_text(u.text, text, max(0, u.start - base), max(0, u.end - base))]
            for u in passage.units
        ],
    }


def decode_passage(value: Json) -> Passage:
    text, base = value["text"], value["start"]
    return Passage(
        id=value["id"],
        document=value["document"],
        version=value["version"],
        start=base,
        end=value["end"],
        text=text,
        page=value["page"],
        page_label=value["page_label"],
        section=tuple(value["section"]),
        kind=SectionKind(value["kind"]),
        units=tuple(
            Unit(start, end, own[0] if own else text[max(0, start - base) : max(0, end - base)], UnitRole(role))
            for start, end, role, *own in value["units"]
        ),
    )
