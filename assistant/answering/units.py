"""Scores every unit (sentence, list item, row) of the candidate passages against the question.

The features are few and named; their weights are fitted by ``regelwijzer eval calibrate`` on the development set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from assistant.answering.fitness import fitness
from assistant.answering.matching import EMPTY, View, coverage, match, union
from assistant.language.tokens import grams
from assistant.records import Hit, Passage, Unit
from assistant.retrieval.question import AnalysedQuestion, Key

Questions = Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a unit, each 0.0..1.0.

    ``own``: share of the question that the unit itself speaks to; ``full``: the same with its heading path and example
    questions; ``asked``: likeness to the most similar example question; ``passage``: the passage's share of the best
    passage's score; ``around``: share that the whole passage speaks to; ``fit``: whether it holds what is asked for (an
    amount, a date, …); ``dense``: the passage's likeness in vectors.
    """

    own: float
    full: float
    asked: float
    passage: float
    around: float
    fit: float
    dense: float

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


@dataclass(frozen=True, slots=True)
class _PassageViews:
    path: View
    units: tuple[View, ...]
    asked: tuple[View, ...]
    asked_grams: tuple[tuple[frozenset[str], ...], ...]


class UnitScorer:
    """Scores units; keeps the views of passages that were seen lately."""

    def __init__(self, questions: Questions, weights: Sequence[float]) -> None:
        self._questions = questions
        self._weights = tuple(weights)
        self._views = lru_cache(maxsize=4_000)(self._make_views)

    def score(self, question: AnalysedQuestion, hits: Sequence[Hit], informative: Sequence[float]) -> list[ScoredUnit]:
        """All units of ``hits``, best first. ``informative`` weighs each of the question's keys."""
        if not hits:
            return []
        grams_asked = frozenset(grams(question.dense))
        best = max(hit.score for hit in hits)
        scored = []
        for hit in hits:
            views = self._views(hit.passage)
            around = union((views.path, *views.units, *views.asked))
            shared = {
                "passage": hit.score / best if best else 0.0,
                "around": coverage(question.keys, around, informative),
                "dense": hit.signals.get("vectors", 0.0),
            }
            for index, view in enumerate(views.units):
                asked = views.asked[index]
                features = Features(
                    own=coverage(question.keys, view, informative),
                    full=coverage(question.keys, union((view, views.path, asked)), informative),
                    asked=max((_dice(grams_asked, held) for held in views.asked_grams[index]), default=0.0),
                    fit=fitness(question.asks, hit.passage.units[index].text),
                    **shared,
                )
                total = sum(w * v for w, v in zip(self._weights, features.values(), strict=True))
                scored.append(ScoredUnit(hit.passage, index, features, total))
        return sorted(scored, key=lambda unit: -unit.score)

    def covered(self, keys: Sequence[Key], chosen: Sequence[ScoredUnit]) -> list[float]:
        """For each key how far the chosen units speak to it, with their heading paths and example questions."""
        view = EMPTY
        for unit in chosen:
            views = self._views(unit.passage)
            view = union((view, views.units[unit.index], views.asked[unit.index], views.path))
        return [match(key, view) for key in keys]

    def _make_views(self, passage: Passage) -> _PassageViews:
        questions = self._questions.get(passage.id, ((),) * len(passage.units))
        return _PassageViews(
            path=View.of(" ".join(passage.section)),
            units=tuple(View.of(unit.text) for unit in passage.units),
            asked=tuple(View.of(" ".join(asked)) for asked in questions),
            asked_grams=tuple(tuple(frozenset(grams(text)) for text in asked) for asked in questions),
        )


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0
