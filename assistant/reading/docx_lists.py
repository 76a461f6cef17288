"""The numbers of Word's lists, which stand nowhere in the text: they follow from the numbering part, counted in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from assistant.reading.counting import letters, roman
from assistant.reading.docx_styles import WORD, Style, value_of

_DASHES = frozenset("-–—*")
_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Number:
    """The marker of a paragraph in a list: its text, its level from 0, and whether it counts (a bullet does not)."""

    label: str
    level: int
    counted: bool


@dataclass(frozen=True, slots=True)
class _Level:
    style: str
    text: str
    start: int
    legal: bool  # every number in the marker is shown in figures, whatever its own style


class Numbering:
    """Counts the lists of one document; ask for the marker of every paragraph once, in reading order."""

    def __init__(self, part: Any) -> None:
        self._abstract: dict[str, Any] = {}
        self._instances: dict[str, Any] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        for element in _numbering_of(part):
            if element.tag == f"{WORD}abstractNum":
                self._abstract[element.get(f"{WORD}abstractNumId") or ""] = element
            elif element.tag == f"{WORD}num":
                self._instances[element.get(f"{WORD}numId") or ""] = element

    def marker(self, paragraph: Any, style: Style) -> Number | None:
        """The marker of ``paragraph``, by itself or by its style; None where it is in no list."""
        number, depth = _reference(paragraph, style)
        if number not in self._instances:
            return None
        level = self._level(number, depth)
        if level.style == "none" or not level.text:
            return None
        counts = self._advance(number, depth)
        # Styles such as "List Bullet 2" are lists of one level each; their name tells how deep they stand.
        named = re.search(r"\b([2-9])$", style.name)
        shown = max(depth, int(named[1]) - 1 if named else 0)
        if level.style == "bullet":
            return Number(level.text if level.text in _DASHES else "•", shown, False)
        label = _PLACE.sub(lambda found: self._shown(number, int(found[1]) - 1, counts, level.legal), level.text)
        return Number(label.strip(), shown, True)

    def _advance(self, number: str, depth: int) -> list[int | None]:
        """Counts one on at ``depth``, and lets everything below it begin anew."""
        key = value_of(self._instances[number], "abstractNumId") or number
        counts = self._counts.setdefault(key, [None] * (_DEEPEST + 1))
        restarts = _override(self._instances[number], depth) is not None and (number, depth) not in self._started
        self._started.add((number, depth))
        before = counts[depth]
        counts[depth] = self._level(number, depth).start if before is None or restarts else before + 1
        counts[depth + 1 :] = [None] * (_DEEPEST - depth)
        return counts

    def _shown(self, number: str, place: int, counts: list[int | None], legal: bool) -> str:
        level = self._level(number, place)
        count = counts[place]
        return _written(level.start if count is None else count, "decimal" if legal else level.style)

    def _level(self, number: str, depth: int) -> _Level:
        if (number, depth) not in self._levels:
            instance = self._instances[number]
            override = _override(instance, depth)
            own = override.find(f"{WORD}lvl") if override is not None else None
            element = own if own is not None else self._defined(value_of(instance, "abstractNumId"), depth)
            start = value_of(override, "startOverride") or value_of(element, "start")
            self._levels[number, depth] = _Level(
                value_of(element, "numFmt") or ("decimal" if element is not None else "none"),
                value_of(element, "lvlText").strip(),
                int(start) if start.isdigit() else 1,
                element is not None and element.find(f"{WORD}isLgl") is not None,
            )
        return self._levels[number, depth]

    def _defined(self, abstract: str, depth: int) -> Any:
        for level in self._abstract.get(abstract, ()):
            if level.tag == f"{WORD}lvl" and level.get(f"{WORD}ilvl") == str(depth):
                return level
        return None


def _numbering_of(part: Any) -> Any:
    from docx.opc.constants import RELATIONSHIP_TYPE

    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING and not relation.is_external:
            return relation.target_part.element
    return ()


def _reference(paragraph: Any, style: Style) -> tuple[str, int]:
    """The list and the level of a paragraph; level and list may come from different styles."""
    number = depth = ""
    for properties in (paragraph.find(f"{WORD}pPr"), *style.properties):
        reference = properties.find(f"{WORD}numPr") if properties is not None else None
        if reference is not None:
            number = number or value_of(reference, "numId")
            depth = depth or value_of(reference, "ilvl")
    return number, min(int(depth), _DEEPEST) if depth.isdigit() else 0


def _override(instance: Any, depth: int) -> Any:
    for override in instance.iterchildren(f"{WORD}lvlOverride"):
        if override.get(f"{WORD}ilvl") == str(depth):
            return override
    return None


def _written(count: int, style: str) -> str:
    """A count in the style of its level; styles that Dutch texts do not use are shown in figures."""
    if style in ("lowerLetter", "upperLetter"):
        return letters(count) if style == "lowerLetter" else letters(count).upper()
    if style in ("lowerRoman", "upperRoman"):
        return roman(count) if style == "lowerRoman" else roman(count).upper()
    return f"{count:02}" if style == "decimalZero" else str(count)
