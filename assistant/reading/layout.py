"""From lines on pages to blocks: furniture and footnotes set apart, lines joined, headings, items and tables told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.reading.cleaning import clean
from assistant.reading.furniture import set_apart
from assistant.reading.headings import heading_levels
from assistant.reading.joining import join, vocabulary
from assistant.reading.lines import Line, PageLines
from assistant.reading.notes import Note, take_notes
from assistant.reading.paragraphs import Group, group_lines
from assistant.reading.raw import RawBlock
from assistant.records import BlockKind

_LEADERS = re.compile(r"(\S.*?)\s*(?:[.…_·]\s?){4,}\s*(\d{1,4}|[ivxlc]{1,6})")


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The blocks of a laid-out file, its furniture, and the page numbers that were printed on it, by page."""

    blocks: tuple[RawBlock, ...]
    furniture: tuple[str, ...] = ()
    printed: Mapping[int, str] = field(default_factory=dict)


def lay_out(pages: Sequence[PageLines], outline: Mapping[str, int] | None = None) -> LaidOut:
    """The blocks of ``pages`` in reading order. ``outline`` maps small-letter titles of the file's outline to levels."""
    apart = set_apart(pages)
    split = [take_notes(page) for page in apart.pages]
    lines = [_contents_entry(line) for part in split for line in part.page.lines]
    words = vocabulary(line for page in apart.pages for line in page.lines)
    groups = group_lines(lines, outline or {})
    levels = heading_levels(groups, outline or {})
    blocks = [_block(group, levels.get(index), words) for index, group in enumerate(groups)]
    notes = [note for part in split for note in part.notes]
    return LaidOut(tuple(_insert_notes(blocks, notes, words)), apart.furniture, apart.printed)


def _contents_entry(line: Line) -> Line:
    """A line of a table of contents ("Inleiding ..... 3") as a row of two cells; any other line as it is."""
    match = None if line.cells else _LEADERS.fullmatch(line.text)
    return replace(line, cells=(match[1], match[2]), text=f"{match[1]} | {match[2]}") if match else line


def _block(group: Group, level: int | None, words: frozenset[str]) -> RawBlock:
    page = group.first.page
    if group.first.cells:
        rows = "\n".join(" | ".join(line.cells) for line in group.lines)
        return RawBlock(BlockKind.TABLE, rows, page)
    joined = join(group.lines, words)
    text, marker = joined.text, group.marker
    shift = 0
    if marker is not None:
        rest = text[len(marker.raw) :].lstrip()
        shift = len(marker.label) + 1 + len(rest) - len(text)
        text = f"{marker.label} {rest}"
    breaks = tuple(offset + shift for offset in joined.page_breaks)
    notes = tuple((offset + shift, label) for offset, label in joined.marks)
    if level is not None:
        return RawBlock(BlockKind.HEADING, text, page, level, marker.label if marker else "", breaks, notes)
    if marker is not None:
        return RawBlock(BlockKind.ITEM, text, page, marker.level, marker.label, breaks, notes)
    return RawBlock(BlockKind.PARAGRAPH, text, page, 0, "", breaks, notes)


def _insert_notes(blocks: list[RawBlock], notes: Sequence[Note], words: frozenset[str]) -> list[RawBlock]:
    """Puts every footnote after the last list or paragraph that is complete on its page."""
    placed = list(blocks)
    for note in notes:
        index = _place(placed, note.page)
        before, after = (placed[index - 1] if index else None), (placed[index] if index < len(placed) else None)
        # On a page without any complete block the note goes to where reading order still holds.
        page = max(note.page, _last_page(before)) if before else min(note.page, after.page if after else note.page)
        text = join(note.lines, words).text
        placed.insert(index, RawBlock(BlockKind.FOOTNOTE, clean(text), page, 0, note.label))
    return placed


def _last_page(block: RawBlock) -> int:
    return block.page + len(block.page_breaks)


def _place(blocks: Sequence[RawBlock], page: int) -> int:
    """The index at which a note of ``page`` stands: after the last whole block of its page, never inside a list."""
    index = sum(1 for block in blocks if _last_page(block) <= page)
    best = index
    while best and best < len(blocks) and _one_list(blocks[best - 1], blocks[best]):
        best -= 1
    if best < index and best and blocks[best - 1].text.endswith(":"):
        best -= 1
    started_here = best < len(blocks) and blocks[best].page >= page
    if best != index and not started_here:
        # The list began on an earlier page: the note follows its last item instead.
        best = index
        while best < len(blocks) and _one_list(blocks[best - 1], blocks[best]):
            best += 1
    elif best < len(blocks) and blocks[best].page < page:
        best += 1
    return best


def _one_list(block: RawBlock, following: RawBlock) -> bool:
    return block.kind is BlockKind.ITEM and following.kind is BlockKind.ITEM
