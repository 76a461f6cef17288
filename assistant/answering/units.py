"""Scores every unit (sentence, list item, row) of the candidate passages against the question.

The features are few and named; their weights are fitted by ``regelwijzer eval calibrate`` on the development set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answering.companions import companions_of
from assistant.answering.fitness import fitness, untimely
from assistant.answering.matching import Matches, Sentences, coverage
from assistant.answering.postings import Postings, bm25, postings, weighed
from assistant.embedding.base import Embedder, Vectors
from assistant.indexing import Generation, Place, cut_grams, cut_words
from assistant.language.tokens import terms
from assistant.records import Hit, Passage, Unit
from assistant.retrieval.question import AnalysedQuestion

_K1, _B = 1.5, 0.75  # BM25 of a unit among units
_UNLIKELY = -9.0  # natural logarithm of a likelihood that counts as none
_OTHER_YEARS = 5.0  # taken from the score of a unit about other years: it comes last, unless nothing else speaks
_USUAL = 16.0  # terms in a unit: what BM25 calls the average length
_UNDER = 0.8  # how well a heading speaks for the units under it


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a unit, each 0.0..1.0.

    ``passage``: its passage's share of the best passage's score; ``near``: the cosine of its passage's vector and the
    question's; ``words`` and ``grams``: BM25 of the unit with its
    example questions, as a share of the best unit's; ``said``: the share of the question that one sentence speaks to,
    the unit or one of its example questions; ``fit``: whether it holds what is asked for (an amount, a date, …);
    ``asked``: how likely it is, by the wording of example questions, to be the one that is asked about (1 for certain, 0
    for e to the -9 and less); ``beside``: how far it belongs in an answer with the unit that speaks best without this.
    Where there are no example questions, ``line``: the cosine of its own vector and the question's; ``under``: the share of
    the question that it speaks to together with its headings; else 0.
    """

    passage: float
    near: float
    words: float
    grams: float
    said: float
    fit: float
    asked: float
    beside: float = 0.0
    line: float = 0.0
    under: float = 0.0

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

    def __init__(self, generation: Generation, embedder: Embedder) -> None:
        self._generation = generation
        self._companions = companions_of(generation.questions, generation.row_of)
        self._embedder = embedder
        self._view = lru_cache(maxsize=4_000)(self._make_view)
        self._vectors = lru_cache(maxsize=4_000)(self._embed_units)

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
        alone = self._alone(question, [hit.passage for hit in hits], readings, telling)
        scored = []
        for hit, reading, word_shares, gram_shares, (line, under) in zip(hits, readings, words, gram, alone, strict=True):
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
                    line=float(line[index]),
                    under=float(under[index]),
                )
                total = weigh(features, weights) - _OTHER_YEARS * untimely(question, unit.text)
                scored.append(ScoredUnit(hit.passage, index, features, total, reading))
        return sorted(self._with_companions(scored, weights), key=lambda unit: -unit.score)

    def _with_companions(self, scored: Sequence[ScoredUnit], weights: Sequence[float]) -> Iterator[ScoredUnit]:
        """The units with what they gain by belonging with the best of them."""
        best = max(scored, key=lambda unit: unit.score)
        companions = self._companions.get(place_of(self._generation, best), {})
        for unit in scored:
            if beside := companions.get(place_of(self._generation, unit), 0.0):
                features = replace(unit.features, beside=beside)
                gained = weigh(features, weights) - weigh(unit.features, weights)
                unit = replace(unit, features=features, score=unit.score + gained)
            yield unit

    def _alone(
        self, question: AnalysedQuestion, passages: Sequence[Passage], readings: Sequence[Reading], telling: Sequence[float]
    ) -> list[tuple[Vectors, Vectors]]:
        """``line`` and ``under`` of the units of each passage; zeros where the keeper's questions say more."""
        if self._generation.families[passages[0].document].asked:
            nothing = [np.zeros(reading.view.units, dtype=np.float32) for reading in readings]
            return list(zip(nothing, nothing, strict=True))
        asked = self._embedder.embed_queries([question.dense])[0]
        return [
            (self._vectors(passage) @ asked, coverage(np.maximum(own.matches[1:], own.matches[:1] * _UNDER), telling))
            for passage, own in zip(passages, readings, strict=True)
        ]

    def _embed_units(self, passage: Passage) -> Vectors:
        return self._embedder.embed_passages([unit.text for unit in passage.units])

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


def place_of(generation: Generation, unit: ScoredUnit) -> Place:
    """Row of its passage, and index."""
    return generation.row_of[unit.passage.id], unit.index


def weigh(features: Features, weights: Sequence[float]) -> float:
    """The score of a unit with these features."""
    return sum(weight * value for weight, value in zip(weights, features.values(), strict=True))


def _best_by_unit(values: NDArray[np.floating[Any]], view: PassageView) -> NDArray[np.float64]:
    """The highest value among the sentences of each unit."""
    best = np.zeros(view.units)
    own = view.owner >= 0
    np.maximum.at(best, view.owner[own], values[own])
    return best
