"""Lines of a PDF page: regions in reading order, with white, column width, raised marks and table cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.reading.cleaning import clean
from assistant.reading.columns import TIGHT, Region, Row, make_rows, regions
from assistant.reading.glyphs import Run
from assistant.reading.lines import TERMINAL, Line, PageLines, percentile, starts_low

_USUAL_LEADING = 1.2
_PARTED, _MARKER, _MOST_PARTED = 1.5, 4, 4  # white in type sizes, signs of a list marker, rows with white that are no doubt
_RUNNING = 25  # signs of a cell that may be a line of running text
_LEADER = re.compile(r"(?:[.…_·]\s?){4}")
_WORD_WHITE = 0.18  # white of this many type sizes between two runs is a blank


@dataclass(slots=True)
class TableRun(Run):
    """A row of a table whose cells are known, as a run over the full width; ``first`` where it is the first of its table."""

    cells: tuple[str, ...] = ()
    first: bool = False


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line with its base line, before white is counted in lines; ``fresh`` where its region begins.

    ``edges`` are the left and right edge of its column; None where the text runs over the full width of the page.
    """

    line: Line
    y: float
    fresh: bool
    edges: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """The lines of a page in reading order; ``doubtful`` where text stands side by side that is no column and no table."""

    lines: list[PlacedLine]
    doubtful: bool = False


def page_lines(number: int, runs: Sequence[Run], known: list[float]) -> PlacedPage:
    """The lines of a page in reading order; ``known`` are the gutters of the pages so far, see :func:`regions`."""
    placed: list[PlacedLine] = []
    doubtful = False
    for region in regions(make_rows(runs), known):
        doubtful = doubtful or (not region.gutters and _side_by_side_text(region.rows))
        before = len(placed)
        drawn = any(isinstance(run, TableRun) for row in region.rows for run in row.runs)
        placed.extend(_table(number, region) if region.gutters and not drawn else _column(number, region))
        doubtful = doubtful or _cut_sentences([entry.line.cells for entry in placed[before:]])
    return PlacedPage([entry for entry in placed if entry.line.text], doubtful)


