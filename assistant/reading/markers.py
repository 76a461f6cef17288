"""Markers of list items: bullets, and numbers or letters that continue a sequence.

A line that happens to begin with "2026." or "- tijdelijk" is no item: a number must be the first of a list or follow the
last one, and every marker but a true bullet must stand where a line can begin afresh.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.lines import TERMINAL, Line, ends_voluntarily

_SIGNS = "•▪◦●○■□‣∙·►▶➢➤✓✔❖"
BULLETS = frozenset(_SIGNS) | frozenset(map(chr, range(0xE000, 0xF900)))
_TRUE_BULLET = re.compile(rf"([{_SIGNS}\ue000-\uf8ff])\s*(?=\S)")
_WEAK_BULLET = re.compile(r"([-–—*o])\s+(?=\S)")
_NUMBER = re.compile(
    r"(\((?:\d{1,3}|[a-z]|[ivx]{2,4})\)|(?:\d{1,3}|[a-z]|[ivx]{2,4})[.)]|\d{1,2}[°º]\.?|(?:\d{1,2}\.){1,3}\d{1,2}\.?)\s+(?=\S)"
)
_ENUMERATED = re.compile(r"[;,]\s+(?:en|of|en/of)$")  # "...; en" before the last item of a list
_LINKING = re.compile(r"(?:,|\b(?:en|of|en/of|dan wel|alsmede))$")
# A number after one of these words is a reference and never begins an item.
_REFERRING = re.compile(
    r"\b(?:artikel(?:en)?|art\.|lid|leden|onderdeel|onderdelen|punt(?:en)?|bijlage|hoofdstuk|paragraaf|nr\.?|nummer|pagina|p\.|en|of|t/m|tot)$",
    re.IGNORECASE,
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


@dataclass(frozen=True, slots=True)
class Marker:
    """An item's marker: ``raw`` as it stands, ``label`` as it is kept, its ``style`` and place in the sequence."""

    raw: str
    label: str
    style: str
    value: int = 0
    level: int = 0

    @property
    def bullet(self) -> bool:
        return self.style.startswith("bullet")


@dataclass(slots=True)
class _OpenList:
    style: str
    value: int
    left: float
    level: int
    dormant: bool = False


def find_markers(lines: Sequence[Line]) -> dict[int, Marker]:
    """The markers of the lines that begin a list item, by their index in ``lines``."""
    found: dict[int, Marker] = {}
    stack: list[_OpenList] = []
    for index, line in enumerate(lines):
        previous = lines[index - 1] if index else None
        for marker in _readings(line.text):
            if not _accepted(marker, line, previous, stack) and not _begins_run(marker, index, lines):
                continue
            if marker.style not in ("bullet-true",) and previous is not None and not _fresh(previous, line):
                continue
            level = _place(marker, line, stack)
            found[index] = Marker(marker.raw, marker.label, marker.style, marker.value, level)
            break
        else:
            _interrupt(stack, previous, line)
    return found


def _readings(text: str) -> list[Marker]:
    """The ways in which the beginning of ``text`` can be read as a marker; "i." may be a letter or a number."""
    if match := _TRUE_BULLET.match(text):
        sign = match[1]
        return [Marker(sign, "•" if "\ue000" <= sign <= "\uf8ff" else sign, "bullet-true")]
    if match := _WEAK_BULLET.match(text):
        return [Marker(match[1], match[1], "bullet-weak")]
    if not (match := _NUMBER.match(text)):
        return []
    raw = match[1]
    core = raw.strip("().°º")
    shape = raw.replace(core, "#", 1)
    if "." in core:
        parts = core.split(".")
        return [Marker(raw, raw, f"{'.'.join(parts[:-1])}.{shape}", int(parts[-1]))]
    if core.isdigit():
        return [Marker(raw, raw, f"1{shape}", int(core))]
    readings = [Marker(raw, raw, f"a{shape}", ord(core) - ord("a") + 1)] if len(core) == 1 else []
    if core in _ROMAN:
        readings.append(Marker(raw, raw, f"i{shape}", _ROMAN.index(core) + 1))
    return readings


def _accepted(marker: Marker, line: Line, previous: Line | None, stack: list[_OpenList]) -> bool:
    if marker.style == "bullet-true":
        return True
    if marker.style == "bullet-weak":
        # "o" is a bullet of the second level in many word processors; alone it is more likely a letter.
        return marker.raw != "o" or any(entry.style.startswith("bullet") for entry in stack)
    if any(entry.style == marker.style and entry.value + 1 == marker.value for entry in stack):
        return True
    return marker.value == 1


def _begins_run(marker: Marker, index: int, lines: Sequence[Line]) -> bool:
    """Whether a sequence that does not start at its first number goes on within reach (a list cut by its extract)."""
    if marker.bullet:
        return False
    for later in range(index + 1, min(index + 40, len(lines))):
        for reading in _readings(lines[later].text):
            if reading.style == marker.style and reading.value == marker.value + 1:
                return _fresh(lines[later - 1], lines[later])
    return False


def _fresh(previous: Line, line: Line) -> bool:
    if _ENUMERATED.search(previous.text):
        return True
    if _REFERRING.search(previous.text) and not ends_voluntarily(previous, line) and line.gap <= previous.gap:
        return False
    if TERMINAL.search(previous.text) or _LINKING.search(previous.text):
        return True
    return ends_voluntarily(previous, line) or line.gap > max(1, previous.gap)


def _place(marker: Marker, line: Line, stack: list[_OpenList]) -> int:
    """Enters the marker into the open lists and gives its level, 0 being outermost."""
    style = f"{marker.style}{marker.raw}" if marker.bullet else marker.style
    for depth in range(len(stack) - 1, -1, -1):
        entry = stack[depth]
        same_place = abs(entry.left - line.left) < 2.5 * line.unit
        follows = marker.bullet or entry.value + 1 == marker.value or (marker.value == 1 and same_place)
        if entry.style == style and follows and (same_place or not marker.bullet):
            del stack[depth + 1 :]
            entry.value, entry.left, entry.dormant = marker.value, line.left, False
            return entry.level
    while stack and not stack[-1].dormant and line.left < stack[-1].left - line.unit:
        stack.pop()
    level = 0 if not stack or stack[-1].dormant else stack[-1].level + 1
    stack.append(_OpenList(style, marker.value, line.left, level))
    return level


def _interrupt(stack: list[_OpenList], previous: Line | None, line: Line) -> None:
    """A new paragraph ends bulleted lists; a numbered one may be taken up again, but nothing hangs under it any more."""
    if previous is not None and line.gap <= previous.gap:
        if not TERMINAL.search(previous.text):
            return
        outdented = line.size > 0 and bool(stack) and line.left < stack[-1].left + line.unit
        if not outdented and not ends_voluntarily(previous, line):
            return
    stack[:] = [entry for entry in stack if not entry.style.startswith("bullet")]
    for entry in stack:
        entry.dormant = True
