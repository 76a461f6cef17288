"""A page of a document as blocks for a template, with a quote marked by its offsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.records import BlockKind, Document, Page


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text; ``marked`` when it is part of the quote."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A paragraph-like stretch of a page; ``kind`` is a BlockKind's value."""

    kind: str
    level: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page of a document: where it is among the others, and its blocks."""

    page: Page
    count: int
    blocks: tuple[ShownBlock, ...]
    goes_on: bool  # the quote also stands on another page

    @property
    def previous(self) -> int | None:
        return self.page.number - 1 if self.page.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.page.number + 1 if self.page.number < self.count else None


def show_page(document: Document, number: int | None, start: int, end: int) -> ShownPage:
    """Page ``number`` (or else the page of ``start``) with ``[start:end]`` marked; offsets outside the text mark nothing."""
    by_number = {page.number: page for page in document.pages}
    page = by_number.get(number) if number is not None else None
    if page is None:
        page = document.page_at(max(0, start))
    blocks = tuple(_blocks(document, page, start, end))
    outside = start < end and (start < page.start or end > page.end)
    return ShownPage(page, len(document.pages), blocks, outside and start < page.end and end > page.start)


def _blocks(document: Document, page: Page, start: int, end: int) -> Iterator[ShownBlock]:
    """The page's text in reading order: every character is shown once, also what no block covers."""
    done = page.start
    for block in sorted(document.blocks, key=lambda each: each.start):
        first, last = max(block.start, done), min(block.end, page.end)
        if first >= last:
            continue
        if document.text[done:first].strip():
            yield _shown(document.text, BlockKind.PARAGRAPH, 0, (done, first), (start, end))
        yield _shown(document.text, block.kind, block.level, (first, last), (start, end))
        done = last
    if document.text[done : page.end].strip():
        yield _shown(document.text, BlockKind.PARAGRAPH, 0, (done, page.end), (start, end))


def _shown(text: str, kind: BlockKind, level: int, span: tuple[int, int], mark: tuple[int, int]) -> ShownBlock:
    first, last = span
    cuts = sorted({first, last, *(cut for cut in mark if first < cut < last)})
    segments = tuple(Segment(text[a:b], mark[0] <= a and b <= mark[1]) for a, b in pairwise(cuts))
    return ShownBlock(kind.value, level, segments)
