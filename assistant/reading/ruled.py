"""Tables of a PDF page by the lines and rectangles that the page draws around their cells.

Every row of such a table becomes one run over its full width, so that a table stands in its column as a paragraph does.
"""

from __future__ import annotations

import ctypes
import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.reading.columns import make_rows
from assistant.reading.glyphs import Run, Segment
from assistant.reading.joining import join
from assistant.reading.pdf_lines import TableRun, row_line
from assistant.reading.tables import Cell, filled

_MOST_SEGMENTS = 2_500  # a page with more is a drawing
_NEAR = 2.5  # points within which lines meet, or are one
_SHORTEST = 4.0
_LONGEST_CELL = 3_000  # characters; what holds more is the frame of a page
_LONG_LINE = 60  # signs that a row of a table counts for where columns are looked for


def segments_of(page: Any) -> list[Segment]:
    """The upright and level lines that a pypdfium2 page draws, the sides of rectangles among them."""
    import pypdfium2.raw as pdfium

    found: list[Segment] = []
    for drawn in page.get_objects(max_depth=1):
        if drawn.type != pdfium.FPDF_PAGEOBJ_PATH or len(found) > _MOST_SEGMENTS:
            continue
        points = _points(pdfium, drawn)
        for (_, x0, y0), (kind, x1, y1) in itertools.pairwise(points):
            level, upright = abs(y1 - y0) < 1.0, abs(x1 - x0) < 1.0
            if kind == pdfium.FPDF_SEGMENT_LINETO and level != upright and max(abs(x1 - x0), abs(y1 - y0)) >= _SHORTEST:
                found.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return sorted(set(found)) if len(found) <= _MOST_SEGMENTS else []


