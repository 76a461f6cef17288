"""Lines as they stand on a page, the common ground of plain text and PDF, and what can be told from two of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

TERMINAL = re.compile(r"[.!?:;…][”’\"')\]]*$")
SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one page.

    ``left`` and ``right`` are where its ink begins and ends and ``measure`` is where the lines of its column end at most,
    all in ``unit``s of one mean character or any other unit of length. ``gap`` counts the blank lines above it (0 at the
    top of a page). ``marks`` are the (offset, label) of raised characters. ``open_end`` tells that a blank followed the
    last character, which is never so where a word was broken off with a hyphen.
    """

    text: str
    page: int
    gap: int = 0
    left: float = 0.0
    right: float = 0.0
    measure: float = 0.0
    unit: float = 1.0
    size: float = 0.0
    bold: bool = False
    marks: tuple[tuple[int, str], ...] = ()
    open_end: bool = False
    cells: tuple[str, ...] = ()  # the parts of the line where it is a row of a table


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of one page from top to bottom, column by column."""

    number: int
    lines: tuple[Line, ...]


def ends_voluntarily(line: Line, following: Line, slack: float = 0.12) -> bool:
    """Whether the first word of ``following`` would still have fitted on ``line``: then the writer broke the line."""
    first_word = following.text.split(" ", 1)[0]
    needed = (len(first_word) + 1) * line.unit
    return line.measure - line.right - needed > slack * (line.measure - line.left)


def starts_low(text: str) -> bool:
    """Whether ``text`` begins in the middle of a sentence: with a small letter or a closing sign."""
    return bool(text) and (text[0].islower() or text[0] in ",;.)]%”")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the ``values`` lie (0 for none)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
