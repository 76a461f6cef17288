"""Which concepts of the glossary a text names, and what people say for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.corpus.glossary import Concept
from assistant.language.tokens import words


@dataclass(frozen=True, slots=True)
class Topic:
    """A concept as a text names it. ``plain`` tells that it is named by its own term."""

    concept: Concept
    name: str
    plain: bool


class TopicFinder:
    """Finds the field's own names (terms, variants, abbreviations), the longest first; lay words are what it gives back."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._names: dict[tuple[str, ...], Concept] = {}
        for concept in concepts:
            for name in (concept.term, *concept.variants, *concept.abbreviations):
                self._names.setdefault(tuple(words(name)), concept)
        self._names.pop((), None)
        self._longest = max(map(len, self._names), default=0)

    def find(self, text: str) -> tuple[Topic, ...]:
        """The concepts that ``text`` names, each once, in the order of the text."""
        found: dict[str, Topic] = {}
        line = words(text)
        at = 0
        while at < len(line):
            length = next((n for n in range(self._longest, 0, -1) if tuple(line[at : at + n]) in self._names), 0)
            if length:
                name = tuple(line[at : at + length])
                concept = self._names[name]
                plain = name == tuple(words(concept.term))
                found.setdefault(concept.term, Topic(concept, " ".join(name), plain))
            at += max(length, 1)
        return tuple(found.values())
