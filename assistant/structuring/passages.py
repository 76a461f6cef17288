"""From sections to passages: the entrance of this room's second half."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from assistant.records import Block, BlockKind, Document, Passage, Section, SectionKind, Unit, UnitRole
from assistant.structuring.lists import LIST_WHOLE
from assistant.structuring.outline import all_blocks
from assistant.structuring.sections import LEAVES
from assistant.structuring.splitting import split_units
from assistant.structuring.texts import sense
from assistant.structuring.titles import title_of
from assistant.structuring.units import outer_starts, units_of

_WHOLE = 200  # words up to which a section is one passage, so that 185 words are not cut in two
_WHOLE_BY_KIND = {SectionKind.LIST: LIST_WHOLE, SectionKind.TABLE: 250}


def passages(document: Document, sections: Iterable[Section]) -> tuple[Passage, ...]:
    """The document's passages in reading order: exact slices that do not overlap.

    They hold all text but the headings; only the heading that opens the document is a passage itself.

    ``sections`` are those of :func:`structure`. A section that is too long gives several passages, cut between units;
    those after the first carry the sense of the lead-in in their path.
    """
    blocks = all_blocks(document)
    starts = [block.start for block in blocks]
    page_starts = [page.start for page in document.pages]
    found = _title(document, blocks)
    for section in sections:
        if section.kind not in LEAVES:
            continue
        inside = _within(blocks, starts, section)
        units = units_of(document.text, section, inside)
        context = _context(units)
        apart = outer_starts(document.text, section, inside)
        for i, run in enumerate(split_units(units, _WHOLE_BY_KIND.get(section.kind, _WHOLE), apart)):
            names = context.get(run[0].role, ()) if i else ()
            page = max(bisect_right(page_starts, run[0].start) - 1, 0)
            found.append(_passage(document, section, page, run, names))
    return tuple(found)


def _title(document: Document, blocks: Sequence[Block]) -> list[Passage]:
    """The heading that opens the document, as a passage: it often says what nothing else does ("… 2026 en 2027")."""
    if not blocks or blocks[0].kind is not BlockKind.HEADING or all(b.kind is BlockKind.HEADING for b in blocks):
        return []
    start, end = blocks[0].start, blocks[0].end
    title = title_of(document.text[start:end])
    if title.kind is not SectionKind.HEADING:
        return []
    section = Section(SectionKind.HEADING, (title.name,), start, end)
    return [_passage(document, section, 0, [Unit(start, end, document.text[start:end])], ())]


def _context(units: Sequence[Unit]) -> dict[UnitRole, tuple[str, ...]]:
    """What a later piece needs to be understood by itself, by the role of its first unit.

    For items it is the sense of the lead-in of their list, for rows the first row of their table.
    """
    context: dict[UnitRole, tuple[str, ...]] = {}
    for unit in units:
        if unit.role is UnitRole.LEAD_IN:
            context.setdefault(UnitRole.ITEM, (sense(unit.text),))
        elif unit.role is UnitRole.ROW:
            context.setdefault(UnitRole.ROW, (sense(unit.text),))
    return context


def _within(blocks: Sequence[Block], starts: Sequence[int], section: Section) -> list[Block]:
    first = max(bisect_right(starts, section.start) - 1, 0)
    found = []
    for block in blocks[first:]:
        if block.start >= section.end:
            break
        if block.end > section.start:
            found.append(block)
    return found


def _passage(document: Document, section: Section, page: int, run: Sequence[Unit], names: tuple[str, ...]) -> Passage:
    start, end = run[0].start, run[-1].end
    text = document.text[start:end]
    key = "\x1f".join((document.id, document.version, str(start), str(end), text))
    return Passage(
        id=hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:20],
        document=document.id,
        version=document.version,
        start=start,
        end=end,
        text=text,
        page=document.pages[page].number if document.pages else 1,
        page_label=document.pages[page].label if document.pages else "1",
        section=(*section.path, *names),
        kind=section.kind,
        units=tuple(run),
    )
