"""Scores every unit (sentence, list item, row) of the candidate passages against the question.

The features are few and named; their weights are fitted by ``regelwijzer eval calibrate`` on the development set.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answering.fitness import fitness
from assistant.answering.matching import Matches, Sentences, coverage
from assistant.indexing import ASKED_MOST, Generation, LexicalIndex
from assistant.language.tokens import grams, terms
from assistant.records import Hit, Passage, Unit
from assistant.retrieval.question import AnalysedQuestion

_K1, _B = 1.5, 0.75  # BM25 of a unit among units
_USUAL = 16.0  # terms in a unit: what BM25 calls the average length


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a unit, each 0.0..1.0.

    ``passage``: its passage's share of the best passage's score; ``words`` and ``grams``: BM25 of the unit with its
    example questions, as a share of the best unit's; ``said``: the share of the question that one sentence speaks to,
    the unit or one of its example questions; ``fit``: whether it holds what is asked for (an amount, a date, the year, …).
    """

    passage: float
    words: float
    grams: float
    said: float
    fit: float

    def values(self) -> list[float]:
        """The features in the order of their fields."""
        return [float(getattr(self, field.name)) for field in fields(self)]


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """A unit of a passage (by ``index``) with its features and score."""

    passage: Passage
    index: int
    features: Features
    score: float

    @property
    def unit(self) -> Unit:
        return self.passage.units[self.index]


Postings = Mapping[str, tuple[tuple[int, int], ...]]  # term -> (unit, how often)


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage as it is compared. Sentence 0 is the heading path; then every unit, each followed by its questions.

    ``owner`` names the unit of each sentence (-1 for the path), ``quoted`` whether it is text of the document.
    """

    sentences: Sentences
    owner: NDArray[np.int32]
    quoted: NDArray[np.bool_]
    words: Postings
    grams: Postings
    lengths: tuple[int, ...]  # of each unit's own text, in terms: questions must not count against it


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage as one question sees it: its view, and how far each sentence speaks to each key."""

    view: PassageView
    matches: Matches


class UnitScorer:
    """Scores units of one generation; keeps the views of passages that were seen lately."""

    def __init__(self, generation: Generation, weights: Sequence[float]) -> None:
        self._generation = generation
        self._weights = tuple(weights)
        self._view = lru_cache(maxsize=4_000)(self._make_view)

    def read(self, question: AnalysedQuestion, passage: Passage) -> Reading:
        """How ``question`` sees ``passage``."""
        view = self._view(passage)
        return Reading(view, view.sentences.matches(question.keys))

    def score(self, question: AnalysedQuestion, hits: Sequence[Hit], telling: Sequence[float]) -> list[ScoredUnit]:
        """All units of ``hits``, best first. ``telling`` weighs each of the question's keys."""
        if not hits:
            return []
        readings = [self.read(question, hit.passage) for hit in hits]
        words = _bm25(_weighed(question.words, self._generation.words), [(r.view.words, r.view.lengths) for r in readings])
        gram = _bm25(_weighed(question.grams, self._generation.grams), [(r.view.grams, r.view.lengths) for r in readings])
        best = max(hit.score for hit in hits) or 1.0
        scored = []
        for hit, reading, word_shares, gram_shares in zip(hits, readings, words, gram, strict=True):
            said = _best_by_unit(coverage(reading.matches, telling), reading.view)
            for index, unit in enumerate(hit.passage.units):
                features = Features(
                    passage=hit.score / best,
                    words=float(word_shares[index]),
                    grams=float(gram_shares[index]),
                    said=float(said[index]),
                    fit=fitness(question, unit.text),
                )
                total = sum(w * v for w, v in zip(self._weights, features.values(), strict=True))
                scored.append(ScoredUnit(hit.passage, index, features, total))
        return sorted(scored, key=lambda unit: -unit.score)

    def _make_view(self, passage: Passage) -> PassageView:
        questions = self._generation.questions.get(passage.id, ((),) * len(passage.units))
        texts, owner, quoted = [" ".join(passage.section)], [-1], [True]
        for index, (unit, asked) in enumerate(zip(passage.units, questions, strict=True)):
            texts += [unit.text, *asked]
            owner += [index] * (1 + len(asked))
            quoted += [True] + [False] * len(asked)
        return PassageView(
            sentences=Sentences(texts),
            owner=np.array(owner, dtype=np.int32),
            quoted=np.array(quoted),
            words=_postings(texts, owner, terms),
            grams=_postings(texts, owner, grams),
            lengths=tuple(len(terms(unit.text)) for unit in passage.units),
        )


def _postings(texts: Sequence[str], owner: Sequence[int], split: Callable[[str], list[str]]) -> Postings:
    """How often each term stands in each unit; the first text of a unit is its own, the others are its questions."""
    counts: dict[int, Counter[str]] = {}
    asked: dict[int, Counter[str]] = defaultdict(Counter)
    for text, unit in zip(texts, owner, strict=True):
        if unit in counts:
            asked[unit].update(split(text))
        elif unit >= 0:
            counts[unit] = Counter(split(text))
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for unit, own in counts.items():
        own.update({term: min(count, ASKED_MOST) for term, count in asked[unit].items()})
        for term, count in own.items():
            found[term].append((unit, count))
    return {term: tuple(places) for term, places in found.items()}


def _best_by_unit(values: NDArray[np.floating[Any]], view: PassageView) -> NDArray[np.float64]:
    """The highest value among the sentences of each unit."""
    best = np.zeros(len(view.lengths))
    own = view.owner >= 0
    np.maximum.at(best, view.owner[own], values[own])
    return best


def _weighed(query: Mapping[str, float], index: LexicalIndex) -> list[tuple[str, float]]:
    """The query's terms that the index knows, each with its weight times its idf."""
    idfs = index.idfs(list(query))
    return [(term, weight * idf) for (term, weight), idf in zip(query.items(), idfs, strict=True) if idf > 0]


def _bm25(query: Sequence[tuple[str, float]], passages: Sequence[tuple[Postings, Sequence[int]]]) -> list[list[float]]:
    """BM25 of every unit of every passage, as a share of the best unit's."""
    scores = []
    for postings, lengths in passages:
        norms = [_K1 * (1 - _B + _B * length / _USUAL) for length in lengths]
        own = [0.0] * len(lengths)
        for term, weight in query:
            for unit, count in postings.get(term, ()):
                own[unit] += weight * count / (count + norms[unit])
        scores.append(own)
    best = max((score for own in scores for score in own), default=0.0) or 1.0
    return [[score / best for score in own] for own in scores]
