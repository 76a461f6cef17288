"""Sections to units: the sentences, list items and table rows that are quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.language.sentences import sentence_spans
from assistant.records import Block, BlockKind, Section, SectionKind, Unit, UnitRole
from assistant.structuring.labels import depths
from assistant.structuring.splitting import cut_long
from assistant.structuring.texts import count_words, introduces

_WHOLE_ITEM = 60  # words up to which a list item of several sentences stays one unit
_RUNNING = frozenset({SectionKind.MEMBER, SectionKind.POINT, SectionKind.PART})


def units_of(text: str, section: Section, blocks: Sequence[Block]) -> list[Unit]:
    """The units of ``section`` in reading order; ``blocks`` are those that lie in it, in part or whole."""
    found: list[Unit] = []
    in_items = False
    for i, block in enumerate(blocks):
        start, end = max(block.start, section.start), min(block.end, section.end)
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        spans = _spans(text, start, end, block, whole=i > 0 or section.kind not in _RUNNING)
        in_items = in_items or (block.kind is BlockKind.ITEM and section.kind is SectionKind.LIST)
        role = _role(block, in_items or (block.kind is BlockKind.ITEM and i > 0))
        units = [Unit(a, b, text[a:b], role) for span in spans for a, b in cut_long(text, *span)]
        if units and role is UnitRole.SENTENCE and _leads(units[-1], following):
            units[-1] = Unit(units[-1].start, units[-1].end, units[-1].text, UnitRole.LEAD_IN)
        found.extend(units)
    return found


def outer_starts(text: str, section: Section, blocks: Sequence[Block]) -> set[int]:
    """Where paragraphs and the outermost of the section's items begin; the point or member itself is not one of them."""
    items = [block for block in blocks[section.kind in _RUNNING :] if block.kind is BlockKind.ITEM]
    found = depths(
        [block.level for block in items],
        [block.label for block in items],
        [introduces(text[block.start : block.end]) for block in items],
    )
    outer = {block.start for block, depth in zip(items, found, strict=True) if depth == 0}
    return outer | {block.start for block in blocks if block.kind is BlockKind.PARAGRAPH}


def _role(block: Block, counted: bool) -> UnitRole:
    """The point or member itself is running text; what is counted below it, and all of a list behind its lead-in, is not."""
    if block.kind is BlockKind.TABLE:
        return UnitRole.ROW
    return UnitRole.ITEM if counted else UnitRole.SENTENCE


def _leads(last: Unit, following: Block | None) -> bool:
    return following is not None and following.kind is BlockKind.ITEM and introduces(last.text)


def _spans(text: str, start: int, end: int, block: Block, whole: bool) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if block.kind is BlockKind.TABLE:
        yield from _lines(text, start, end)
    elif block.kind is BlockKind.ITEM and whole and count_words(piece) <= _WHOLE_ITEM:
        trimmed = piece.strip()
        if trimmed:
            first = start + piece.index(trimmed[0])
            yield first, first + len(trimmed)
    else:
        yield from ((start + a, start + b) for a, b in sentence_spans(piece))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in text[start:end].splitlines(keepends=True):
        trimmed = line.strip()
        if trimmed:
            first = start + line.index(trimmed[0])
            yield first, first + len(trimmed)
        start += len(line)
