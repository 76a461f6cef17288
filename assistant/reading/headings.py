"""Tells headings from short paragraphs, and gives them a level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.reading.lines import TERMINAL, ends_voluntarily
from assistant.reading.paragraphs import Group

_STRUCTURAL = re.compile(
    r"(hoofdstuk|deel|bijlage|titel|afdeling|paragraaf|§|artikel)\s+(?:\d+|[ivxIVX]+|[A-Z])\w{0,3}\b[.:]?", re.IGNORECASE
)
_STRUCTURAL_LEVELS = {
    "deel": 1,
    "hoofdstuk": 1,
    "bijlage": 1,
    "titel": 1,
    "afdeling": 2,
    "paragraaf": 3,
    "§": 3,
    "artikel": 4,
}
# The subject line of a Dutch letter is what the letter is called.
_SUBJECT = re.compile(r"(?:betreft|onderwerp)\s*:\s*\S", re.IGNORECASE)
_DATE = re.compile(r"(?:\w+,?\s+)?\d{1,2}[\s-](?:[a-z]+|\d{1,2})[\s-]\d{4}$", re.IGNORECASE)
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s")
_LONGEST = 120


def heading_levels(groups: Sequence[Group], outline: Mapping[str, int]) -> dict[int, int]:
    """The level of every heading, by the index of its group. ``outline`` holds small-letter titles of the file's outline."""
    body = _body_size(groups)
    numbered = _numbered_headings(groups)
    dressed = _dressed(groups, body)
    sizes = sorted(
        {round(g.first.size, 1) for g in groups if g.first.size > 1.08 * body and len(_text(g)) < _LONGEST}, reverse=True
    )
    levels: dict[int, int] = {}
    for index, group in enumerate(groups):
        text = _text(group)
        if group.last.cells or len(text) > _LONGEST or not any(char.isalpha() for char in text):
            continue
        if (named := outline.get(text.casefold())) is not None:
            levels[index] = named
        elif match := _structural(text):
            levels[index] = _STRUCTURAL_LEVELS[match] + 1
        elif _SUBJECT.match(text) and len(group.lines) <= 2:
            levels[index] = 1
        elif not (group.marker and group.marker.bullet) and _by_face(group, body):
            size = round(group.first.size, 1)
            levels[index] = 1 + sizes.index(size) if size in sizes else len(sizes) + _depth(text)
        elif index in numbered:
            levels[index] = 1 + _depth(text)
        elif group.marker is None and not dressed and _by_place(groups, index):
            levels[index] = 2 if levels else 1
    return levels


def _text(group: Group) -> str:
    return " ".join(line.text for line in group.lines)


def _structural(text: str) -> str:
    match = _STRUCTURAL.match(text)
    if not match or (TERMINAL.search(text) and match.end() < len(text)):
        return ""
    rest = text[match.end() :].strip(" -–:.")
    return match[1].casefold() if not rest or rest[0].isupper() else ""


def _body_size(groups: Sequence[Group]) -> float:
    weights: Counter[float] = Counter()
    for group in groups:
        for line in group.lines:
            weights[round(line.size, 1)] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 0.0


def _dressed(groups: Sequence[Group], body: float) -> bool:
    """Whether the file shows its headings by size or weight, so that a plain short line is none."""
    return any(group.marker is None and _by_face(group, body) for group in groups) if body else False


def _by_face(group: Group, body: float) -> bool:
    if not body or len(group.lines) > 5 or not group.first.text[:1].isalnum():
        return False
    larger = group.first.size > 1.08 * body
    bold = (
        all(line.bold for line in group.lines)
        and group.first.size > 0.9 * body
        and not _text(group).endswith((".", ";", ","))
    )
    return larger or bold


def _by_place(groups: Sequence[Group], index: int) -> bool:
    """A short line without closing sign, with running text or another heading below it."""
    if not _short_title(groups[index]) or index + 1 == len(groups):
        return False
    if index and groups[index - 1].last.text.endswith((":", ",")):
        return False
    below = groups[index + 1]
    return _running(below) or (
        below.marker is None and _short_title(below) and index + 2 < len(groups) and _running(groups[index + 2])
    )


def _short_title(group: Group) -> bool:
    text = _text(group)
    if (
        len(group.lines) > 1
        or len(text.split()) > 12
        or TERMINAL.search(text)
        or text.endswith(",")
        or _DATE.fullmatch(text)
    ):
        return False
    return text[0].isupper() or text[0].isdigit()


def _running(group: Group) -> bool:
    """Whether the group is running text that may stand below a heading."""
    text = _text(group)
    if text[0] in "“‘\"'•":
        return True
    return not text[0].islower() and (len(text) > 60 or bool(TERMINAL.search(text)) or group.marker is not None)


def _numbered_headings(groups: Sequence[Group]) -> set[int]:
    """The numbered lines that are headings: of their sequence, every one is short and has unnumbered text below it."""
    runs: dict[str, list[int]] = {}
    for index, group in enumerate(groups):
        marker = group.marker
        if marker is not None and not marker.bullet and marker.style[0].isdigit():
            runs.setdefault(marker.style if marker.style.startswith("1") else "decimal", []).append(index)
    headings: set[int] = set()
    for members in runs.values():
        if len(members) > 1 and all(_heads_text(groups, index, members) for index in members):
            headings.update(members)
    return headings


def _heads_text(groups: Sequence[Group], index: int, members: Sequence[int]) -> bool:
    group = groups[index]
    text = _text(group)
    if len(group.lines) > 2 or len(text) > 100 or TERMINAL.search(text):
        return False
    if index + 1 == len(groups):
        return False
    below = groups[index + 1]
    if below.marker is not None:
        return (index + 1 not in members and not below.marker.bullet) or _depth(_text(below)) > _depth(text)
    return ends_voluntarily(group.last, below.first) and not below.first.text[0].islower()


def _depth(text: str) -> int:
    match = _DECIMAL.match(text)
    return len(match[0].strip(" .").split(".")) if match else 1
