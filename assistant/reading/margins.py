"""Header and footer lines of a PDF, told by their place: the same height and type at the edge of page after page.

They are set apart before columns are looked for, which would deal the left and right part of one line to two columns.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.reading.columns import Row, make_rows
from assistant.reading.furniture import PAGE_NUMBER, STRUCTURAL, counts_along, digits_aside
from assistant.reading.glyphs import Run
from assistant.reading.lines import Line
from assistant.reading.pdf_lines import row_line

_DEEPEST = 4  # rows at an edge that are looked at
_ZONE = 0.16  # the share of the height of the text, at the top and at the bottom, in which a margin lies
_SAME_HEIGHT = 2.0  # points
_WHITE = 1.9  # type sizes between a margin and the text, where a line is seen on two pages only
_LARGEST = 1.2  # times the type size of the text; what is larger is a title
_LONGEST = 200
_LABEL = re.compile(
    r"(?:vervolg)?(?:blad|pagina|pag\.?|blz\.?|bladzijde)(?:nummer)?\s*:?\s*(\d{1,4})(?:\s*(?:/|van)\s*\d{1,4})?",
    re.IGNORECASE,
)
_OF_TOTAL = re.compile(r"(?<![\d/.,-])(\d{1,4})\s*(?:/|\bvan\b)\s*(\d{1,4})$")


@dataclass(frozen=True, slots=True)
class Margins:
    """The runs of every page without its margins, the lines of those, and the page numbers that stand in them, by page."""

    runs: tuple[tuple[Run, ...], ...]
    furniture: tuple[str, ...] = ()
    printed: Mapping[int, str] | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A row near the edge of a page; ``depth`` counts from the edge, ``white`` is that on its inner side in type sizes."""

    page: int
    edge: str
    depth: int
    row: Row
    line: Line
    white: float


_Places = dict[int, _Seen]  # by page


def set_margins_apart(pages: Sequence[Sequence[Run]]) -> Margins:
    """Takes the running headers and footers out of the runs of ``pages``."""
    kept = Margins(tuple(tuple(runs) for runs in pages), (), {})
    rows = {number: made for number, runs in enumerate(pages, 1) if (made := make_rows(runs))}
    if len(rows) < 2:
        return kept
    groups = _unbroken(_told(_groups(rows), rows, _body_size(pages)))
    dropped: defaultdict[int, list[Row]] = defaultdict(list)
    furniture, printed = [], {}
    for places in groups:
        furniture.append(places[min(places)].line.text)
        for number, seen in places.items():
            dropped[number].append(seen.row)
            if label := _page_label(seen, len(pages)):
                printed[number] = label
    filled = sum(1 for number, made in rows.items() if len(made) > len(dropped[number]))
    if filled <= len(rows) / 2:
        return kept
    gone = {id(run) for found in dropped.values() for row in found for run in (*row.runs, *row.raised)}
    left = tuple(tuple(run for run in runs if id(run) not in gone) for runs in pages)
    return Margins(left, tuple(dict.fromkeys(furniture)), printed)


def _body_size(pages: Sequence[Sequence[Run]]) -> float:
    weights: Counter[float] = Counter()
    for runs in pages:
        for run in runs:
            weights[round(run.size, 1)] += len(run.text)
    return weights.most_common(1)[0][0]


def _groups(rows: Mapping[int, Sequence[Row]]) -> list[_Places]:
    """The rows at the edges of pages that are alike but for their digits, and stand at one height."""
    top = max(made[0].y for made in rows.values())
    bottom = min(made[-1].y for made in rows.values())
    depth = _ZONE * (top - bottom)
    found: defaultdict[tuple[object, ...], _Places] = defaultdict(dict)
    for number, made in rows.items():
        for seen in _edge_rows(number, made):
            inside = seen.row.y < top - depth if seen.edge == "top" else seen.row.y > bottom + depth
            if inside or len(seen.line.text) > _LONGEST:
                continue
            key = seen.edge, round(seen.line.size, 1), seen.line.bold, digits_aside(seen.line.text)
            found[key].setdefault(number, seen)
    return [_at_one_height(places) for places in found.values()]


def _edge_rows(number: int, rows: Sequence[Row]) -> list[_Seen]:
    found = []
    for edge, ordered in (("top", rows), ("bottom", rows[::-1])):
        for depth, row in enumerate(ordered[:_DEEPEST]):
            inner = ordered[depth + 1] if depth + 1 < len(ordered) else None
            white = abs(inner.y - row.y) / max(row.size, inner.size) if inner else 0.0
            found.append(_Seen(number, edge, depth, row, row_line(number, row), white))
    return found


