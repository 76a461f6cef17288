"""Parts of a document by name and number, in a question as in a heading: "punt 9", "het derde lid", "art. 2.1"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.numbers import CARDINALS, ORDINALS
from assistant.language.tokens import fold

PlaceName = tuple[str, str]
"""What it is and its number: ("artikel", "2.1")."""

_NOUNS = {
    "punt": r"punt(?:en)?|points?",
    "artikel": r"artikel(?:en)?|articles?|art\.?",
    "lid": r"lid|leden",
    "onderdeel": r"onderde(?:el|len)|(?:onder|sub)(?=\s+[a-z](?![a-z]))",
    "hoofdstuk": r"hoofdstuk(?:ken)?|chapter|titel|afdeling",
    "paragraaf": r"paragra(?:af|fen|phs?)|§|sectie|section",
    "bijlage": r"bijlagen?|annex",
    "voetnoot": r"voetno(?:ot|ten)|noot|footnote",
}
_NUMBER = r"(?:\d+[a-z]{0,3}(?:[.:]\d+[a-z]{0,3})*|[ivxlc]+(?![a-z])|[a-z](?![a-z'’]))"
_JOIN = r"\s*(?:,|/|en|of|and|or|&|\+)\s*"
_APART = r"(?:\s+|(?<=[.§])|(?=\d))"  # only digits may touch their noun
_NAMED = tuple(
    (
        noun,
        re.compile(rf"(?<![a-z])(?:{words}){_APART}(?P<numbers>{_NUMBER}(?:{_JOIN}{_NUMBER}(?!\s*(?:{words})))*)(?![\w%])"),
    )
    for noun, words in _NOUNS.items()
)
_WORDS = {word: str(n) for names in (CARDINALS, ORDINALS) for n, word in enumerate(names, 1) if word != "een"}
_SPELT = re.compile(rf"\b(?P<noun>punt|artikel|lid|hoofdstuk|bijlage)\s+(?P<number>{'|'.join(_WORDS)})\b")
_ORDINAL = rf"(?:\d+(?:e|de|ste)\b|(?:{'|'.join(ORDINALS)})\b)"
_COUNTED = re.compile(
    rf"\b(?P<number>{_ORDINAL}(?:{_JOIN}(?:het |de )?{_ORDINAL})*)\s+(?P<noun>{'|'.join(_NOUNS.values())})(?![a-z])"
)
_NOT_COUNTING = re.compile(r"(?<=\d)(?:ste|de|e)\b|\b(?:het|de) ")
_HEADED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})*)\.?\s+\D")


def places_in(text: str) -> list[tuple[PlaceName, int, int]]:
    """The places that ``text`` names, each with where its name begins and ends in the folded text."""
    line = fold(text)
    for pattern in (_SPELT, _COUNTED):
        line = pattern.sub(_in_digits, line)
    return sorted(_named(line), key=lambda found: found[1])


def _in_digits(match: re.Match[str]) -> str:
    """ "eerste en derde lid" as "lid 1 en 3", with blanks between, so that it ends where it ended."""
    numbers = re.sub(r"[a-z]+", lambda word: _WORDS.get(word[0], word[0]), _NOT_COUNTING.sub("", match["number"]))
    return match["noun"] + numbers.rjust(len(match[0]) - len(match["noun"]))


def _named(line: str) -> Iterator[tuple[PlaceName, int, int]]:
    for noun, pattern in _NAMED:
        for match in pattern.finditer(line):
            for number in re.split(_JOIN, match["numbers"]):
                yield (noun, number), match.start(), match.end()


def place_of_heading(heading: str) -> list[PlaceName]:
    """The names by which an element of a heading path is called; a decimal number alone names a paragraph or a chapter."""
    line = fold(heading)
    for noun, pattern in _NAMED:
        match = pattern.match(line)
        if match:
            return [(noun, re.split(_JOIN, match["numbers"])[0])]
    headed = _HEADED.match(line)
    return [(noun, headed["number"]) for noun in ("paragraaf", "hoofdstuk", "punt")] if headed else []
