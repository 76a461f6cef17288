"""Builds the canonical text of a document version from the blocks of its reader.

The blocks stand in order, parted by an empty line; two items, and two footnotes, that follow each other are parted by a
single line end. Every block is one line, a table one line a row.
"""

from __future__ import annotations

from itertools import pairwise

from assistant.reading.raw import RawBlock, RawDocument
from assistant.records import Block, BlockKind, Document, NoteRef, Page

_CLOSE_TOGETHER = (BlockKind.ITEM, BlockKind.FOOTNOTE)


def compose(raw: RawDocument, document_id: str, version: str) -> Document:
    """The document of ``raw``; every page of the file is in it, an empty page as an empty span."""
    text = ""
    blocks: list[Block] = []
    notes: list[NoteRef] = []
    starts: dict[int, int] = {}  # where the first character of a page stands
    page = 1
    filled = [block for block in raw.blocks if block.text.strip()]
    for block in filled:
        if blocks:
            text += "\n" if blocks[-1].kind is block.kind and block.kind in _CLOSE_TOGETHER else "\n\n"
        start = len(text)
        text += block.text
        blocks.append(Block(block.kind, start, len(text), block.level, block.label))
        notes.extend(NoteRef(start + offset, label) for offset, label in block.notes)
        page = max(page, block.page)
        starts.setdefault(page, start)
        for offset in block.page_breaks:
            page += 1
            starts.setdefault(page, start + offset)
    labels = _labels(raw, page)
    return Document(
        document_id, version, text, _pages(text, starts, labels), tuple(blocks), tuple(notes), raw.furniture, raw.title
    )


def _labels(raw: RawDocument, last: int) -> tuple[str, ...]:
    """The label of every page; a page without one is called by its number."""
    given = raw.page_labels
    count = max(len(given), last, 1)
    return tuple((given[i] if i < len(given) else "") or str(i + 1) for i in range(count))


def _pages(text: str, starts: dict[int, int], labels: tuple[str, ...]) -> tuple[Page, ...]:
    """Pages in order; one that holds no text is an empty span at the end of the text before it."""
    begin: list[int | None] = [starts.get(number) for number in range(1, len(labels) + 1)]
    limits: list[int] = []
    following = len(text)
    for start in reversed(begin):
        limits.append(following)
        following = start if start is not None else following
    limits.reverse()
    pages: list[Page] = []
    end = 0
    for number, (start, limit, label) in enumerate(zip(begin, limits, labels, strict=True), 1):
        if start is None:
            pages.append(Page(number, label, end, end, ""))
            continue
        end = start + len(text[start:limit].rstrip())
        pages.append(Page(number, label, start, end, text[start:end]))
    return tuple(pages)


def block_problems(block: RawBlock) -> list[str]:
    """What is wrong with a block as a reader made it; for the readers' tests."""
    problems = []
    if block.kind is not BlockKind.TABLE and "\n" in block.text:
        problems.append("more than one line")
    if any(not 0 <= offset <= len(block.text) for offset in (*block.page_breaks, *(at for at, _ in block.notes))):
        problems.append("an offset outside the text")
    if any(first > second for first, second in pairwise(block.page_breaks)):
        problems.append("page breaks out of order")
    return problems
