"""Footnotes at the end of a page: told by a number or sign whose mark hangs on a word higher up on that page."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.reading.lines import Line, PageLines

_LABEL = re.compile(r"(\d{1,3}|\*{1,3}|[†‡])(?:\s+|(?=[A-Z]))(?=\S)")
_DOTTED = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")  # a note only where the mark of that number is a raised one
_ENDING = ".,;:!?”"  # a raised number behind one of these marks a note, also where that stands on another page
_CLOSING = "[.,;:)\\]”’\"'!?]"


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark and its lines, the first of which begins with the mark."""

    page: int
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PageWithNotes:
    """A page whose footnotes stand apart; ``marks`` of the remaining lines are only those of these notes."""

    page: PageLines
    notes: tuple[Note, ...]


def take_notes(page: PageLines) -> PageWithNotes:
    """Sets the footnotes of ``page`` apart and takes their marks out of its lines."""
    lines = _with_lone_marks(page.lines)
    starts = _starts(lines)
    first = starts[0][0] if starts else len(lines)
    body = list(lines[:first])
    for _, label in starts:
        _take_mark(body, label)
    labels = {label for _, label in starts}
    for number, line in enumerate(body):
        for offset, label in sorted(line.marks, reverse=True):
            if offset > 0 and label not in labels and label.isdigit() and line.text[offset - 1] in _ENDING:
                _take(body, number, offset, label)
    ends = [index for index, _ in starts[1:]] + [len(lines)]
    notes = tuple(
        Note(page.number, label, _labelled(lines[begin:end], label))
        for (begin, label), end in zip(starts, ends, strict=False)
    )
    return PageWithNotes(PageLines(page.number, tuple(_settled(line) for line in body)), notes)


def _with_lone_marks(lines: Sequence[Line]) -> list[Line]:
    """The lines, a small number that was set on a line of its own hung on the line before, where a note has that number."""
    joined: list[Line] = []
    for index, line in enumerate(lines):
        above = joined[-1] if joined else None
        alone = line.text.isdigit() and len(line.text) <= 3 and not line.cells
        if above is not None and alone and line.size < 0.8 * above.size and not above.cells:
            marked = {line.text}
            if any(_label(later, marked) == line.text for later in lines[index + 1 :]):
                mark = len(above.text), line.text
                joined[-1] = replace(above, text=above.text + line.text, marks=(*above.marks, mark))
                continue
        joined.append(line)
    return joined


def _starts(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Where the footnotes begin: the longest run of labels to the page's end that all have a mark above the first."""
    raised = {label for line in lines for offset, label in line.marks if offset > 0}
    candidates = [(i, label) for i, line in enumerate(lines) if i and (label := _label(line, raised))]
    for skip in range(len(candidates)):
        run = candidates[skip:]
        first = run[0][0]
        if not _smaller_or_apart(lines, first):
            continue
        taken = _in_sequence(run)
        if taken and all(_find_mark(lines[:first], label) for _, label in taken):
            return taken
    return []


def _label(line: Line, raised: Collection[str]) -> str:
    """The mark with which a footnote's line begins: a raised one, or a number or sign by itself.

    A number with a full stop, as in a list, is one only where that number is ``raised`` somewhere on the page.
    """
    for offset, mark in line.marks:
        if offset == 0 and len(line.text) > len(mark):
            return mark
    if (dotted := _DOTTED.match(line.text)) and dotted[1] in raised:
        return dotted[1]
    match = _LABEL.match(line.text)
    return match[1] if match else ""


def _in_sequence(run: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The candidates that count on from the first one; a line inside a note may begin with a number of its own."""
    taken = [run[0]]
    for index, label in run[1:]:
        last = taken[-1][1]
        if (label.isdigit() and last.isdigit() and int(label) == int(last) + 1) or (not label.isdigit() and label != last):
            taken.append((index, label))
    return taken


def _smaller_or_apart(lines: Sequence[Line], first: int) -> bool:
    """Footnotes are set smaller than the text; where sizes are unknown, some white stands above them."""
    if lines[first].size:
        body = max(lines[:first], key=lambda line: len(line.text)).size
        return all(line.size < 0.97 * body for line in lines[first:]) or bool(lines[first].marks)
    return lines[first].gap > 0


def _find_mark(lines: Sequence[Line], label: str) -> tuple[int, int] | None:
    """The line and offset of the mark: a raised character first, else one that is glued to a word."""
    for number, line in enumerate(lines):
        for offset, raised in line.marks:
            if raised == label and offset >= 0:
                return number, offset
    glued = re.compile(rf"(?:(?<=[^\W\d_])|(?<=[^\W\d_]{_CLOSING})){re.escape(label)}(?![\w*])")
    for number, line in enumerate(lines):
        if match := glued.search(line.text):
            return number, match.start()
    return None


def _take_mark(body: list[Line], label: str) -> None:
    """Cuts the mark out of its line and leaves it in ``marks``; taken marks are kept as (-1 - offset, label)."""
    place = _find_mark(body, label)
    if place is None:
        return
    _take(body, *place, label)


def _take(body: list[Line], number: int, offset: int, label: str) -> None:
    line = body[number]
    end = offset + len(label)
    before = line.text[:offset].rstrip() if line.text[end : end + 1] in ("", " ", ",", ".", ";", ":") else line.text[:offset]
    text = before + line.text[end:]
    cut = len(line.text) - len(text)
    moved = tuple((at if at < offset else at - cut, raised) for at, raised in line.marks if (at, raised) != (offset, label))
    body[number] = replace(line, text=text, marks=(*moved, (-1 - len(before), label)))


def _settled(line: Line) -> Line:
    """The line with only its taken marks, at their offsets; other raised characters are plain text (m2)."""
    return replace(line, marks=tuple(sorted((-1 - at, label) for at, label in line.marks if at < 0)))


def _labelled(lines: Sequence[Line], label: str) -> tuple[Line, ...]:
    """The note's lines with a blank between its mark and its text, and without marks of their own."""
    rest = lines[0].text[len(label) :]
    if _DOTTED.match(lines[0].text):
        rest = rest[1:]
    first = replace(lines[0], text=f"{label} {rest.lstrip()}")
    return tuple(replace(line, marks=()) for line in (first, *lines[1:]))
