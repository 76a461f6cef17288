"""Reading order on a page: runs to rows, rows to columns that are read one by one, and rows of cells to tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.reading.glyphs import Run
from assistant.reading.markers import BULLETS

TIGHT = 1.0  # base lines that are nearer than this, in type sizes, belong to cells side by side
_CLOSE = 1.4  # base lines of one cell are no farther apart
_GUTTER = 0.7  # least white between columns, in type sizes
_CELL = 1.5  # white that is wider than any between justified words
_LEAST_ROWS = 3
_MOST_ROWS = 400  # a page with more is a drawing, a map or a chart: looking for columns in it would take minutes
_LONG_COLUMN = 8  # lines of a column beside which a shorter one may end early
_WHITE_ABOVE = 1.5  # type sizes from the line above a heading over all columns
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
    in_column: bool = False


def make_rows(runs: Sequence[Run]) -> list[Row]:
    """Rows from top to bottom. Small runs that hang above a row's base line belong to that row."""
    rows: list[Row] = []
    for run in sorted(runs, key=lambda run: (-round(run.size, 1), -run.y, run.x0)):
        for row in rows:
            if abs(row.y - run.y) <= 0.25 * min(row.size, run.size) or _is_bullet_of(run, row):
                row.runs.append(run)
                break
            small = (
                len(run.text) <= 3
                and run.text not in BULLETS
                and run.size < 0.85 * row.size
                and 0 < run.y - row.y < 0.8 * row.size
            )
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


def _is_bullet_of(run: Run, row: Row) -> bool:
    """Whether the run is a small bullet before the row, which fonts set higher or lower than its base line."""
    bullet = run.text in BULLETS and run.size < row.size and abs(run.y - row.y) < 0.6 * row.size
    return bullet and 0 <= min(other.x0 for other in row.runs) - run.x1 < 4 * row.size


def regions(rows: Sequence[Row], known: list[float] | None = None) -> list[Region]:
    """The rows in reading order: columns one after the other, tables by themselves.

    ``known`` holds the gutters of columns on earlier pages and is added to: a last page whose second column has a few
    short lines only is told by them.
    """
    known = [] if known is None else known
    if len(rows) > _MOST_ROWS:
        return [Region(tuple(rows))]
    found: list[Region] = []
    plain: list[Row] = []
    index = 0
    while index < len(rows):
        end, gutter = _band(rows, index, known)
        if gutter is None:
            plain.append(rows[index])
            index += 1
            continue
        end = _above_heading(rows, (index, end), gutter, known)
        columns = _columns(rows[index:end], gutter, known)
        table = [] if columns else _table(plain, rows, (index, end), gutter)
        if plain:
            found.append(Region(tuple(plain)))
            plain = []
        found.extend(columns or [Region(tuple(table), tuple(_all_gutters(table)))])
        index = end if columns else max(end, next(i for i, row in enumerate(rows) if row is table[-1]) + 1)
    if plain:
        found.append(Region(tuple(plain)))
    return found


def _above_heading(rows: Sequence[Row], band: tuple[int, int], gutter: float, known: Sequence[float]) -> int:
    """The end of the band, or a place in it where a heading over both columns stands, below the end of both.

    It is told from a heading of the left column by the white above it, which both columns share, and by what follows: rows
    that begin on both sides at once, or that run over the full width.
    """
    start, end = band
    for index in range(start + _LEAST_ROWS, end):
        if rows[index - 1].y - rows[index].y < _WHITE_ABOVE * rows[index].size:
            continue
        below = index
        while below < end and rows[below].x1 < gutter and _titled(rows[below], rows):
            below += 1
        if below == index or below == len(rows) or not rows[below].x0 < gutter < rows[below].x1:
            continue
        if _parts(rows[start:index], gutter, known):
            return index
    return end


