"""Header and footer lines that most pages repeat: recognised by their text at the edge of a page, and set apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.reading.lines import Line, PageLines, percentile

_EDGE = 3  # lines at the top and at the bottom of a page that are looked at
_LONGEST_HEAD = 100
_NUMBER = re.compile(r"\d+")
STRUCTURAL = re.compile(
    r"(?:artikel|hoofdstuk|paragraaf|afdeling|titel|deel|bijlage|punt|lid|tabel|figuur|§)\s+\S", re.IGNORECASE
)
PAGE_NUMBER = re.compile(
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
    dropped: dict[int, set[int]] = defaultdict(set)
    furniture: list[str] = []
    printed: dict[int, str] = {}
    texts = {page.number: page.lines for page in pages}
    body = percentile([line.size for page in pages for line in page.lines], 0.5)
    for places in (*_repeats(pages, body), *_running_heads(pages, body)):
        furniture.append(texts[min(places)][places[min(places)]].text)
        for number, index in places.items():
            dropped[number].add(index)
            if match := PAGE_NUMBER.fullmatch(texts[number][index].text):
                printed[number] = match[1]
    left = sum(1 for page in pages if len(page.lines) > len(dropped[page.number]))
    if left <= _filled(pages) / 2:
        # Pages that hold nothing else, such as forms and slides, are read as they are.
        return SetApart(tuple(pages), (), {})
    kept = tuple(
        PageLines(page.number, tuple(line for i, line in enumerate(page.lines) if i not in dropped[page.number]))
        for page in pages
    )
    return SetApart(kept, tuple(dict.fromkeys(furniture)), printed)


def _filled(pages: Sequence[PageLines]) -> int:
    return sum(1 for page in pages if page.lines)


def _repeats(pages: Sequence[PageLines], body: float) -> list[dict[int, int]]:
    """The places (page to line) of each line that returns at the edge of most pages, but for numbers that count along."""
    seen: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for page in pages:
        for edge, index in _edges(page.lines):
            seen[edge, digits_aside(page.lines[index].text)].setdefault(page.number, index)
    texts = {page.number: page.lines for page in pages}
    found = []
    for places in seen.values():
        lines = {number: texts[number][index] for number, index in places.items()}
        if not _repeated(lines, _filled(pages), body):
            continue
        usual = percentile([line.size for line in lines.values()], 0.5)
        # The title of a report is often its running head too; where it is set large it is the title.
        found.append({number: index for number, index in places.items() if lines[number].size <= 1.15 * usual})
    return found


def _running_heads(pages: Sequence[PageLines], body: float) -> list[dict[int, int]]:
    """The places of outermost lines that end in the page number after a text that changes, such as a chapter's title."""
    found = []
    for outermost in (0, -1):
        offsets: dict[int, dict[int, int]] = defaultdict(dict)
        for page in pages:
            line = page.lines[outermost] if page.lines else None
            if line is not None and line.size <= 1.05 * body and (number := _closing_number(line.text)) is not None:
                offsets[number - page.number][page.number] = outermost % len(page.lines)
        longest = max(offsets.values(), key=len, default={})
        if len(longest) >= max(3, 0.5 * _filled(pages)):
            found.append(longest)
    return found


def _closing_number(text: str) -> int | None:
    """The number that a line ends in; none for "Artikel 3" and "Vraag 3", which say what stands below them."""
    match = re.search(r"(?<![\d.,])\d{1,4}$", text)
    if match is None or len(text) > _LONGEST_HEAD:
        return None
    alone = match.start() == 0
    titled = len(text.split()) > 2 and not (STRUCTURAL.match(text) and len(_NUMBER.findall(text)) == 1)
    return int(match[0]) if alone or titled else None


def _edges(lines: Sequence[Line]) -> list[tuple[str, int]]:
    top = [("top", i) for i in range(min(_EDGE, len(lines)))]
    return top + [("bottom", i) for i in range(max(len(lines) - _EDGE, len(top)), len(lines))]


def digits_aside(text: str) -> str:
    """The text in small letters, every number the same."""
    return _NUMBER.sub("#", text.casefold())


def _repeated(lines: dict[int, Line], pages: int, body: float) -> bool:
    """Whether the lines, one a page, are furniture: the same on most pages, or counting along with the pages."""
    texts = {line.text for line in lines.values()}
    share = len(lines) / max(pages, 1)
    parities = {number % 2 for number in lines}
    most = share > 0.5 or (len(parities) == 1 and share > 0.3 and len(lines) >= 3)
    small = all(0 < line.size < 0.95 * body for line in lines.values())
    if not small and any(_inside_sentence(text) for text in texts):
        return False
    if len(texts) == 1:
        # Twice the same is little proof, save for small type.
        return most and (len(lines) >= 3 or (len(lines) == 2 and small))
    if not most or len(lines) < 2 or any(STRUCTURAL.match(text) for text in texts):
        return False
    if all(PAGE_NUMBER.fullmatch(text) for text in texts):
        return counts_along(lines)
    named = min(len(text.split()) for text in texts) < 3 and not small
    # "Vraag 1", "Vraag 2" may well stand above one page each.
    return not named and len(lines) >= 3 and counts_along(lines)


def _inside_sentence(text: str) -> bool:
    """Whether a line is a piece of running text; addresses, versions and page numbers may begin with a small letter too."""
    return text[:1].islower() and len(text.split()) > 2 and not re.search(r"[\d@/|]|\w\.\w", text)


def counts_along(lines: Mapping[int, Line]) -> bool:
    """Whether some number in the lines grows exactly as the page numbers do."""
    numbers = {page: [int(n) for n in _NUMBER.findall(line.text)[:6] if len(n) < 10] for page, line in lines.items()}
    width = min(len(found) for found in numbers.values())
    return any(len({found[k] - page for page, found in numbers.items()}) == 1 for k in range(width))
