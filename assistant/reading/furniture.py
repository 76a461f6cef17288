"""Header and footer lines that most pages repeat: recognised by their text at the edge of a page, and set apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.lines import Line, PageLines, percentile

_EDGE = 3  # lines at the top and at the bottom of a page that are looked at
_NUMBER = re.compile(r"\d+")
_STRUCTURAL = re.compile(
    r"(?:artikel|hoofdstuk|paragraaf|afdeling|titel|deel|bijlage|punt|lid|tabel|figuur|§)\s+\S", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(
    r"(?:[-–|]\s*)?(?:(?:pagina|pag\.?|blz\.?|bladzijde|page|p\.)\s*)?(\d{1,4})(?:\s*(?:/|van|of)\s*\d{1,4})?(?:\s*[-–|])?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SetApart:
    """The pages without furniture, the furniture, and the page numbers that were printed, by page."""

    pages: tuple[PageLines, ...]
    furniture: tuple[str, ...]
    printed: dict[int, str]


def set_apart(pages: Sequence[PageLines]) -> SetApart:
    """Takes the repeated header and footer lines out of ``pages``."""
    seen: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for page in pages:
        for edge, index in _edges(page.lines):
            seen[edge, _pattern(page.lines[index].text)].setdefault(page.number, index)
    dropped: dict[int, set[int]] = defaultdict(set)
    furniture: list[str] = []
    printed: dict[int, str] = {}
    texts = {page.number: page.lines for page in pages}
    filled = sum(1 for page in pages if page.lines)
    body = percentile([line.size for page in pages for line in page.lines], 0.5)
    for places in seen.values():
        lines = {number: texts[number][index] for number, index in places.items()}
        if not _repeated(lines, filled, body):
            continue
        furniture.append(lines[min(lines)].text)
        for number, index in places.items():
            dropped[number].add(index)
            if match := _PAGE_NUMBER.fullmatch(lines[number].text):
                printed[number] = match[1]
    left = sum(1 for page in pages if len(page.lines) > len(dropped[page.number]))
    if left <= filled / 2:
        # Pages that hold nothing else, such as forms and slides, are read as they are.
        return SetApart(tuple(pages), (), {})
    kept = tuple(
        PageLines(page.number, tuple(line for i, line in enumerate(page.lines) if i not in dropped[page.number]))
        for page in pages
    )
    return SetApart(kept, tuple(dict.fromkeys(furniture)), printed)


def _edges(lines: Sequence[Line]) -> list[tuple[str, int]]:
    top = [("top", i) for i in range(min(_EDGE, len(lines)))]
    return top + [("bottom", i) for i in range(max(len(lines) - _EDGE, len(top)), len(lines))]


def _pattern(text: str) -> str:
    return _NUMBER.sub("#", text.casefold())


def _repeated(lines: dict[int, Line], pages: int, body: float) -> bool:
    """Whether the lines, one a page, are furniture: the same on most pages, or counting along with the pages."""
    texts = {line.text for line in lines.values()}
    share = len(lines) / max(pages, 1)
    parities = {number % 2 for number in lines}
    most = share > 0.5 or (len(parities) == 1 and share > 0.3 and len(lines) >= 3)
    if len(texts) == 1:
        # Twice the same is little proof, save for small type.
        return most and (
            len(lines) >= 3 or (len(lines) == 2 and all(0 < line.size < 0.95 * body for line in lines.values()))
        )
    if not most or len(lines) < 2 or any(_STRUCTURAL.match(text) for text in texts):
        return False
    if all(_PAGE_NUMBER.fullmatch(text) for text in texts):
        return _counts_along(lines)
    return len(lines) >= 3 and _counts_along(lines)


def _counts_along(lines: dict[int, Line]) -> bool:
    """Whether some number in the lines grows exactly as the page numbers do."""
    numbers = {page: [int(n) for n in _NUMBER.findall(line.text)[:6] if len(n) < 10] for page, line in lines.items()}
    width = min(len(found) for found in numbers.values())
    return any(len({found[k] - page for page, found in numbers.items()}) == 1 for k in range(width))