def _at_one_height(places: _Places) -> _Places:
    heights = sorted(seen.row.y for seen in places.values())
    usual = heights[len(heights) // 2]
    return {number: seen for number, seen in places.items() if abs(seen.row.y - usual) <= _SAME_HEIGHT}


def _told(groups: Sequence[_Places], rows: Mapping[int, Sequence[Row]], body: float) -> list[tuple[_Places, bool]]:
    """The groups that are margins, each with whether it is so on many pages; else white must part it from the text."""
    told = []
    pages, copied = len(rows), _copied(rows)
    for places in groups:
        lines = {number: seen.line for number, seen in places.items()}
        first = places[min(places)]
        if any(line.size > _LARGEST * body for line in lines.values()):
            continue
        many = len(lines) >= 3 and _on_most(lines, pages) and (_same(lines) or _counted(places, pages))
        few = _on_two(lines, pages) and (_labelled(places, pages) or (_same(lines) and first.edge not in copied))
        single = len(lines) == 1 and sorted(rows) == [1, 2] and _continued(first, rows[1][0].y, body)
        if many or few or single:
            told.append((places, many))
    return told


def _on_most(lines: Mapping[int, Line], pages: int) -> bool:
    one_side = len({number % 2 for number in lines}) == 1
    return len(lines) > (0.3 if one_side else 0.5) * pages


def _on_two(lines: Mapping[int, Line], pages: int) -> bool:
    """Whether a line stands on two pages that follow each other, of a file of two, or of three where the first has none."""
    return sorted(lines) in ([1, 2], [2, 3]) and pages == max(lines)


def _same(lines: Mapping[int, Line]) -> bool:
    return len({line.text for line in lines.values()}) == 1


def _copied(rows: Mapping[int, Sequence[Row]]) -> set[str]:
    """The edges at which the text inside the margins is the same on the last two pages: they may be copies of one page."""
    ends = [rows[number] for number in sorted(rows)[-2:]]
    found = set()
    for edge in ("top", "bottom"):
        ordered = [made if edge == "top" else made[::-1] for made in ends]
        texts = {row_line(0, made[min(_DEEPEST, len(made)) - 1]).text for made in ordered}
        if len(texts) == 1:
            found.add(edge)
    return found


def _counted(places: _Places, pages: int) -> bool:
    """Whether numbers count along with the pages, in a line that is more than a title with its number ("Vraag 1")."""
    lines = {number: seen.line for number, seen in places.items()}
    texts = [line.text for line in lines.values()]
    if _labelled(places, pages):
        return True
    return (
        not any(STRUCTURAL.match(text) for text in texts)
        and min(len(text.split()) for text in texts) >= 3
        and counts_along(lines)
    )


def _labelled(places: _Places, pages: int) -> bool:
    """Whether every line names its page: "Blad 2", "2/3", or a number by itself beside the words of a running head."""
    labels = {number: _page_label(seen, pages) for number, seen in places.items()}
    if not all(labels.values()) or not all(len(seen.line.text.split()) > 1 for seen in places.values()):
        return False
    return len({int(label) - number for number, label in labels.items()}) == 1


def _page_label(seen: _Seen, pages: int) -> str:
    """The page number that a line shows, as it is written there; none where it could be any other number."""
    for run in seen.row.runs:
        if (match := _LABEL.fullmatch(run.text)) or (len(seen.row.runs) > 1 and (match := PAGE_NUMBER.fullmatch(run.text))):
            return str(match[1])
    match = _OF_TOTAL.search(seen.line.text) or PAGE_NUMBER.fullmatch(seen.line.text)
    if match is None or (match.re is _OF_TOTAL and not int(match[1]) <= int(match[2]) <= max(pages, 2) * 2):
        return ""
    return str(match[1])


def _continued(seen: _Seen, top: float, body: float) -> bool:
    """Whether a line above the second of two pages stands on further sheets only.

    It says so ("Ons kenmerk 12  Blad 2"), or it is set small and stands above ``top``, where the first page begins.
    """
    if seen.edge != "top" or seen.page != 2:
        return False
    labels = [match[1] for run in seen.row.runs if (match := _LABEL.fullmatch(run.text))]
    higher = seen.row.y - top > _WHITE * body
    return labels == ["2"] or (seen.depth == 0 and seen.line.size < 0.85 * body and higher)


def _unbroken(told: Sequence[tuple[_Places, bool]]) -> list[_Places]:
    """The groups whose lines have nothing but margins on their outer side, and white on the inner side where it must be.

    A group that does not hold on one page holds on none, so that no text is lost.
    """
    groups = list(told)
    while True:
        at = {(seen.page, seen.edge, seen.depth) for places, _ in groups for seen in places.values()}
        sound = [(places, many) for places, many in groups if all(_holds(seen, many, at) for seen in places.values())]
        if len(sound) == len(groups):
            return sorted((places for places, _ in groups), key=_order)
        groups = sound


def _holds(seen: _Seen, many: bool, at: set[tuple[int, str, int]]) -> bool:
    outer = all((seen.page, seen.edge, depth) in at for depth in range(seen.depth))
    return outer and (many or seen.white >= _WHITE or (seen.page, seen.edge, seen.depth + 1) in at)


def _order(places: _Places) -> tuple[bool, int, float]:
    first = places[min(places)]
    return first.edge == "bottom", first.page, -first.row.y
