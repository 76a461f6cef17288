"""Cutting what is too long: sections between units, and a single endless unit at its best inner borders."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from math import ceil

from assistant.records import Unit
from assistant.structuring.texts import count_words

CHUNK = 180  # words of a piece of an over-long section
_LONGEST_UNIT = 250  # words; a "sentence" beyond this is a list or a table without any structure left
_SLACK = (1.0, 1.1, 1.2, 1.35)  # by how much a piece may outgrow an equal share
_BETWEEN = "\x1e"  # stands before every unit, where the splitter may cut
_APART = "\x1d"  # stands before units that begin a paragraph or an outer item, where it cuts rather
_SIGNS = re.compile(f"[{_BETWEEN}{_APART}]")


def split_units(units: Sequence[Unit], limit: int, apart: Container[int]) -> list[list[Unit]]:
    """The units in runs of about :data:`CHUNK` words each; all in one where they have at most ``limit`` words.

    ``apart`` holds the offsets at which a run begins best; between other units is the second choice.
    """
    total = sum(count_words(unit.text) for unit in units)
    if total <= limit or len(units) < 2:
        return [list(units)]
    # Even pieces: a last one of a single sentence would be found, and quoted, without its context.
    wanted = ceil(total / CHUNK)
    for slack in _SLACK:
        runs = _runs(units, ceil(total / wanted * slack), apart)
        if len(runs) <= wanted:
            break
    return runs


def _runs(units: Sequence[Unit], size: int, apart: Container[int]) -> list[list[Unit]]:
    joined = "".join(f"{_APART if unit.start in apart else _BETWEEN}{_SIGNS.sub(' ', unit.text)}" for unit in units)
    runs: list[list[Unit]] = []
    place = 0
    for chunk in _splitter([_APART, _BETWEEN], size)(joined):
        count = sum(1 for piece in _SIGNS.split(chunk) if piece.strip())
        runs.append(list(units[place : place + count]))
        place += count
    return runs


def cut_long(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span itself, or, where it has too many words for one quote, trimmed pieces of it that leave nothing out."""
    piece = text[start:end]
    if count_words(piece) <= _LONGEST_UNIT:
        return [(start, end)]
    spans = []
    place = 0
    for chunk in _splitter(["\n", "; ", ": ", ", ", " "], CHUNK)(piece):
        first = piece.index(chunk, place)
        place = first + len(chunk)
        spans.append((start + first, start + place))
    return spans


def _splitter(separators: list[str], size: int) -> Callable[[str], list[str]]:
    # Imported here: it loads langchain-core, which a document without over-long sections never needs.
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        separators=separators,
        keep_separator="start" if _BETWEEN in separators else "end",
        chunk_size=size,
        chunk_overlap=0,
        length_function=count_words,
    ).split_text
