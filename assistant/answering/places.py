"""The parts of the loaded documents that a question names, by the headings and markers of the documents themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from functools import cached_property

from assistant.indexing import Generation, Place
from assistant.language.places import PlaceName, place_of_heading
from assistant.language.tokens import terms
from assistant.records import Hit, Passage, SectionKind, Unit, UnitRole
from assistant.retrieval.question import AnalysedQuestion

_MANY = 12  # passages under one name from which it is a chapter, which nobody reads in an answer
_MARKER = re.compile(r"(?P<number>\d+[a-z]?(?:\.\d+)*|[a-z])[.)°]+\s")


class NamedPlaces:
    """Finds the parts of one generation by their names."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation

    def units_of(self, question: AnalysedQuestion) -> frozenset[Place]:
        """The units of the places that ``question`` names: of a member of an article those in both."""
        if not question.places:
            return frozenset()
        nouns: dict[str, set[Place]] = defaultdict(set)
        for name in question.places:
            nouns[name[0]] |= self._index.get(name, set())
        units = set.intersection(*nouns.values())
        owners = {row: self._generation.passages[row].document for row, _ in units}
        meant = set(question.mentions).intersection(owners.values()) or self._most_like(question, set(owners.values()))
        units = {place for place in units if owners[place[0]] in meant}
        return frozenset(units) if len({row for row, _ in units}) <= _MANY else frozenset()

    def _most_like(self, question: AnalysedQuestion, documents: Set[str]) -> set[str]:
        """The documents whose title shares most with the question: "punt 3 van de brief"."""
        asked = set(terms(question.interpreted))
        shared = {s.id: len(asked.intersection(terms(s.title))) for s in self._generation.sources if s.id in documents}
        return {name for name, count in shared.items() if count == max(shared.values())}

    def hits_of(self, question: AnalysedQuestion) -> list[Hit]:
        """The passages of these units, in reading order, as if a search had found them."""
        rows = sorted({row for row, _ in self.units_of(question)})
        return [Hit(self._generation.passages[row], 0.0, {}, 0.0) for row in rows]

    @cached_property
    def _index(self) -> dict[PlaceName, set[Place]]:
        index: dict[PlaceName, set[Place]] = defaultdict(set)
        for row, passage in enumerate(self._generation.passages):
            headed = [name for heading in passage.section for name in place_of_heading(heading)]
            for at, unit in enumerate(passage.units):
                for name in (*headed, *_names_of(unit, passage)):
                    index[name].add((row, at))
        return index


def _names_of(unit: Unit, passage: Passage) -> Iterator[PlaceName]:
    """How a list item is called by its marker: "2." in a letter is point 2, in an article its second member."""
    marker = _MARKER.match(unit.text) if unit.role is UnitRole.ITEM else None
    if marker is None:
        return
    yield "onderdeel", marker["number"]
    if marker["number"][0].isdigit() and passage.kind is not SectionKind.MEMBER:
        yield ("lid" if passage.kind is SectionKind.ARTICLE else "punt"), marker["number"]
