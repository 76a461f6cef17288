"""What every format's reader hands to :mod:`assistant.reading.compose`: blocks of clean text with their pages."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records import BlockKind


@dataclass(frozen=True, slots=True)
class RawBlock:
    """One block in reading order. ``text`` is final: NFKC, unwrapped, single blanks, without footnote marks.

    ``page`` counts from 1 and is where the block begins; ``page_breaks`` are the offsets in ``text`` at which each next
    page begins. ``notes`` are the (offset, label) of footnote marks that were taken out. An item's marker is part of
    ``text`` and repeated as ``label``.
    """

    kind: BlockKind
    text: str
    page: int = 1
    level: int = 0
    label: str = ""
    page_breaks: tuple[int, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RawDocument:
    """All blocks of a file, the printed label of every page, and what was set apart or could not be read.

    ``doubtful_pages`` are those on which text stands side by side in a way that leaves its order uncertain.
    """

    blocks: tuple[RawBlock, ...]
    page_labels: tuple[str, ...] = ("1",)
    title: str = ""
    furniture: tuple[str, ...] = ()
    failed_pages: tuple[int, ...] = ()
    doubtful_pages: tuple[int, ...] = ()
