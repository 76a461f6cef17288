"""From a document's blocks to its sections: the entrance of this room's first half."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from assistant.records import BlockKind, Document, NoteRef, Section, SectionKind
from assistant.structuring.grouping import group
from assistant.structuring.outline import Stretch, outline

LEAVES = frozenset(
    {
        SectionKind.MEMBER,
        SectionKind.PART,
        SectionKind.POINT,
        SectionKind.LIST,
        SectionKind.FOOTNOTE,
        SectionKind.TABLE,
        SectionKind.TEXT,
    }
)


def structure(document: Document) -> tuple[Section, ...]:
    """The document's sections in reading order, an outer one before those in it.

    Headings make the outer sections (hoofdstuk, artikel, bijlage, kop). All text that is no heading lies in exactly one
    of the inner ones (:data:`LEAVES`: lid, onderdeel, punt, lijst, voetnoot, tabel, tekst), which do not overlap and from
    which passages are cut. A document of nothing but headings has one inner section.
    """
    outer, stretches = outline(document)
    inner = [section for stretch in stretches for section in group(document.text, stretch)]
    placed = _at_their_marks(document, stretches, inner)
    return tuple(sorted([*outer, *placed], key=lambda section: (section.start, section.kind in LEAVES, -section.end)))


def _at_their_marks(document: Document, stretches: list[Stretch], sections: list[Section]) -> list[Section]:
    """Gives every footnote the path of the heading under which its mark stands, which may be a page back."""
    marks: dict[str, list[NoteRef]] = {}
    for ref in sorted(document.note_refs, key=lambda ref: ref.position):
        marks.setdefault(ref.label, []).append(ref)
    labels = {block.start: block.label for block in document.blocks if block.kind is BlockKind.FOOTNOTE}
    starts = [stretch.blocks[0].start for stretch in stretches]
    placed = []
    for section in sections:
        refs = marks.get(labels.get(section.start, ""), []) if section.kind is SectionKind.FOOTNOTE else []
        before = bisect_left(refs, section.start, key=lambda ref: ref.position)
        if before:
            stretch = stretches[max(bisect_right(starts, refs[before - 1].position) - 1, 0)]
            section = Section(section.kind, (*stretch.path, section.path[-1]), section.start, section.end)
        placed.append(section)
    return placed
