"""Markers of list items: their style, their place in the count, and the depth that follows from both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

_DECIMAL = re.compile(r"\d+[a-z]?(?:\.\d+[a-z]?)+")
_NUMERIC = re.compile(r"(\d+)([a-z]{0,2})")
_DEEPEST = 8  # lists within lists; also keeps the search through the open ones short
_REMEMBERED = 60  # items back to which a count may go on; keeps long lists linear
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


class Style(Enum):
    """How a marker counts."""

    BULLET = auto()
    NUMERIC = auto()
    DECIMAL = auto()
    DEGREE = auto()
    ALPHA = auto()
    CAPITAL = auto()
    ROMAN = auto()


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker that was understood: ``value`` orders markers of one style, ``sign`` tells bullets apart."""

    style: Style
    value: tuple[int, ...] = ()
    sign: str = ""

    def opens(self) -> bool:
        """Whether a count begins here."""
        if self.style is Style.NUMERIC:
            return self.value[0] == 1
        return self.style is Style.BULLET or self.value[-1] == 1

    def same_count(self, other: Marker) -> bool:
        """Whether both could stand in one list."""
        return (self.style, self.sign, len(self.value)) == (other.style, other.sign, len(other.value))

    def follows(self, other: Marker) -> bool:
        """Whether this is the next in the count of ``other``; numbers may have letters put between ("1a" after "1")."""
        if self.style is not other.style or self.style is Style.BULLET:
            return False
        if self.style is Style.NUMERIC:
            return self.value in ((other.value[0] + 1, 0), (other.value[0], other.value[1] + 1))
        return self.value[:-1] == other.value[:-1] and self.value[-1] == other.value[-1] + 1


def readings(label: str) -> list[Marker]:
    """What ``label`` may mean, likeliest first; a single letter may be a Roman number too."""
    bare = label.strip(" .():[]")
    if "°" in label or "º" in label:
        digits = re.sub(r"\D", "", label)
        return [Marker(Style.DEGREE, (int(digits),))] if digits else [Marker(Style.BULLET, sign="°")]
    if _DECIMAL.fullmatch(bare):
        return [Marker(Style.DECIMAL, tuple(int(re.sub(r"\D", "", part)) for part in bare.split(".")))]
    numeric = _NUMERIC.fullmatch(bare)
    if numeric:
        return [Marker(Style.NUMERIC, (int(numeric[1]), _letters(numeric[2])))]
    if re.fullmatch(r"[a-z]{1,2}|[ivxl]{1,6}", bare):
        return _letter_readings(bare)
    if re.fullmatch(r"[A-Z]", bare):
        return [Marker(Style.CAPITAL, (_letters(bare.lower()),))]
    return [Marker(Style.BULLET, sign=label.strip())]


def _letter_readings(bare: str) -> list[Marker]:
    alpha = [Marker(Style.ALPHA, (_letters(bare),))] if len(bare) <= 2 else []
    roman = [Marker(Style.ROMAN, (_roman(bare),))] if set(bare) <= set(_ROMAN_VALUES) else []
    # "i", "ii" and "iv" are Roman more often than the ninth letter, or one after z; "v" and "x" are letters as often.
    return roman + alpha if bare == "i" or len(bare) > 1 else alpha + roman


def _letters(text: str) -> int:
    """a = 1 … z = 26, aa = 27; nothing = 0."""
    if len(set(text)) <= 1:
        return 26 * max(len(text) - 1, 0) + (ord(text[0]) - 96 if text else 0)
    return 26 * (ord(text[0]) - 96) + ord(text[1]) - 96


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[char] for char in text]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values))


def depths(levels: Sequence[int], labels: Sequence[str], introduces: Sequence[bool]) -> list[int]:
    """The depth of each item of one run, from 0: the reader's levels where these differ and agree with the counts, else
    inferred from the markers.

    ``introduces`` says of each item whether its text leads in to something ("… over:"), which lets a count begin anew
    below it.
    """
    if len(set(levels)) > 1 and _counts_agree(levels, labels, introduces):
        lowest = min(levels)
        return [level - lowest for level in levels]
    found: list[int] = []
    stack: list[Marker] = []
    for i, label in enumerate(labels):
        _place(stack, readings(label), below=i > 0 and introduces[i - 1])
        found.append(len(stack) - 1)
    return found


def _counts_agree(levels: Sequence[int], labels: Sequence[str], introduces: Sequence[bool]) -> bool:
    """Whether every count goes on at the level where it began, and begins below what leads in to it.

    Else the levels come from an indent that tells nothing, as where a page is shifted.
    """
    seen: list[tuple[int, Marker]] = []
    for i, (level, label) in enumerate(zip(levels, labels, strict=True)):
        markers = readings(label)
        before = {at for at, other in seen if any(marker.follows(other) for marker in markers)}
        if before and level not in before:
            return False
        led = i > 0 and introduces[i - 1] and markers[0].opens() and not markers[0].same_count(seen[-1][1])
        if led and level < levels[i - 1]:
            return False
        seen = [*seen[1 - _REMEMBERED :], (level, markers[0])]
    return True


def _place(stack: list[Marker], markers: list[Marker], below: bool) -> None:
    """Puts one item on the stack of open counts, after closing the counts that end before it."""
    for depth in range(len(stack) - 1, -1, -1):
        for marker in markers:
            if marker.follows(stack[depth]) or (marker.style is Style.BULLET and marker.same_count(stack[depth])):
                stack[depth:] = [marker]
                return
    marker = markers[0]
    alike = [depth for depth, open_count in enumerate(stack) if marker.same_count(open_count)]
    if alike and not (marker.opens() and below):
        stack[alike[-1] :] = [marker]
    elif marker.opens() or (stack and len(marker.value) > len(stack[-1].value) and marker.style is Style.DECIMAL):
        stack[_DEEPEST - 1 :] = [marker]
    else:
        stack[:] = [marker]
