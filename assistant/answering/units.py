"""Scores every unit (sentence, list item, row) of the candidate passages against the question.

The features are few and named; their weights are fitted by ``regelwijzer eval calibrate`` on the development set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answering.fitness import fitness, untimely
from assistant.answering.matching import Matches, Sentences, coverage
from assistant.answering.postings import Postings, bm25, postings, weighed
from assistant.indexing import Generation, cut_grams, cut_words
from assistant.language.tokens import terms
from assistant.records import Hit, Passage, Unit
from assistant.retrieval.question import AnalysedQuestion

_K1, _B = 1.5, 0.75  # BM25 of a unit among units
_UNLIKELY = -9.0  # natural logarithm of a likelihood that counts as none
_OTHER_YEARS = 5.0  # taken from the score of a unit about other years: it comes last, unless nothing else speaks
_USUAL = 16.0  # terms in a unit: what BM25 calls the average length


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a unit, each 0.0..1.0.

    ``passage``: its passage's share of the best passage's score; ``near``: the cosine of its passage's vector and the
    question's; ``words`` and ``grams``: BM25 of the unit with its
    example questions, as a share of the best unit's; ``said``: the share of the question that one sentence speaks to,
    the unit or one of its example questions; ``fit``: whether it holds what is asked for (an amount, a date, …);
    ``asked``: how likely it is, by the wording of example questions, to be the one that is asked about (1 for certain, 0
    for e to the -9 and less).
    """

    passage: float
    near: float
    words: float
    grams: float
    said: float
    fit: float
    asked: float

    def values(self) -> list[float]:
        """The features in the order of their fields."""
        return [float(getattr(self, field.name)) for field in fields(self)]


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
    units: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage as one question sees it: its view, and how far each sentence speaks to each key."""

    view: PassageView
    matches: Matches


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """A unit of a passage (by ``index``) with its features and score, and how the question sees the passage."""

    passage: Passage
    index: int
    features: Features
    score: float
    reading: Reading

    @property
    def unit(self) -> Unit:
        return self.passage.units[self.index]


class UnitScorer:
    """Scores units of one generation; keeps the views of passages that were seen lately."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._view = lru_cache(maxsize=4_000)(self._make_view)

    def _read(self, question: AnalysedQuestion, passage: Passage) -> Reading:
        view = self._view(passage)
        return Reading(view, view.sentences.matches(question.keys))

    def score(
        self, question: AnalysedQuestion, hits: Sequence[Hit], telling: Sequence[float], weights: Sequence[float]
    ) -> list[ScoredUnit]:
        """All units of ``hits``, best first. ``telling`` weighs each of the question's keys, ``weights`` the features."""
        if not hits:
            return []
        readings = [self._read(question, hit.passage) for hit in hits]
        words = bm25(weighed(question.words, self._generation.words), [(r.view.words, r.view.units) for r in readings])
        gram = bm25(weighed(question.grams, self._generation.grams), [(r.view.grams, r.view.units) for r in readings])
        best = max(hit.score for hit in hits) or 1.0
        likely = self._generation.asked.phrasing.likelihoods(question.dense)
        scored = []
        for hit, reading, word_shares, gram_shares in zip(hits, readings, words, gram, strict=True):
            said = _best_by_unit(coverage(reading.matches, telling), reading.view)
            for index, unit in enumerate(hit.passage.units):
                features = Features(
                    passage=hit.score / best,
                    near=hit.similarity,
                    words=float(word_shares[index]),
                    grams=float(gram_shares[index]),
                    said=float(said[index]),
                    fit=fitness(question, unit.text),
                    asked=max(0.0, 1 + likely.get((self._generation.row_of[hit.passage.id], index), _UNLIKELY) / -_UNLIKELY),
                )
                total = sum(w * v for w, v in zip(weights, features.values(), strict=True))
                total -= _OTHER_YEARS * untimely(question, unit.text)
                scored.append(ScoredUnit(hit.passage, index, features, total, reading))
        return sorted(scored, key=lambda unit: -unit.score)

    def _make_view(self, passage: Passage) -> PassageView:
        questions = self._generation.questions.get(passage.id, ((),) * len(passage.units))
        texts, owner, quoted = [" ".join(passage.section)], [-1], [True]
        for index, (unit, asked) in enumerate(zip(passage.units, questions, strict=True)):
            texts += [unit.text, *asked]
            owner += [index] * (1 + len(asked))
            quoted += [True] + [False] * len(asked)
        # The length of a unit is that of its own text: questions must not count against it.
        norms = np.array([_K1 * (1 - _B + _B * len(terms(unit.text)) / _USUAL) for unit in passage.units])
        owners, own, split = np.array(owner, dtype=np.int32), np.array(quoted), [terms(text) for text in texts]
        return PassageView(
            sentences=Sentences(texts),
            owner=owners,
            quoted=own,
            words=postings(cut_words(split), owners, own, norms),
            grams=postings(cut_grams(split), owners, own, norms),
            units=len(passage.units),
        )


def _best_by_unit(values: NDArray[np.floating[Any]], view: PassageView) -> NDArray[np.float64]:
    """The highest value among the sentences of each unit."""
    best = np.zeros(view.units)
    own = view.owner >= 0
    np.maximum.at(best, view.owner[own], values[own])
    return best
