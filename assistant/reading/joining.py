"""Joins hard-wrapped lines to one line of text: line ends become blanks, words broken with a hyphen become whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.reading.lines import Line

_TAIL_SIGNS = 400  # how far back the end of a line is looked at: longer than any word or address
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_TAIL = re.compile(r"([^\W_]+)-$")
_HEAD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_LETTER_WORD = 4  # letters at most of an abbreviation before another hyphen ("hbo-opleiding")
_VOWEL = re.compile(r"[aeiouyàâäèéêëîïôöûü]", re.IGNORECASE)
# Abbreviations with a vowel, which keep their hyphen as those without one do; none of them is a syllable.
_ABBREVIATIONS = frozenset(
    "wmo hbo mbo vmbo cao avg aow awb wao wia uwv apv ciz nza akwa nivel rivm vws ozo covid adhd".split()
)
# "zorg- en welzijnsakkoord": the hyphen stands for a part that is left out.
_COORDINATING = frozenset({"en", "of", "en/of", "tot", "dan", "als", "and", "or"})
# First parts that keep their hyphen in Dutch spelling.
_HYPHENATED_PARTS = frozenset({"niet", "non", "ex", "oud", "bijna", "quasi", "semi", "sint", "e", "o", "mond"})
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/\-_=?&.%]$")


@dataclass(frozen=True, slots=True)
class Joined:
    """The text of joined lines, the offsets at which next pages begin, and the raised marks with their offsets."""

    text: str
    page_breaks: tuple[int, ...]
    marks: tuple[tuple[int, str], ...]


def vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """The words of the document in small letters, without those that a line end may have broken."""
    words: set[str] = set()
    head_is_broken = False
    for line in lines:
        found = [word.casefold() for word in _WORD.findall(line.text)]
        broken = bool(_TAIL.search(line.text)) and not line.open_end
        words.update(found[1 if head_is_broken else 0 : -1 if broken else None])
        head_is_broken = broken
    return frozenset(words)


def join(lines: Sequence[Line], words: frozenset[str]) -> Joined:
    """One text of ``lines``, which follow each other without a break."""
    pieces = [lines[0].text]
    length = len(pieces[0])
    marks = list(lines[0].marks)
    breaks: list[int] = []
    for previous, line in pairwise(lines):
        dropped, glue = _seam("".join(pieces[-3:])[-_TAIL_SIGNS:], previous, line, words)
        if dropped:
            pieces[-1] = pieces[-1][:-1]
        pieces.append(glue)
        length += len(glue) - dropped
        breaks.extend([length] * (line.page - previous.page))
        marks.extend((length + offset, label) for offset, label in line.marks)
        pieces.append(line.text)
        length += len(line.text)
    return Joined("".join(pieces), tuple(breaks), tuple(marks))


def _seam(text: str, previous: Line, line: Line, words: frozenset[str]) -> tuple[int, str]:
    """How many signs (a hyphen or none) go from the end of the text so far, and what goes between it and the next line."""
    if previous.open_end:
        return 0, " "
    if _ADDRESS.search(text) and not line.text[:1].isupper() and " " not in line.text[:12].rstrip():
        return 0, ""
    tail = _TAIL.search(text)
    head = _HEAD.match(line.text)
    if not tail or not head:
        return 0, " "
    first, second = tail[1], head[0]
    if line.text.split(" ", 1)[0].casefold().rstrip(",.;") in _COORDINATING:
        return 0, " "
    return _broken(first, second, line.text, words)


def _broken(first: str, second: str, text: str, words: frozenset[str]) -> tuple[int, str]:
    """How the halves of a word around a line end go together: with their hyphen or without it."""
    compound = _COMPOUND.match(text)
    if compound and f"{first}-{compound[0]}".casefold() in words:
        return 0, ""
    if f"{first}{second}".casefold() in words:
        return 1, ""
    if f"{first}-{second}".casefold() in words or first.casefold() in _HYPHENATED_PARTS:
        return 0, ""
    if compound and len(second) <= _LETTER_WORD:
        # "post-" before "hbo-opleiding": what is hyphenated itself is hyphenated to what stands before it.
        return 0, ""
    word = (first.islower() or first.istitle()) and bool(_VOWEL.search(first)) and first.casefold() not in _ABBREVIATIONS
    return (1, "") if word and second.islower() else (0, "")
