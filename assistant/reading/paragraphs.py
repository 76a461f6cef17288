"""Groups lines into paragraphs and list items, also over page breaks, whatever the line spacing of the extraction.

Extractions mix conventions: in one part every line of a sentence is followed by an empty line, in the next part only
paragraphs are. So white between two lines is weighed against how the sentence runs, whether the line ended because it
was full, and the white between the other lines of the same paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from assistant.reading.lines import SENTENCE_END, TERMINAL, Line, ends_voluntarily, starts_low
from assistant.reading.markers import Marker, find_markers

# A line inside a sentence that leaves this share of the column free was broken by its writer, as in an address. Where
# places are counted in characters (plain text) the widths of letters blur that; a first line may be a heading.
_SHORT = {"plain": 0.35, "plain first": 0.2, "placed": 0.25, "placed first": 0.12}
# What stands above a table or figure, or opens a part, is never the rest of a paragraph.
_OPENING = re.compile(
    r"(?:tabel|figuur|grafiek|kader|table|figure|bijlage|hoofdstuk|artikel)\s+\d+\w?\b[.: ]*(?-i:[A-Z]|$)", re.IGNORECASE
)


@dataclass(slots=True)
class Group:
    """Lines that make one block; ``marker`` is that of a list item."""

    lines: list[Line] = field(default_factory=list)
    marker: Marker | None = None
    spacing: int | None = None  # the widest white between two of its lines on one page

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    def add(self, line: Line) -> None:
        """Appends a line and keeps account of the white above it."""
        if line.page == self.last.page:
            self.spacing = max(self.spacing or 0, line.gap)
        self.lines.append(line)


def group_lines(lines: Sequence[Line], titles: Container[str] = ()) -> list[Group]:
    """The groups of ``lines`` in order; every line is in exactly one group.

    ``titles`` are lines, in small letters, that are known to stand by themselves.
    """
    markers = find_markers(lines)
    groups: list[Group] = []
    for index, line in enumerate(lines):
        marker = markers.get(index)
        following = lines[index + 1] if index + 1 < len(lines) and index + 1 not in markers else None
        alone = line.text.casefold() in titles or (index > 0 and lines[index - 1].text.casefold() in titles)
        if groups and marker is None and not alone and _belongs(groups[-1], line, following):
            groups[-1].add(line)
        else:
            groups.append(Group([line], marker))
    return _with_continuations(groups)


def _belongs(group: Group, line: Line, following: Line | None) -> bool:
    last = group.last
    if line.cells or last.cells:
        return bool(line.cells and last.cells) and last.page == line.page and line.gap < 3
    return _runs_on(group, line, following)


def _runs_on(group: Group, line: Line, following: Line | None) -> bool:
    """Whether ``line`` goes on with the sentence or paragraph of ``group``."""
    last = group.last
    if last.size and not _same_face(last, line):
        return False
    if group.marker is not None and last.size and TERMINAL.search(last.text) and not _hangs(group, line):
        return False
    if TERMINAL.search(last.text) and _OPENING.match(line.text):
        return False
    if line.page != last.page:
        return _runs_over_page(group, line)
    mid_sentence = not TERMINAL.search(last.text)
    if mid_sentence and starts_low(line.text) and line.gap <= 2:
        return True
    if ends_voluntarily(last, line):
        kind = f"{'placed' if last.size else 'plain'}{'' if len(group.lines) > 1 else ' first'}"
        usual = line.gap <= (group.spacing or 0)
        return usual and (starts_low(line.text) or (mid_sentence and not ends_voluntarily(last, line, _SHORT[kind])))
    if line.gap == 0:
        return not _indented(group, line)
    if line.gap > 1:
        return False
    return mid_sentence or _double_spaced(group, line, following)


def _hangs(group: Group, line: Line) -> bool:
    """Whether a line stands below the text of an item and not below its marker."""
    if len(group.lines) > 1:
        return abs(line.left - group.lines[1].left) < 1.5 * line.unit
    return line.left > group.first.left + line.unit


def _runs_over_page(group: Group, line: Line) -> bool:
    last = group.last
    if not TERMINAL.search(last.text):
        return starts_low(line.text) or not ends_voluntarily(last, line)
    if starts_low(line.text) and last.text[-1] in ";:":
        return group.marker is None and last.text[-1] == ";"
    # A full stop at the page's end: the paragraph goes on where its last line was full.
    return not ends_voluntarily(last, line) and len(group.lines) + (group.marker is None) > 1 and _prose(group)


def _prose(group: Group) -> bool:
    """Whether the group is running text and no heading or a line by itself."""
    return len(group.lines) > 2 or sum(len(line.text) for line in group.lines) > 60


def _double_spaced(group: Group, line: Line, following: Line | None) -> bool:
    """Whether one empty line is the ordinary line spacing here: as inside the group so far, else as in what follows."""
    spacing = group.spacing
    if spacing is not None:
        return spacing >= line.gap
    if following is not None and following.page == line.page and not TERMINAL.search(line.text):
        return following.gap >= line.gap
    return False


def _indented(group: Group, line: Line) -> bool:
    """Whether the line begins a paragraph by an indent of its first line, after a complete sentence."""
    body = group.last.left
    return (
        bool(SENTENCE_END.search(group.last.text))
        and len(group.lines) > 1
        and abs(line.left - body) > 1.2 * line.unit
        and line.size > 0
    )


def _same_face(last: Line, line: Line) -> bool:
    return abs(last.size - line.size) <= 0.12 * max(last.size, line.size) and (
        last.bold == line.bold or starts_low(line.text) or not (TERMINAL.search(last.text) or last.bold)
    )


def _with_continuations(groups: list[Group]) -> list[Group]:
    """A paragraph between two numbered points of one list, set no wider than their own lines, belongs to the first."""
    merged: list[Group] = []
    for index, group in enumerate(groups):
        following = groups[index + 1] if index + 1 < len(groups) else None
        if merged and following is not None and _continues(merged[-1], group, following):
            for line in group.lines:
                merged[-1].add(line)
        else:
            merged.append(group)
    return merged


def _continues(item: Group, group: Group, following: Group) -> bool:
    if item.marker is None or item.marker.bullet or group.marker is not None or following.marker is None:
        return False
    if following.marker.style != item.marker.style or following.marker.value != item.marker.value + 1:
        return False
    spacing = item.spacing
    close = spacing is not None and group.first.gap <= spacing and group.first.page == item.last.page
    return close and bool(SENTENCE_END.search(item.last.text)) and bool(SENTENCE_END.search(group.last.text))