def _cut_sentences(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether sentences run on from row to row of a table, as where it stands beside text or its rows were broken up."""
    cut = 0
    for above, below in pairwise(rows):
        cut += any(
            len(first) > _RUNNING and starts_low(second) and not TERMINAL.search(first)
            for first, second in zip(above, below, strict=False)
        )
    return cut >= 2


def _side_by_side_text(rows: Sequence[Row]) -> bool:
    """Whether many rows hold words on both sides of wide white, as where columns and a table could not be told apart."""
    parted = 0
    for row in rows:
        runs = [run for run in row.runs if not isinstance(run, TableRun)]
        wide = any(
            b.x0 - a.x1 > _PARTED * row.size and len(a.text) > _MARKER and len(b.text) > _MARKER for a, b in pairwise(runs)
        )
        parted += wide and not _LEADER.search("".join(run.text for run in runs))
    return parted >= _MOST_PARTED and parted > 0.3 * len(rows)


def with_gaps(pages: Sequence[Sequence[PlacedLine]]) -> list[PageLines]:
    """The pages with white between lines counted in empty lines, by the line distance that is usual in the file."""
    leading = _leading(pages)
    full = [entry.line for page in pages for entry in page if entry.edges is None and not entry.line.cells]
    edges = min((line.left for line in full), default=0.0), percentile([line.right for line in full], 0.95)
    counted = []
    for number, page in enumerate(pages, 1):
        lines = []
        for index, entry in enumerate(page):
            gap = 0 if not index or entry.fresh else _gap(page[index - 1], entry, leading)
            left, right = entry.edges or edges
            line = entry.line
            lines.append(
                replace(line, gap=gap, left=line.left - left, right=line.right - left, measure=max(right, line.right) - left)
            )
        counted.append(PageLines(number, tuple(lines)))
    return counted


def _leading(pages: Sequence[Sequence[PlacedLine]]) -> float:
    """The usual distance of base lines, in type sizes."""
    seen: Counter[float] = Counter()
    for page in pages:
        for above, below in pairwise(page):
            if not below.fresh and abs(above.line.size - below.line.size) < 0.5 and above.y > below.y:
                seen[round((above.y - below.y) / below.line.size, 1)] += 1
    plausible = [(count, -ratio) for ratio, count in seen.items() if 0.8 <= ratio <= 2.6]
    return -max(plausible)[1] if plausible else _USUAL_LEADING


def _gap(above: PlacedLine, below: PlacedLine, leading: float) -> int:
    distance = (above.y - below.y) / (leading * max(above.line.size, below.line.size))
    return 0 if distance < 1.25 else max(1, round(distance - 1))


def _column(number: int, region: Region) -> list[PlacedLine]:
    edges = min(row.x0 for row in region.rows), percentile([row.x1 for row in region.rows], 0.95)
    column = edges if region.in_column else None
    placed: list[PlacedLine] = []
    for row in region.rows:
        drawn = [run for run in row.runs if isinstance(run, TableRun)]
        for run in drawn:
            line = row_line(number, Row([run]))
            line = replace(line, text=" | ".join(run.cells), cells=run.cells)
            # The rows of one table belong together, however high they are.
            placed.append(PlacedLine(line, row.y, not placed or not run.first, column))
        rest = [run for run in row.runs if not isinstance(run, TableRun)] if drawn else row.runs
        if rest:
            placed.append(PlacedLine(row_line(number, Row(rest, row.raised)), row.y, not placed, column))
    return placed


def row_line(number: int, row: Row) -> Line:
    """The row as one line, its runs parted by the white between them."""
    text = ""
    marks: list[tuple[int, str]] = []
    end = row.x0
    size = row.size
    last = row.runs[-1]
    for run in sorted((*row.runs, *row.raised), key=lambda run: run.x0):
        piece = clean(run.text)
        if not piece:
            continue
        raised = any(run is other for other in row.raised)
        # The mark of a footnote before its own text stands apart from it, however little white there is.
        if text and (run.x0 - end > _WORD_WHITE * size or (len(marks) == 1 and marks[0] == (0, text))):
            text += " "
        if raised:
            marks.append((len(text), piece))
        text += piece
        end = max(end, run.x1)
    unit = (row.x1 - row.x0) / len(text) if text else 1.0
    bold = all(run.bold for run in row.runs)
    return Line(text, number, 0, row.x0, row.x1, row.x1, unit, size, bold, tuple(marks), last.open_end)


def _table(number: int, region: Region) -> list[PlacedLine]:
    """One line a row of the table; lines without a first cell go on with the nearer of the rows around them."""
    parts = _side_by_side(region.rows)
    rows: list[list[Row]] = []
    waiting: list[Row] = []
    for index, part in enumerate(parts):
        first_cell = _cells(part, region.gutters)[0]
        if index == 1 and _wraps_header(parts, region.gutters):
            rows[0].extend(part)
        elif first_cell:
            rows.append([*waiting, *part])
            waiting = []
        elif waiting or _nearer_below(parts, index):
            waiting.extend(part)
        elif not rows:
            rows.append(list(part))
        else:
            rows[-1].extend(part)
    if waiting:
        rows.append(waiting)
    placed = []
    for index, row in enumerate(rows):
        cells = tuple(_cells(row, region.gutters))
        line = replace(row_line(number, row[0]), cells=cells, text=" | ".join(cells), marks=())
        placed.append(PlacedLine(line, row[0].y, index == 0))
    return placed


def _wraps_header(parts: Sequence[Sequence[Row]], gutters: Sequence[float]) -> bool:
    """Whether the second line of a table goes on with the words of its header: it is nearer, and not every cell has one."""
    if len(parts) < 4 or parts[0][-1].y - parts[1][0].y > 0.85 * (parts[1][-1].y - parts[2][0].y):
        return False
    first, second = _cells(parts[0], gutters), _cells(parts[1], gutters)
    filled = [(above, below) for above, below in zip(first, second, strict=True) if below]
    return len(filled) < len(first) and all(above and starts_low(below) for above, below in filled)


def _nearer_below(parts: Sequence[Sequence[Row]], index: int) -> bool:
    """Whether the part is set closer to the one below it than to the one above (or, at the top, than rows usually are)."""
    steps = [above[-1].y - below[0].y for above, below in pairwise(parts)]
    if index == len(steps):
        return False
    other = steps[index - 1] if index else (steps[1] if len(steps) > 1 else 0.0)
    return other > 1.15 * steps[index]


def _side_by_side(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows too near to each other to stand below each other: lines of cells of different height, centred on a line."""
    tight: list[list[Row]] = []
    for row in rows:
        if tight and tight[-1][-1].y - row.y < TIGHT * row.size:
            tight[-1].append(row)
        else:
            tight.append([row])
    return tight


def _cells(rows: Sequence[Row], gutters: Sequence[float]) -> list[str]:
    cells = [""] * (len(gutters) + 1)
    for row in rows:
        for run in sorted((*row.runs, *row.raised), key=lambda run: run.x0):
            place = sum(1 for gutter in gutters if gutter <= run.x0)
            raised = any(run is other for other in row.raised)
            cells[place] = clean(f"{cells[place]}{'' if raised else ' '}{run.text}")
    return cells