def _points(pdfium: Any, drawn: Any) -> list[tuple[int, float, float]]:
    """The points of a path on its page, each with how it is reached; a closed path ends where it began."""
    matrix = drawn.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[int, float, float]] = []
    start = 0
    for index in range(min(pdfium.FPDFPath_CountSegments(drawn.raw), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn.raw, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        at = matrix.on_point(x.value, y.value)
        start = len(points) if kind == pdfium.FPDF_SEGMENT_MOVETO else start
        points.append((kind, round(at[0], 1), round(at[1], 1)))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > start:
            points.append((pdfium.FPDF_SEGMENT_LINETO, *points[start][1:]))
    return points


@dataclass(slots=True)
class _Grid:
    """Lines that meet: where columns and rows are parted, the rows from top to bottom."""

    level: list[Segment]
    upright: list[Segment]
    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)

    def wall(self, x: float, y: float) -> bool:
        """Whether an upright line stands at ``x`` beside the height ``y``."""
        return any(abs(line[0] - x) <= _NEAR and line[1] - 1 <= y <= line[3] + 1 for line in self.upright)

    def floor(self, y: float, x: float) -> bool:
        """Whether a level line lies at ``y`` below the place ``x``."""
        return any(abs(line[1] - y) <= _NEAR and line[0] - 1 <= x <= line[2] + 1 for line in self.level)


def with_tables(runs: list[Run], segments: Sequence[Segment]) -> list[Run]:
    """The runs of a page, those in the cells of a table that is drawn in lines made to one run a row."""
    left = runs
    for number, grid in enumerate(_grids(segments)):
        inside = [run for run in left if _in(grid, run)]
        rows = _rows(grid, inside, number) if inside else []
        if rows:
            gone = {id(run) for run in inside}
            left = [run for run in left if id(run) not in gone] + list(rows)
    return left


def _grids(segments: Sequence[Segment]) -> list[_Grid]:
    """The groups of lines that part at least two rows and two columns."""
    level = [line for line in segments if line[3] - line[1] < 1.0]
    upright = [line for line in segments if line[3] - line[1] >= 1.0]
    group = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    for i, (x0, y, x1, _) in enumerate(level):
        for j, (x, y0, _, y1) in enumerate(upright, len(level)):
            if x0 - _NEAR <= x <= x1 + _NEAR and y0 - _NEAR <= y <= y1 + _NEAR:
                group[root(i)] = root(j)
    grids: defaultdict[int, _Grid] = defaultdict(lambda: _Grid([], []))
    for at, line in enumerate([*level, *upright]):
        (grids[root(at)].level if at < len(level) else grids[root(at)].upright).append(line)
    found = []
    for grid in grids.values():
        grid.xs = _places([*(line[0] for line in grid.upright), *(x for line in grid.level for x in (line[0], line[2]))])
        grid.ys = _places([*(line[1] for line in grid.level), *(y for line in grid.upright for y in (line[1], line[3]))])[
            ::-1
        ]
        if len(grid.xs) > 2 and len(grid.ys) > 2 and grid.upright:
            found.append(grid)
    return found


def _places(values: Sequence[float]) -> list[float]:
    """The different ones of the values, those that lie near each other taken as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _in(grid: _Grid, run: Run) -> bool:
    middle = (run.x0 + run.x1) / 2
    return grid.xs[0] < middle < grid.xs[-1] and grid.ys[-1] < run.y + 0.3 * run.size < grid.ys[0]


def _rows(grid: _Grid, runs: Sequence[Run], number: int) -> list[TableRun]:
    """The rows of a table; none where the lines hold no table."""
    places: defaultdict[tuple[int, int], list[Run]] = defaultdict(list)
    owners = _owners(grid)
    for run in runs:
        column = bisect_right(grid.xs, (run.x0 + run.x1) / 2) - 1
        row = sum(1 for y in grid.ys if y > run.y + 0.3 * run.size) - 1
        places[owners[row, column]].append(run)
    texts = {place: _text(found) for place, found in places.items()}
    if len({column for _, column in texts}) < 2 or len(texts) < 3 or max(map(len, texts.values())) > _LONGEST_CELL:
        return []
    return _made(grid, owners, texts, places, number)


def _made(
    grid: _Grid,
    owners: dict[tuple[int, int], tuple[int, int]],
    texts: dict[tuple[int, int], str],
    places: dict[tuple[int, int], list[Run]],
    number: int,
) -> list[TableRun]:
    cells: list[list[Cell]] = []
    heights: list[float] = []
    for row in range(len(grid.ys) - 1):
        begun = sorted({owner for (at, _), owner in owners.items() if at == row and owner[0] == row})
        line = []
        for owner in begun:
            covered = [place for place, other in owners.items() if other == owner]
            across, down = len({c for _, c in covered}), len({r for r, _ in covered})
            line.append(Cell(texts.get(owner, ""), across, down))
        cells.append(line)
        heights.append(max((run.y for owner in begun for run in places.get(owner, ())), default=grid.ys[row + 1]))
    sizes = sorted(run.size for found in places.values() for run in found)
    lines = filled(cells)
    # A header of two rows became one: its rows are the first.
    heights = [heights[0], *heights[len(heights) - len(lines) + 1 :]] if len(lines) < len(heights) else heights
    made: list[TableRun] = []
    for texts_of_row, y in zip(lines, heights, strict=False):
        if any(texts_of_row):
            text = " | ".join(texts_of_row).ljust(_LONG_LINE, "|")
            size = sizes[len(sizes) // 2]
            made.append(TableRun(text, grid.xs[0], grid.xs[-1], y, size, False, False, tuple(texts_of_row), not made))
    return made


def _owners(grid: _Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """For every place of the grid the place at which the cell begins that covers it."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    middles = [(a + b) / 2 for a, b in itertools.pairwise(grid.xs)]
    heights = [(a + b) / 2 for a, b in itertools.pairwise(grid.ys)]
    for row, column in itertools.product(range(len(heights)), range(len(middles))):
        if (row, column) in owners:
            continue
        right = column + 1
        while right < len(middles) and (row, right) not in owners and not grid.wall(grid.xs[right], heights[row]):
            right += 1
        below = row + 1
        while below < len(heights) and not any(grid.floor(grid.ys[below], middles[at]) for at in range(column, right)):
            below += 1
        for at in itertools.product(range(row, below), range(column, right)):
            owners.setdefault(at, (row, column))
    return owners


def _text(runs: Sequence[Run]) -> str:
    lines = [line for row in make_rows(runs) if (line := row_line(0, row)).text]
    return join(lines, frozenset()).text.replace("|", "/") if lines else ""
