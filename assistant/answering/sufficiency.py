"""Is the evidence enough? One calibrated decision on the question's own parts.

A logistic model over a few named signs; its parameters are fitted on the development set by ``regelwijzer eval
calibrate`` and stand, with where they come from, in ``calibration.json``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

from assistant.answering.fitness import fitness
from assistant.answering.units import ScoredUnit
from assistant.records import Evidence
from assistant.retrieval.question import AnalysedQuestion, Ask, Key

# What only a text with the very thing in it can answer: no wording makes up for a missing amount or address.
_HARD_ASKS = frozenset({Ask.MONEY, Ask.COUNT, Ask.DURATION, Ask.CONTACT})


@dataclass(frozen=True, slots=True)
class Signs:
    """What the decision rests on; shares are 0.0..1.0.

    ``covered``: information of the question that the evidence speaks to; ``gap``: the most informative part it does not;
    ``own``, ``full``, ``asked``, ``around``, ``fit``: those of the best unit; ``lacks``: an amount, number, term or
    address is asked for and not there; ``brief``: few parts to judge by; ``unknown``: information of words that no document knows.
    """

    covered: float
    gap: float
    own: float
    full: float
    asked: float
    around: float
    fit: float
    lacks: float
    brief: float
    unknown: float

    def values(self) -> list[float]:
        """The signs in the order of their fields."""
        return [getattr(self, field.name) for field in fields(self)]


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """The fitted parameters: one weight a sign, a bias, and the confidence from which evidence is enough."""

    weights: tuple[float, ...]
    bias: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """The decision with its ground: which keys the evidence leaves open, and which hard ask it cannot meet."""

    confidence: float
    enough: bool
    signs: Signs
    open_keys: tuple[Key, ...] = ()
    lacking: tuple[Ask, ...] = ()


def read_signs(
    question: AnalysedQuestion, chosen: Sequence[tuple[Evidence, ScoredUnit]], covered: Sequence[float], unknown: float
) -> Signs:
    """The signs for chosen evidence; ``covered`` says for each key how far the evidence speaks to it."""
    weights = [key.weight for key in question.keys]
    total = sum(weights) or 1.0
    best = chosen[0][1].features
    return Signs(
        covered=sum(w * c for w, c in zip(weights, covered, strict=True)) / total,
        gap=max((w * (1 - c) for w, c in zip(weights, covered, strict=True)), default=0.0),
        own=best.own,
        full=best.full,
        asked=best.asked,
        around=best.around,
        fit=best.fit,
        lacks=1.0 if lacking(question, chosen) else 0.0,
        brief=1.0 / (1 + len(question.keys)),
        unknown=unknown,
    )


def lacking(question: AnalysedQuestion, chosen: Sequence[tuple[Evidence, ScoredUnit]]) -> tuple[Ask, ...]:
    """The hard asks (amount, number, term, address) that none of the chosen evidence holds."""
    hard = [ask for ask in sorted(question.asks) if ask in _HARD_ASKS]
    return tuple(ask for ask in hard if not any(fitness(frozenset({ask}), evidence.text) for evidence, _ in chosen))


def judge(question: AnalysedQuestion, signs: Signs, covered: Sequence[float], rules: Sufficiency) -> Judgement:
    """Whether the evidence is enough, with a calibrated confidence."""
    score = rules.bias + sum(w * v for w, v in zip(rules.weights, signs.values(), strict=True))
    confidence = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    left = tuple(
        key
        for key, share in zip(question.keys, covered, strict=True)
        if share < 0.35 and key.weight > 0.4 and not key.inherited
    )
    return Judgement(confidence, confidence >= rules.threshold, signs, left)
