"""Runs of list items: where they end, what belongs to each item, and whether they are quoted as one list or one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.records import Block, BlockKind, SectionKind
from assistant.structuring.labels import Marker, Style, depths, readings
from assistant.structuring.texts import count_words, introduces

LIST_WHOLE = 300  # words; up to this a list with its lead-in is one passage
_POINT_WORDS = 25  # in a longer list, items of this many words on average stand on their own
_SENTENCE_WORDS = 6
_LOOK_AHEAD = 6  # paragraphs between two items of one count


@dataclass(frozen=True, slots=True)
class Entry:
    """An outermost item with all that belongs to it: items below it and paragraphs that continue it."""

    label: str
    start: int
    end: int


def run_end(text: str, blocks: Sequence[Block], first: int, in_article: bool) -> int:
    """The index after the last block of the run of items that begins at ``first``.

    A paragraph belongs to the item before it when the count goes on after it, and always does so after the members of
    an article.
    """
    counts: list[Marker] = []
    members = in_article and _counts_members(text, blocks, first)
    i = first
    while i < len(blocks):
        if blocks[i].kind is BlockKind.ITEM:
            counts.extend(readings(blocks[i].label))
            i += 1
        elif blocks[i].kind is BlockKind.PARAGRAPH and (members or _count_goes_on(blocks, i, counts)):
            i += 1
        else:
            break
    return i


def _counts_members(text: str, blocks: Sequence[Block], first: int) -> bool:
    numbered = readings(blocks[first].label)[0].style in (Style.NUMERIC, Style.DECIMAL)
    before = blocks[first - 1] if first else None
    return numbered and not (
        before is not None and before.kind is BlockKind.PARAGRAPH and introduces(text[before.start : before.end])
    )


def _count_goes_on(blocks: Sequence[Block], i: int, counts: Sequence[Marker]) -> bool:
    for block in blocks[i : i + _LOOK_AHEAD]:
        if block.kind is BlockKind.ITEM:
            # The last few suffice: an outer count is at most some levels up, and long lists stay linear.
            return any(new.follows(old) for new in readings(block.label) for old in counts[-60:])
        if block.kind is not BlockKind.PARAGRAPH:
            return False
    return False


def entries(text: str, run: Sequence[Block]) -> list[Entry]:
    """The outermost items of a run, each up to the next."""
    items = [block for block in run if block.kind is BlockKind.ITEM]
    found = depths(
        [block.level for block in items],
        [block.label for block in items],
        [introduces(text[block.start : block.end]) for block in items],
    )
    starts = {block.start for block, depth in zip(items, found, strict=True) if depth == 0} | {run[0].start}
    result: list[Entry] = []
    for block in run:
        if block.start in starts:
            result.append(Entry(block.label, block.start, block.end))
        else:
            result[-1] = Entry(result[-1].label, result[-1].start, block.end)
    return result


def stand_alone(text: str, found: Sequence[Entry], led: bool, in_article: bool) -> bool:
    """Whether the entries are quoted one by one: members, and numbered points that are sentences of their own."""
    style = readings(found[0].label)[0].style
    if style is Style.BULLET:
        return False
    sizes = [count_words(text[entry.start : entry.end]) for entry in found]
    average = sum(sizes) / len(sizes)
    if led:
        return sum(sizes) > LIST_WHOLE and average >= _POINT_WORDS
    if in_article and style in (Style.NUMERIC, Style.DECIMAL):
        return True
    closed = sum(not introduces(text[entry.start : entry.end]) for entry in found)
    return average >= _SENTENCE_WORDS and closed * 2 >= len(found)


def entry_kind(label: str, in_article: bool) -> SectionKind:
    """The kind of an entry that stands alone."""
    style = readings(label)[0].style
    if style in (Style.NUMERIC, Style.DECIMAL):
        return SectionKind.MEMBER if in_article else SectionKind.POINT
    return SectionKind.PART


def entry_name(label: str, in_article: bool) -> str:
    """The name of an entry in the path: "punt 3", "lid 2", "onderdeel a"."""
    return f"{entry_kind(label, in_article).value} {label.strip(' .():')}"
