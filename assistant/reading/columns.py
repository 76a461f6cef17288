"""Reading order on a page: runs to rows, rows to columns that are read one by one, and rows of cells to tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.reading.glyphs import Run

_GUTTER = 0.7  # least white between columns, in type sizes
_CELL = 1.5  # white that is wider than any between justified words
_LEAST_ROWS = 3
_COLUMN_SIGNS = 18  # mean length from which the sides of a gutter are columns of text


@dataclass(slots=True)
class Row:
    """The runs on one base line, from left to right; ``raised`` are the small ones above it, such as footnote marks."""

    runs: list[Run]
    raised: list[Run] = field(default_factory=list)

    @property
    def y(self) -> float:
        return self.runs[0].y

    @property
    def size(self) -> float:
        return max(self.runs, key=lambda run: len(run.text)).size

    @property
    def x0(self) -> float:
        return min(run.x0 for run in self.runs)

    @property
    def x1(self) -> float:
        return max(run.x1 for run in (*self.runs, *self.raised))


@dataclass(frozen=True, slots=True)
class Region:
    """Rows that are read from top to bottom before the next region; ``gutters`` are set where they are a table."""

    rows: tuple[Row, ...]
    gutters: tuple[float, ...] = ()


def make_rows(runs: Sequence[Run]) -> list[Row]:
    """Rows from top to bottom. Small runs that hang above a row's base line belong to that row."""
    rows: list[Row] = []
    for run in sorted(runs, key=lambda run: (-round(run.size, 1), -run.y, run.x0)):
        for row in rows:
            if abs(row.y - run.y) <= 0.25 * row.size:
                row.runs.append(run)
                break
            small = len(run.text) <= 3 and run.size < 0.85 * row.size and 0 < run.y - row.y < 0.8 * row.size
            if small and any(
                abs(run.x0 - other.x1) < 0.5 * row.size or abs(other.x0 - run.x1) < row.size for other in row.runs
            ):
                row.raised.append(run)
                break
        else:
            rows.append(Row([run]))
    for row in rows:
        row.runs.sort(key=lambda run: run.x0)
    return sorted(rows, key=lambda row: (-row.y, row.x0))


def regions(rows: Sequence[Row]) -> list[Region]:
    """The rows in reading order: columns one after the other, tables by themselves."""
    found: list[Region] = []
    plain: list[Row] = []
    index = 0
    while index < len(rows):
        end, gutter = _band(rows, index)
        if gutter is None:
            plain.append(rows[index])
            index += 1
            continue
        if plain:
            found.append(Region(tuple(plain)))
            plain = []
        band = rows[index:end]
        found.extend(_split(band, gutter))
        index = end
    if plain:
        found.append(Region(tuple(plain)))
    return found


def _split(band: Sequence[Row], gutter: float) -> list[Region]:
    left, right = _side(band, gutter, left=True), _side(band, gutter, left=False)
    if _is_text(left) and _is_text(right):
        return [*regions(left), *regions(right)]
    return [Region(tuple(band), tuple(_all_gutters(band)))]


def _side(band: Sequence[Row], gutter: float, *, left: bool) -> list[Row]:
    sides: list[Row] = []
    for row in band:
        runs = [run for run in row.runs if (run.x0 < gutter) == left]
        raised = [run for run in row.raised if (run.x0 < gutter) == left]
        if runs:
            sides.append(Row(runs, raised))
    return sides


def _is_text(rows: Sequence[Row]) -> bool:
    """Whether rows are the lines of a text column: long, and most of them filling its width."""
    if not rows:
        return False
    celled = sum(1 for row in rows if any(b.x0 - a.x1 > _CELL * row.size for a, b in pairwise(row.runs)))
    if celled > 0.3 * len(rows):
        return False
    width = max(row.x1 for row in rows) - min(row.x0 for row in rows)
    full = sum(1 for row in rows if row.x1 - row.x0 > 0.7 * width)
    signs = sum(len(run.text) for row in rows for run in row.runs) / len(rows)
    return signs >= _COLUMN_SIGNS and full >= 0.45 * len(rows)


def _free(row: Row, low: float, high: float) -> list[tuple[float, float]]:
    """The white stretches of a row between ``low`` and ``high``, its margins included."""
    free: list[tuple[float, float]] = []
    at = low
    for run in row.runs:
        if run.x0 > at:
            free.append((at, run.x0))
        at = max(at, run.x1)
    if high > at:
        free.append((at, high))
    return free


def _common(rows: Sequence[Row], start: int) -> list[tuple[int, list[tuple[float, float]]]]:
    """For every later end of a band from ``start``: the white stretches that all its rows share."""
    low, high = min(row.x0 for row in rows), max(row.x1 for row in rows)
    shared = [(low, high)]
    steps = []
    for end in range(start, len(rows)):
        least = _GUTTER * rows[end].size
        shared = [
            (max(a, c), min(b, d))
            for a, b in shared
            for c, d in _free(rows[end], low, high)
            if min(b, d) - max(a, c) >= least
        ]
        if not shared:
            break
        steps.append((end + 1, shared))
    return steps


def _band(rows: Sequence[Row], start: int) -> tuple[int, float | None]:
    """The end of the longest band of rows from ``start`` with one gutter, and that gutter; None where there is none."""
    for end, shared in reversed(_common(rows, start)):
        band = rows[start:end]
        for a, b in shared:
            middle = (a + b) / 2
            if _parts(band, middle):
                return end, middle
    return start, None


def _parts(band: Sequence[Row], gutter: float) -> bool:
    """Whether the gutter parts two sides that each hold more than markers, in the first row and in enough others."""
    left, right = _side(band, gutter, left=True), _side(band, gutter, left=False)
    if min(len(left), len(right)) < (2 if len(band) == 2 else _LEAST_ROWS):
        return False
    together = sum(1 for row in band if row.x0 < gutter < row.x1)
    if _is_text(left) and _is_text(right):
        return True
    # A table: its first and last rows have cells on both sides, and few signs stand alone as markers do.
    filled = [row for row in (band[0], band[-1]) if row.x0 < gutter < row.x1]
    wordy = sum(1 for row in left if len("".join(run.text for run in row.runs)) > 3)
    return len(filled) == 2 and together >= 0.5 * len(band) and wordy >= 0.6 * len(left)


def _all_gutters(band: Sequence[Row]) -> list[float]:
    """The middles of all white stretches that part cells of the whole band."""
    steps = _common(band, 0)
    shared = steps[-1][1] if len(steps) == len(band) else []
    low, high = min(row.x0 for row in band), max(row.x1 for row in band)
    return [(a + b) / 2 for a, b in shared if a > low and b < high]