def _titled(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a row is set as a heading among the others: bold or larger."""
    sizes = sorted(other.size for other in rows)
    return all(run.bold for run in row.runs) or row.size > 1.08 * sizes[len(sizes) // 2]


def _columns(band: Sequence[Row], gutter: float, known: list[float]) -> list[Region]:
    """The columns on both sides of the gutter, one after the other; none where they are cells of a table."""
    left, right = _side(band, gutter, left=True), _side(band, gutter, left=False)
    if not _are_columns(left, right, known):
        return []
    known.append(min(row.x0 for row in right))
    sides = [*regions(_anew(left), known), *regions(_anew(right), known)]
    return [Region(region.rows, region.gutters, in_column=True) for region in sides]


def _table(above: list[Row], rows: Sequence[Row], band: tuple[int, int], gutter: float) -> list[Row]:
    """The rows of a table with the lines of high cells that stick out above (taken from ``above``) and below."""
    start, end = band
    table = list(rows[start:end])
    while above and above[-1].x0 > gutter and above[-1].y - table[0].y < _CLOSE * table[0].size:
        table.insert(0, above.pop())
    while end < len(rows) and rows[end].x0 > gutter and table[-1].y - rows[end].y < _CLOSE * table[-1].size:
        table.append(rows[end])
        end += 1
    return table


def _anew(side: Sequence[Row]) -> list[Row]:
    """The rows of one column by itself: base lines of the other one no longer count."""
    return make_rows([run for row in side for run in (*row.runs, *row.raised)])


def _are_columns(left: Sequence[Row], right: Sequence[Row], known: Sequence[float]) -> bool:
    """Whether both sides of a gutter are text to be read from top to bottom."""
    if not _is_text(left):
        return False
    start = min(row.x0 for row in right)
    if _is_text(right) or any(abs(start - at) < right[0].size for at in known):
        return True
    return _parts_are_text(right) or (len(left) >= _LONG_COLUMN and _unbroken(right, left[0].y))


def _parts_are_text(rows: Sequence[Row]) -> bool:
    """Whether the rows are more columns of text side by side."""
    parts = regions(rows)
    return len(parts) > 1 and all(not part.gutters and _is_text(part.rows) for part in parts if len(part.rows) > 2)


def _unbroken(rows: Sequence[Row], top: float) -> bool:
    """Whether short lines begin at the top and follow each other closely, as where the last column ends early."""
    size = rows[0].size
    steps = [above.y - below.y for above, below in pairwise(rows)]
    return top - rows[0].y < 3 * size and all(step < 4 * size for step in steps) and not _celled(rows)


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
    if _celled(rows):
        return False
    width = max(row.x1 for row in rows) - min(row.x0 for row in rows)
    full = sum(1 for row in rows if row.x1 - row.x0 > 0.7 * width)
    signs = sum(len(run.text) for row in rows for run in row.runs) / len(rows)
    return signs >= _COLUMN_SIGNS and full >= 0.45 * len(rows)


def _celled(rows: Sequence[Row]) -> bool:
    """Whether wide white parts the rows, so that they are cells or columns themselves."""
    celled = sum(1 for row in rows if any(b.x0 - a.x1 > _CELL * row.size for a, b in pairwise(row.runs)))
    return celled > 0.3 * len(rows)


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


def _band(rows: Sequence[Row], start: int, known: Sequence[float]) -> tuple[int, float | None]:
    """The end of the longest band of rows from ``start`` with one gutter, and that gutter; None where there is none."""
    for end, shared in reversed(_common(rows, start)):
        band = rows[start:end]
        for a, b in shared:
            middle = (a + b) / 2
            if _parts(band, middle, known):
                return end, middle
    return start, None


def _parts(band: Sequence[Row], gutter: float, known: Sequence[float]) -> bool:
    """Whether the gutter parts two columns of text, or the cells of a table."""
    left, right = _side(band, gutter, left=True), _side(band, gutter, left=False)
    if min(len(left), len(right)) < _LEAST_ROWS:
        return False
    if _are_columns(left, right, known):
        return True
    # A table: cells on both sides of its first and last row and of most others, in line below each other; few signs
    # stand alone in front, as markers of a list do.
    both = [row for row in band if row.x0 < gutter < row.x1]
    wordy = sum(1 for row in left if len("".join(run.text for run in row.runs)) > 3)
    whole = band[0] in both and band[-1] in both and len(both) >= 0.5 * len(band)
    return whole and wordy >= 0.6 * len(left) and _in_line(right) and not _stretched(band)


def _stretched(rows: Sequence[Row]) -> bool:
    """Whether the white is that of a narrow justified column: between all words of a row, up to one right edge."""
    edges = [row.x1 for row in rows]
    single = all(" " not in run.text for row in rows for run in row.runs)
    return single and max(edges) - min(edges) < rows[0].size and len({len(row.runs) for row in rows}) > 1


def _in_line(rows: Sequence[Row]) -> bool:
    """Whether the rows begin, end or have their middles below each other, as words of justified text never do."""
    first = [row.runs[0] for row in rows]
    for places in ([run.x0 for run in first], [run.x1 for run in first], [run.x0 + run.x1 for run in first]):
        middle = sorted(places)[len(places) // 2]
        if sum(1 for place in places if abs(place - middle) < 0.3 * rows[0].size) >= 0.7 * len(places):
            return True
    return False


def _all_gutters(band: Sequence[Row]) -> list[float]:
    """The middles of all white stretches that part cells of the whole band."""
    steps = _common(band, 0)
    shared = steps[-1][1] if len(steps) == len(band) else []
    low, high = min(row.x0 for row in band), max(row.x1 for row in band)
    return [(a + b) / 2 for a, b in shared if a > low and b < high]
