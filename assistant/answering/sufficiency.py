"""Is the evidence enough? One calibrated decision on the question's own parts.

A logistic model over a few named signs; its parameters are fitted on the development set by ``regelwijzer eval
calibrate`` and stand, with where they come from, in ``calibration.json``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from assistant.answering.fitness import fitness
from assistant.answering.matching import Matches, coverage, together
from assistant.answering.units import Reading, ScoredUnit
from assistant.records import Evidence
from assistant.retrieval.question import AnalysedQuestion, Ask, Key

# What only a text with the very thing in it can answer: no wording makes up for a missing amount or address.
_HARD_ASKS = frozenset({Ask.MONEY, Ask.COUNT, Ask.DURATION, Ask.CONTACT})
_OPEN = 0.35  # a part of the question that the evidence speaks to by less is left open
_WEIGHTY = 0.3


@dataclass(frozen=True, slots=True)
class Signs:
    """What the decision rests on.

    ``text`` and ``full``: the share of the question that the quotes speak to, without and with example questions;
    ``gap``: the most telling part that they do not; ``said``: the share that one sentence speaks to, and ``said_gap``
    what that sentence leaves open; ``asked``: likeness to an example question; ``lacks``: an amount, number, term or
    address is asked for and not there; ``unknown``: share in words that no document knows; ``length``: parts of the
    question, as ln(1 + n); ``word_gap``, ``concept_gap``: the most telling plain word and field concept that the quotes
    themselves do not hold; ``name_gap``: a proper name that nothing speaks to.
    """

    text: float
    full: float
    gap: float
    said: float
    said_gap: float
    asked: float
    lacks: float
    unknown: float
    length: float
    word_gap: float
    concept_gap: float
    name_gap: float

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
    """The decision with its ground: the parts of the question that the evidence leaves open, and what it lacks."""

    confidence: float
    enough: bool
    signs: Signs
    open_keys: tuple[Key, ...] = ()
    lacking: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of evidence with the unit that it was chosen for and how the question sees its passage."""

    evidence: Evidence
    unit: ScoredUnit
    reading: Reading

    def sentences(self) -> tuple[Matches, Matches]:
        """The matches of the heading path and what is quoted, and those of the quoted units' example questions."""
        units = self.unit.passage.units
        places = [n for n, u in enumerate(units) if u.start < self.evidence.end and self.evidence.start < u.end]
        view = self.reading.view
        own = np.isin(view.owner, places)
        return self.reading.matches[(own | (view.owner < 0)) & view.quoted], self.reading.matches[own & ~view.quoted]


def judge(
    question: AnalysedQuestion, chosen: Sequence[Candidate], telling: Sequence[float], unknown: float, rules: Sufficiency
) -> Judgement:
    """Whether ``chosen`` answers ``question``; ``telling`` weighs each key, ``unknown`` is the share no document knows."""
    keys = question.keys
    parts = [candidate.sentences() for candidate in chosen]
    quoted = np.concatenate([text for text, _ in parts])
    everything = np.concatenate([quoted, *(asked for _, asked in parts)])
    in_text, in_full = together(quoted)[0], together(everything)[0]
    shares = coverage(everything, telling)
    said = int(shares.argmax())
    lacks = lacking(question, chosen)
    own = [0.0 if key.inherited else weight for key, weight in zip(keys, telling, strict=True)]
    signs = Signs(
        text=float(coverage(in_text[None], telling)[0]),
        full=float(coverage(in_full[None], telling)[0]),
        gap=_gap(in_full, telling),
        said=float(shares[said]),
        said_gap=_gap(everything[said], telling),
        asked=chosen[0].unit.features.asked,
        lacks=1.0 if lacks else 0.0,
        unknown=unknown,
        length=math.log1p(len(keys)),
        word_gap=_gap(in_text, [0.0 if key.concept else weight for key, weight in zip(keys, own, strict=True)]),
        concept_gap=_gap(in_text, [weight if key.concept else 0.0 for key, weight in zip(keys, own, strict=True)]),
        name_gap=1.0 if any(key.name and share < _OPEN for key, share in zip(keys, in_full, strict=True)) else 0.0,
    )
    score = rules.bias + sum(w * v for w, v in zip(rules.weights, signs.values(), strict=True))
    confidence = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    left = tuple(key for key, share, weight in zip(keys, in_full, own, strict=True) if share < _OPEN and weight > _WEIGHTY)
    return Judgement(confidence, confidence >= rules.threshold, signs, left, lacks)


def lacking(question: AnalysedQuestion, chosen: Sequence[Candidate]) -> tuple[Ask, ...]:
    """The hard asks (amount, number, term, address) that none of the chosen evidence holds."""
    hard = [ask for ask in sorted(question.asks) if ask in _HARD_ASKS]
    return tuple(ask for ask in hard if not any(fitness(frozenset({ask}), c.evidence.text) for c in chosen))


def _gap(shares: Sequence[float] | NDArray[np.float32], weights: Sequence[float]) -> float:
    """The weight of the most telling part that is not spoken to."""
    return max((weight * (1 - float(share)) for share, weight in zip(shares, weights, strict=True)), default=0.0)
