"""A rule is shown with its exception where that stands in another member or article of the same document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from assistant.answering.selection import gather, span_of, widen
from assistant.indexing import Generation
from assistant.language.places import PlaceName, place_of_heading, places_in
from assistant.language.tokens import fold
from assistant.records import Evidence, Passage

_MOST = 2  # exceptions that one answer may add
_BESIDE = ("lid", "punt", "onderdeel")
_REACH = 90  # characters from such words within which the rule is named
_EXCEPTS = re.compile(
    r"\b(in afwijking van|uitzondering op|met uitzondering van|afgeweken van|"
    r"(?:is|zijn|blijf\w*) niet van toepassing|(?:geldt|gelden) niet)\b"
)


class Exceptions:
    """Finds what makes an exception to a passage of one generation."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation

    def added(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """``evidence`` with the exceptions to its rules behind it."""
        found = list(evidence)
        for piece in evidence:
            names = _names(piece.passage)
            for about, row, at in self._by_document[piece.passage.document]:
                passage = self._generation.passages[row]
                if about <= names and passage.id != piece.passage.id and len(found) < len(evidence) + _MOST:
                    found = gather(found, span_of(passage, *widen(passage, at, at), score=piece.score), len(found) + 1)
        return found

    @cached_property
    def _by_document(self) -> dict[str, list[tuple[frozenset[PlaceName], int, int]]]:
        """By document: the names of the rule, the row of the passage with the exception, and the unit that makes it."""
        found = defaultdict(list)
        for row, passage in enumerate(self._generation.passages):
            for at, unit in enumerate(passage.units):
                article = {name for name in _names(passage) if name[0] == "artikel"}
                for rule in _excepted(unit.text):
                    found[passage.document].append((frozenset({rule, *article}), row, at))
        return found


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
