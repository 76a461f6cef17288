"""Lines of a PDF page: regions in reading order, with white, column width, raised marks and table cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.reading.cleaning import clean
from assistant.reading.columns import Region, Row, make_rows, regions
from assistant.reading.glyphs import Run
from assistant.reading.lines import Line, PageLines, percentile

_USUAL_LEADING = 1.2
_WORD_WHITE = 0.18  # white of this many type sizes between two runs is a blank


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line with its base line, before white is counted in lines; ``fresh`` where its region begins."""

    line: Line
    y: float
    fresh: bool


def page_lines(number: int, runs: Sequence[Run]) -> list[PlacedLine]:
    """The lines of a page in reading order."""
    placed: list[PlacedLine] = []
    for region in regions(make_rows(runs)):
        placed.extend(_table(number, region) if region.gutters else _column(number, region))
    return [entry for entry in placed if entry.line.text]


def with_gaps(pages: Sequence[Sequence[PlacedLine]]) -> list[PageLines]:
    """The pages with white between lines counted in empty lines, by the line distance that is usual in the file."""
    leading = _leading(pages)
    counted = []
    for number, page in enumerate(pages, 1):
        lines = []
        for index, entry in enumerate(page):
            gap = 0 if not index or entry.fresh else _gap(page[index - 1], entry, leading)
            lines.append(replace(entry.line, gap=gap))
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
    measure = percentile([row.x1 for row in region.rows], 0.95)
    return [PlacedLine(_line(number, row, max(measure, row.x1)), row.y, index == 0) for index, row in enumerate(region.rows)]


def _line(number: int, row: Row, measure: float) -> Line:
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
    return Line(text, number, 0, row.x0, row.x1, measure, unit, size, bold, tuple(marks), last.open_end)


def _table(number: int, region: Region) -> list[PlacedLine]:
    """One line a row of the table; a row without a first cell goes on with the cells of the row above it."""
    rows: list[tuple[Row, list[str]]] = []
    for row in region.rows:
        cells = [""] * (len(region.gutters) + 1)
        for run in sorted((*row.runs, *row.raised), key=lambda run: run.x0):
            place = sum(1 for gutter in region.gutters if gutter <= run.x0)
            raised = any(run is other for other in row.raised)
            cells[place] = clean(f"{cells[place]}{'' if raised else ' '}{run.text}")
        if rows and not cells[0]:
            rows[-1] = (rows[-1][0], [clean(f"{a} {b}") for a, b in zip(rows[-1][1], cells, strict=True)])
        else:
            rows.append((row, cells))
    placed = []
    for index, (row, cells) in enumerate(rows):
        line = replace(_line(number, row, row.x1), cells=tuple(cells), text=" | ".join(cells), marks=())
        placed.append(PlacedLine(line, row.y, index == 0))
    return placed
