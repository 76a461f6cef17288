"""Headings to a tree: which blocks are headings, what they contain, and the heading path of every other block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.records import Block, BlockKind, Document, Section, SectionKind
from assistant.structuring.labels import readings
from assistant.structuring.titles import Title, hidden_title, short_numbered, subject_of, title_of

_LONGEST_HEADING = 30  # words; a reader that calls more than this a heading was misled by bold print
_CHAPTERS = 2  # the rank of chapters; annexes and explanations rank above them
_LETTERHEAD = 8  # blocks in which a letter's subject line is looked for


@dataclass(frozen=True, slots=True)
class Head:
    """A heading in the tree; ``level`` is the reader's, None where the heading is known by its words only."""

    title: Title
    level: int | None
    start: int
    is_root: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive blocks that are no headings, under one heading."""

    blocks: tuple[Block, ...]
    path: tuple[str, ...]
    kind: SectionKind | None


def outline(document: Document) -> tuple[list[Section], list[Stretch]]:
    """The sections that headings make, in reading order, and the stretches of text between the headings."""
    blocks = all_blocks(document)
    heads = _heads(document, blocks)
    if all(head is not None for head in heads):
        return [], [Stretch(tuple(blocks), (), None)] if blocks else []
    sections: list[Section] = []
    stretches: list[Stretch] = []
    stack: list[tuple[Head, int]] = []
    waiting: list[Block] = []
    end = 0

    def finish() -> None:
        if waiting:
            kind = stack[-1][0].title.kind if stack else None
            stretches.append(Stretch(tuple(waiting), tuple(head.title.name for head, _ in stack), kind))
            waiting.clear()

    for block, head in zip(blocks, heads, strict=True):
        if head is None:
            waiting.append(block)
        else:
            finish()
            keep = _depth_for([open_head for open_head, _ in stack], head)
            _close(sections, stack, keep, end)
            stack.append((head, len(sections)))
            path = tuple(open_head.title.name for open_head, _ in stack)
            kind = SectionKind.HEADING if head.title.kind is SectionKind.MEMBER else head.title.kind
            sections.append(Section(kind, path, block.start, block.end))
        end = block.end
    finish()
    _close(sections, stack, 0, end)
    return sections, stretches


def all_blocks(document: Document) -> tuple[Block, ...]:
    """The document's blocks that hold anything; text without any block counts as one paragraph."""
    blocks = tuple(block for block in document.blocks if document.text[block.start : block.end].strip())
    if blocks or not document.text.strip():
        return blocks
    return (Block(BlockKind.PARAGRAPH, 0, len(document.text)),)


def _close(sections: list[Section], stack: list[tuple[Head, int]], keep: int, end: int) -> None:
    for _, place in stack[keep:]:
        opened = sections[place]
        sections[place] = Section(opened.kind, opened.path, opened.start, end)
    del stack[keep:]


def _heads(document: Document, blocks: Sequence[Block]) -> list[Head | None]:
    heads: list[Head | None] = []
    for i, block in enumerate(blocks):
        text = document.text[block.start : block.end].strip()
        if block.kind is BlockKind.HEADING and len(text.split()) <= _LONGEST_HEADING:
            heads.append(Head(title_of(text), block.level or None, block.start))
        else:
            title = _title_by_words(document, blocks, i, text)
            heads.append(Head(title, None, block.start) if title else None)
    root = _root(document, blocks, heads)
    if root is not None:
        heads[root[0]] = root[1]
    return heads


def _title_by_words(document: Document, blocks: Sequence[Block], i: int, text: str) -> Title | None:
    block = blocks[i]
    following = blocks[i + 1] if i + 1 < len(blocks) else None
    if block.kind is BlockKind.PARAGRAPH:
        return hidden_title(text) if following is not None else None
    if block.kind is not BlockKind.ITEM or following is None or not _begins_anew(document, block, following):
        return None
    before = blocks[i - 1] if i else None
    if before is not None and before.kind is BlockKind.ITEM and _one_count(before.label, block.label):
        return None
    if before is not None and document.text[before.start : before.end].rstrip().endswith(":"):
        return None
    return hidden_title(text) or (title_of(text) if short_numbered(text) else None)


def _begins_anew(document: Document, block: Block, following: Block) -> bool:
    """Whether what follows a short numbered line is no part of its list: a heading, a new paragraph, or a count from one."""
    text = document.text[following.start : following.end].strip()
    if following.kind is BlockKind.PARAGRAPH:
        return text[0].isupper()
    if following.kind is BlockKind.ITEM:
        restarts = readings(following.label)[0].opens() and readings(following.label)[0].same_count(readings(block.label)[0])
        return restarts and text.endswith(".")
    return following.kind is BlockKind.HEADING


def _one_count(before: str, label: str) -> bool:
    return any(new.follows(old) for new in readings(label) for old in readings(before))


def _root(document: Document, blocks: Sequence[Block], heads: Sequence[Head | None]) -> tuple[int, Head] | None:
    """The heading that names the whole document: its title, or the subject line of a letter."""
    for i, block in enumerate(blocks[:_LETTERHEAD]):
        subject = subject_of(document.text[block.start : block.end].strip())
        if subject and i + 1 < len(blocks) and block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
            return i, Head(Title(SectionKind.HEADING, subject), 0, block.start, is_root=True)
    first = heads[0] if heads else None
    if first is None or first.title.order is not None or first.title.number:
        return None
    others = [head for head in heads[1:] if head is not None]
    named = first.title.name == document.title
    alone = first.level is not None and all(other.level is None or other.level > first.level for other in others)
    if named or alone or (others and heads[1] is not None):
        return 0, Head(first.title, first.level, first.start, is_root=True)
    return None


def _depth_for(stack: Sequence[Head], head: Head) -> int:
    """How many of the open headings stay open above ``head``."""
    for depth, opened in enumerate(stack):
        if not opened.is_root and _excludes(opened, head):
            return depth
    depth = len(stack)
    while depth and not _may_contain(stack[depth - 1], head):
        depth -= 1
    return depth


def _excludes(opened: Head, head: Head) -> bool:
    """Whether two headings of comparable names cannot be nested: a second article closes the first with all in it."""
    if opened.title.number and head.title.number:
        return (
            head.title.number[: len(opened.title.number)] != opened.title.number or head.title.number == opened.title.number
        )
    if opened.title.order is None or head.title.order is None:
        return False
    if opened.level is not None and head.level is not None and opened.level != head.level:
        return opened.level > head.level
    return opened.title.order >= head.title.order


def _may_contain(opened: Head, head: Head) -> bool:
    if opened.is_root or (opened.title.number and head.title.number):
        return True
    if opened.level is None or head.level is None:
        # Chapters and annexes stand under a heading of no kind only where the reader's levels say so.
        return head.title.order is None or head.title.order > _CHAPTERS or opened.title.order is not None
    if opened.title.order is not None and head.title.order is not None and opened.level == head.level:
        return opened.title.order < head.title.order
    return opened.level < head.level
