"""The figures and dates of a Dutch text in one form, so that "€ 1.250,00" and "1250 euro" are the same thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.language.numbers import CARDINALS, ORDINALS
from assistant.language.tokens import fold

_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:e|ste|de)?\s+)?(?P<month>{_MONTH})\b(?:\s+(?P<year>(?:19|20)\d\d)\b)?"
    r"|\b(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>(?:19|20)\d\d)\b"
    r"|\b(?P<y2>(?:19|20)\d\d)-(?P<m2>\d{2})-(?P<d2>\d{2})\b"
)
_ONES, _TEENS = CARDINALS[:9], CARDINALS[9:]
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_TIMES = {"duizend": 1_000, "miljoen": 1_000_000, "mln": 1_000_000, "miljard": 1_000_000_000, "mld": 1_000_000_000}
_UNITS = {
    "procent": r"%|procent|percent",
    "euro": r"€|euros?|eur",
    "cent": r"cent",
    "minuut": r"min(?:uut|uten)",
    "uur": r"uur|uren",
    "dag": r"(?:werk)?dag(?:en)?",
    "week": r"we(?:ek|ken)",
    "maand": r"maand(?:en)?",
    "jaar": r"ja(?:ar|ren)",
    "dagdeel": r"dagde(?:el|len)",
}
_PARTS = {
    "artikel": r"artikel(?:en)?|art\.?",
    "lid": r"lid|leden",
    "punt": r"punt(?:en)?",
    "hoofdstuk": r"hoofdstuk(?:ken)?",
    "paragraaf": r"paragra(?:af|fen)|§",
    "bijlage": r"bijlagen?",
    "bladzijde": r"pagina(?:'?s)?|blz\.?|bladzijden?",
}
_AFTER = [(name, re.compile(rf"\s*(?:{pattern})(?![a-z])")) for name, pattern in (_UNITS | _PARTS).items()]
_BEFORE = [
    (name, re.compile(rf"(?<![a-z])(?:{pattern})\s*$"))
    for name, pattern in (_PARTS | {"euro": _UNITS["euro"], "rang": r"rang"}).items()
]
_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[a-z])\w+\b")
_ORDINAL_CODE = re.compile(r"(\d+)(?:e|ste|de)")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
_JOINS = re.compile(r"\s*(?:en|of|tot|tot en met|t/m|a|-|–|/|,)\s*")
_MULTIPLE = re.compile(rf"\s*({'|'.join(_TIMES)})\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts: a unit of money or time, a percentage, a part of a law, or nothing that is known."""

    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A date or a part of one; what is not said is 0."""

    year: int = 0
    month: int = 0
    day: int = 0

    def within(self, other: Day) -> bool:
        """Whether ``other`` says everything that this date says."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(not mine or mine == theirs for mine, theirs in pairs)


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures, dates and codes (letters and digits in one, "p8") of a text."""

    numbers: frozenset[Figure]
    days: frozenset[Day]
    codes: frozenset[str]

    def lacking_in(self, other: Figures) -> list[str]:
        """What stands here and not in ``other``; a number without a unit may have any there."""
        bare = {figure.value for figure in other.numbers}
        numbers = [f for f in self.numbers if f not in other.numbers and (f.unit or f.value not in bare)]
        days = [day for day in self.days if not any(day.within(known) for known in other.days)]
        return [str(item) for item in (*numbers, *days, *(self.codes - other.codes))]


def figures_of(text: str) -> Figures:
    """Reads the figures of ``text``, also those that are written in words (but for "een", which is rarely a number)."""
    one = re.sub(r"\b[éÉ][éÉ]n\b", " 1 ", unicodedata.normalize("NFC", text))
    line = _WORD_NUMBER.sub(lambda match: f" {_WORDS[match[0]]} ", fold(one))
    line = _ORDINAL_WORD.sub(lambda match: f" rang {1 + ORDINALS.index(match[0])} ", line)
    days: set[Day] = set()

    def take(match: re.Match[str]) -> str:
        days.add(_day(match))
        return " ; "

    line = _DATE.sub(take, line)
    codes = {match[0] for match in _CODE.finditer(line) if not _ORDINAL_CODE.fullmatch(match[0])}
    line = _CODE.sub(lambda match: _ordinal(match[0]), line)
    numbers = set()
    for figure in _numbers(line):
        if not figure.unit and _YEAR.fullmatch(figure.value):
            days.add(Day(int(figure.value)))
        else:
            numbers.add(figure)
    return Figures(frozenset(numbers), frozenset(days), frozenset(codes))


def _numbers(line: str) -> Iterator[Figure]:
    found = list(_NUMBER.finditer(line))
    values, units, ends = [], [], []
    for match in found:
        multiple = _MULTIPLE.match(line, match.end())
        ends.append(multiple.end() if multiple else match.end())
        values.append(_value(match[0], _TIMES[multiple[1]] if multiple else 1))
        units.append(_unit(line[: match.start()], line[ends[-1] :]))
    joined = [bool(_JOINS.fullmatch(line, ends[at], found[at + 1].start())) for at in range(len(found) - 1)]
    for at in reversed(range(len(joined))):  # "3 tot 5 weken"
        if joined[at] and not units[at] and units[at + 1] not in _PARTS:
            units[at] = units[at + 1]
    for at, is_joined in enumerate(joined):  # "artikel 3 en 4", "€ 5 tot 10"
        if is_joined and not units[at + 1]:
            units[at + 1] = units[at]
    return (Figure(value, unit) for value, unit in zip(values, units, strict=True))


def _unit(before: str, after: str) -> str:
    follows = next((name for name, pattern in _AFTER if pattern.match(after)), "")
    leads = next((name for name, pattern in _BEFORE if pattern.search(before)), "")
    return follows if follows and leads in ("", "rang") else leads


def _value(digits: str, times: int) -> str:
    """Dutch thousands and decimals as a plain number; what has several points and is no thousands is left: "3.1.1"."""
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", digits):
        digits = digits.replace(".", "")
    if re.fullmatch(r"\d+(,\d+)?", digits):
        return f"{(Decimal(digits.replace(',', '.')) * times).normalize():f}"
    return digits


def _day(match: re.Match[str]) -> Day:
    if match["month"]:
        return Day(int(match["year"] or 0), 1 + _MONTHS.index(match["month"]), int(match["day"] or 0))
    return Day(*(int(match[a] or match[b]) for a, b in (("y", "y2"), ("m", "m2"), ("d", "d2"))))


def _ordinal(code: str) -> str:
    ordinal = _ORDINAL_CODE.fullmatch(code)
    return f" rang {ordinal[1]}" if ordinal else " ; "


def _in_words() -> dict[str, str]:
    """The folded Dutch words for 2 to 99, the hundreds and a few fractions, with their value in digits."""
    named = {word: str(n) for n, word in enumerate((*_ONES, *_TEENS), start=1)}
    for ten, tens in enumerate(_TENS, start=2):
        named[tens] = str(10 * ten)
        named |= {f"{ones}en{tens}": str(10 * ten + one) for one, ones in enumerate(_ONES, start=1)}
    named |= {f"{ones}honderd": str(100 * one) for one, ones in enumerate(_ONES[1:], start=2)}
    named |= {"honderd": "100", "anderhalf": "1,5", "anderhalve": "1,5", "helft": "0,5", "half": "0,5", "halve": "0,5"}
    del named["een"]
    return named


_WORDS = _in_words()
_WORD_NUMBER = re.compile(rf"\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b")
_ORDINAL_WORD = re.compile(rf"\b(?:{'|'.join(ORDINALS)})\b")
