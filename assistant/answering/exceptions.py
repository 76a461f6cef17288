"""A rule is shown with its exception where that stands in another member or article of the same document."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.answering.selection import gather, span_of, widen
from assistant.indexing import Generation
from assistant.language.places import PlaceName, place_of_heading, places_in
from assistant.language.tokens import fold
from assistant.records import Evidence, Passage

_KEPT = 32  # documents whose exceptions are remembered
_MOST = 2  # exceptions that one answer may add
_BESIDE = ("lid", "punt", "onderdeel")
_REACH = 90  # characters from such words within which the rule is named
_EXCEPTS = re.compile(
    r"\b(in afwijking van|uitzondering op|met uitzondering van|afgeweken van|"
    r"(?:is|zijn|blijf\w*) niet van toepassing|(?:geldt|gelden) niet)\b"
)


@dataclass(frozen=True, slots=True)
class _Exception:
    """The names of a rule, and the row and unit of what makes an exception to it."""

    rule: frozenset[PlaceName]
    row: int
    unit: int


class Exceptions:
    """Finds what makes an exception to a passage of one generation."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._in = lru_cache(maxsize=_KEPT)(self._read)

    def added(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """``evidence`` with the exceptions to its rules behind it, and before an exception the rule that it is made to."""
        found: list[Evidence] = []
        for piece in evidence:
            row, names = self._generation.row_of[piece.passage.id], _names(piece.passage)
            known = self._in(piece.passage.document)
            rules = {each.rule for each in known if each.row == row and _holds(piece, each.unit)}
            before = [self._quote(at, 0, piece) for at in self._named(rules, piece) if at != row]
            behind = [self._quote(each.row, each.unit, piece) for each in known if each.rule <= names]
            for quote in (*before, piece, *behind):
                found = gather(found, quote, len(evidence) + _MOST)
        return found

    def _named(self, rules: Set[frozenset[PlaceName]], piece: Evidence) -> list[int]:
        """The rows of the passages of the same document that go by one of these names."""
        rows = self._rows(piece.passage.document) if rules else []
        return [row for row in rows if any(rule <= _names(self._generation.passages[row]) for rule in rules)]

    def _quote(self, row: int, at: int, beside: Evidence) -> Evidence:
        passage = self._generation.passages[row]
        return span_of(passage, *widen(passage, at, at), score=beside.score)

    def _rows(self, document: str) -> list[int]:
        keys = [at for at, (name, _) in enumerate(self._generation.document_keys) if name == document]
        return [int(row) for row in np.flatnonzero(np.isin(self._generation.document_rows, keys))]

    def _read(self, document: str) -> list[_Exception]:
        """The exceptions within one document."""
        found = []
        for row in self._rows(document):
            passage = self._generation.passages[row]
            article = {name for name in _names(passage) if name[0] == "artikel"}
            for at, unit in enumerate(passage.units):
                found += [_Exception(frozenset({rule, *article}), row, at) for rule in _excepted(unit.text)]
        return found


def _holds(piece: Evidence, at: int) -> bool:
    unit = piece.passage.units[at]
    return unit.start < piece.end and piece.start < unit.end


def _excepted(text: str) -> set[PlaceName]:
    """The rules beside it that ``text`` makes an exception to. What names an article may mean one of another law."""
    line, named = fold(text), places_in(text)
    about: set[PlaceName] = set()
    for match in _EXCEPTS.finditer(line):
        near = {name for name, start, end in named if match.start() - _REACH <= start and end <= match.end() + _REACH}
        about |= near if all(noun in _BESIDE for noun, _ in near) else set()
    return about


def _names(passage: Passage) -> frozenset[PlaceName]:
    return frozenset(name for heading in passage.section for name in place_of_heading(heading))
