"""Tables with cells that cover more than one row or column: every row gets the values that hold for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_DOWN, _MOST_ACROSS = 5_000, 60  # more rows or columns than any cell of a real table covers


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is written once: its text, how many columns and rows it covers, and whether it is marked as a header."""

    text: str
    across: int = 1
    down: int = 1
    header: bool = False


_Grid = list[list[Cell | None]]


def filled(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The texts of a table row by row, spanned values repeated; a header of more than one row becomes one row.

    A row that is one cell over the full width keeps it once.
    """
    grid = _without_doubles(_laid_out(rows))
    levels = _header_levels(grid)
    lines = [_merged(grid[:levels])] if levels > 1 else []
    for row in grid[len(lines) and levels :]:
        same = len({id(cell) for cell in row}) == 1
        lines.append([_text(cell) for cell in (row[:1] if same else row)])
    return lines


def _text(cell: Cell | None) -> str:
    return cell.text if cell is not None else ""


def _laid_out(rows: Sequence[Sequence[Cell]]) -> _Grid:
    """Every place of the table with the cell that covers it; rows without a cell of their own are left out."""
    grid: _Grid = []
    open_cells: dict[int, tuple[Cell, int]] = {}  # by column: the cell from above and how many rows it still covers
    for row in rows:
        if not row:
            continue
        line: list[Cell | None] = []
        below: dict[int, tuple[Cell, int]] = {}
        waiting = list(row)
        while waiting or len(line) in open_cells:
            column = len(line)
            if column in open_cells:
                cell, left = open_cells[column]
                line.append(cell)
                if left > 1:
                    below[column] = cell, left - 1
                continue
            cell = waiting.pop(0)
            for at in range(column, column + max(1, min(cell.across, _MOST_ACROSS))):
                if at in open_cells:
                    break
                line.append(cell)
                if cell.down > 1:
                    below[at] = cell, cell.down - 1
        for column in (at for at in open_cells if at > len(line)):
            # A cell from above that stands behind missing cells.
            line.extend([None] * (column - len(line)))
            line.append(open_cells[column][0])
            if open_cells[column][1] > 1:
                below[column] = open_cells[column][0], open_cells[column][1] - 1
        open_cells = below
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    # Rows without any span keep their own length, as they were written.
    spanned = any(cell.across > 1 or cell.down > 1 for row in rows for cell in row)
    return [line + [None] * (width - len(line)) for line in grid] if spanned else grid


def _without_doubles(grid: _Grid) -> _Grid:
    """The grid without columns that no row tells apart from the one before."""
    width = max((len(line) for line in grid), default=0)
    if any(len(line) != width for line in grid):
        return grid
    kept = [at for at in range(width) if at == 0 or any(line[at] is not line[at - 1] or line[at] is None for line in grid)]
    return [[line[at] for at in kept] for line in grid]


def _header_levels(grid: _Grid) -> int:
    """How many rows the header has: more than one only where a cell in the first covers columns or rows below it."""
    if len(grid) < 3:
        return 1
    first = grid[0]
    marked = next((at for at, row in enumerate(grid) if not all(cell is not None and cell.header for cell in row)), 0)
    covering = {id(cell): cell for cell in first if cell is not None and (cell.across > 1 or cell.down > 1)}
    if not covering or len({id(cell) for cell in first}) == 1:
        return 1
    if marked > 1:
        return min(marked, len(grid) - 1)
    return _unmarked_levels(first, len(grid))


def _unmarked_levels(first: Sequence[Cell | None], rows: int) -> int:
    """The rows of a header without marks: in its first row every cell covers either the rows or columns below it."""
    deep = {cell.down for cell in first if cell is not None and cell.down > 1}
    wide = [cell for cell in first if cell is not None and cell.down == 1]
    parted = wide and all(cell.across > 1 and not any(sign.isdigit() for sign in cell.text) for cell in wide)
    if len(deep) != 1 or not parted or None in first:
        return 1
    levels = deep.pop()
    return levels if levels < rows else 1


def _merged(rows: Sequence[Sequence[Cell | None]]) -> list[str]:
    """One row of header rows: below each other what each column's cells say, each once."""
    columns = []
    for column in zip(*rows, strict=False):
        cells = {id(cell): cell for cell in column if cell is not None}
        columns.append(" ".join(dict.fromkeys(cell.text for cell in cells.values() if cell.text.strip())))
    return columns
