"""Finds the glossary's concepts in a question, and the other words for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.corpus.glossary import Concept
from assistant.language.tokens import words
from assistant.retrieval.question import Form, Origin

# How well another word for the same thing stands for the word that was used (the literal word is 1.0).
STRENGTH = {Origin.VARIANT: 0.9, Origin.LAY: 0.7, Origin.ENGLISH: 0.8}


@dataclass(frozen=True, slots=True)
class Found:
    """A concept at words ``start``..``end`` of the question, and by which kind of name it was called."""

    start: int
    end: int
    concepts: tuple[Concept, ...]
    origin: Origin


class ConceptFinder:
    """Longest-match search for the names of concepts; built once from the glossary."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._names: dict[tuple[str, ...], list[tuple[Concept, Origin]]] = {}
        self._longest = 1
        self.vocabulary: set[str] = set()
        for concept in concepts:
            for origin, names in _names(concept):
                for name in names:
                    self._add(tuple(words(name)), concept, origin)

    def _add(self, name: tuple[str, ...], concept: Concept, origin: Origin) -> None:
        if not name:
            return
        entry = self._names.setdefault(name, [])
        if all(known is not concept for known, _ in entry):
            entry.append((concept, origin))
        self._longest = max(self._longest, len(name))
        if origin is not Origin.ENGLISH:
            self.vocabulary.update(name)

    def find(self, question: Sequence[str], english: bool) -> list[Found]:
        """All concepts in the folded words of a question, leftmost longest first, without overlap."""
        found: list[Found] = []
        at = 0
        while at < len(question):
            for length in range(min(self._longest, len(question) - at), 0, -1):
                named = self._named(tuple(question[at : at + length]), english)
                if named:
                    found.append(Found(at, at + length, tuple(c for c, _ in named), named[0][1]))
                    at += length
                    break
            else:
                at += 1
        return found

    def _named(self, name: tuple[str, ...], english: bool) -> list[tuple[Concept, Origin]]:
        named = self._names.get(name, [])
        if english:
            return sorted(named, key=lambda pair: pair[1] is not Origin.ENGLISH)
        return [pair for pair in named if pair[1] is not Origin.ENGLISH]


def forms_of(concept: Concept, used: Origin) -> list[Form]:
    """All names of ``concept`` as forms; names people use count less than the field's own."""
    forms = []
    base = 1.0 if used is Origin.VARIANT else STRENGTH[used]
    for origin, names in _names(concept):
        if origin is Origin.ENGLISH:
            continue
        strength = base * STRENGTH[origin]
        forms += [Form(tuple(words(name)), strength, origin) for name in names if words(name)]
    return forms


def _names(concept: Concept) -> tuple[tuple[Origin, tuple[str, ...]], ...]:
    return (
        (Origin.VARIANT, (concept.term, *concept.variants, *concept.abbreviations)),
        (Origin.LAY, concept.lay),
        (Origin.ENGLISH, concept.english),
    )
