"""Is the evidence enough? One calibrated decision on the question's own parts.

A logistic model over a few named signs; its parameters are fitted on the development set by ``regelwijzer eval
calibrate`` and stand, with where they come from, in ``calibration.json``. There are two sets of them: for documents whose
questions the keeper has collected, answered and unanswered, and for documents that speak for themselves alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from assistant.answering.asked import Asked
from assistant.answering.fitness import fitness, gives
from assistant.answering.matching import Matches, coverage, together
from assistant.answering.restating import restating
from assistant.answering.units import Reading, ScoredUnit
from assistant.records import Evidence
from assistant.retrieval.question import AnalysedQuestion, Ask, Key

# What only a text with the very thing in it can answer: no wording makes up for a missing amount or address.
_HARD_ASKS = frozenset({Ask.MONEY, Ask.COUNT, Ask.FREQUENCY, Ask.DURATION, Ask.CONTACT})
_OPEN = 0.35  # a part of the question that the evidence speaks to by less is left open
_WEIGHTY = 0.3
_MOSTLY = 0.65  # a question of which the documents know less than the rest of this is not about them
_SERVED = 0.3  # share of what a follow-up itself says that the evidence must speak to: it repeats no earlier answer
_BY_CHANCE = 0.6  # what it counts that an example question has a word that no document knows
BEST = 2  # pieces of evidence that the decision looks at; further ones only add to what is shown


@dataclass(frozen=True, slots=True)
class Signs:
    """What the decision rests on; shares are of the question's information.

    ``said``: the share that one sentence speaks to, a quoted one or an example question of it; ``near``: the share that
    any text of the nearest passages speaks to; ``unknown``: the share in words that no document knows;
    ``concept_gap``: the most telling field concept that no text of the nearest passages holds; ``name_gap``: whether a
    proper name is nowhere; ``foreign``: the most telling part that another document has in its title, and that the
    documents of the best evidence never say; ``short_gap`` and ``long_gap``: the share that is not said, over the length of
    the question in parts and times its length in words (both as ln(1 + n)): what is left open of a short question weighs,
    of a long story much always is; ``left``: the information of the parts that the evidence leaves open;
    ``lacks``: whether the best evidence misses an amount, number, term or address that is asked for; ``similar``: the
    cosine of the vectors of the question and the passage of the best evidence; ``copied``, ``restated`` and ``beyond`` as in
    ``Restated``, of the best evidence; ``quoted``: the share that this evidence alone speaks to; ``unfit``: the share of
    what is asked for that it cannot give; ``ahead`` as in ``Ground``; ``parts``: the number of parts of the question, as
    ln(1 + n); ``open_ask``: whether it asks for no special kind of thing, like a few key words.
    The others are 0 where the keeper's questions do not count: ``unanswered``, ``nearer``, ``phrased`` and ``heard`` as in
    ``Asked``; ``more_said``: by how much more of the question the evidence speaks to than an unanswered question does;
    ``unmet``: the share of what is asked for that no example question of the evidence asks for.
    """

    said: float
    near: float
    unknown: float
    concept_gap: float
    name_gap: float
    foreign: float
    short_gap: float
    long_gap: float
    left: float
    lacks: float
    similar: float
    copied: float
    restated: float
    beyond: float
    quoted: float
    unfit: float
    ahead: float
    parts: float
    open_ask: float
    unanswered: float
    nearer: float
    more_said: float
    unmet: float
    phrased: float
    heard: float

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
    """A piece of evidence with the unit that it was chosen for."""

    evidence: Evidence
    unit: ScoredUnit

    def sentences(self) -> tuple[Matches, Matches]:
        """The matches of the heading path and what is quoted, and those of the quoted units' example questions."""
        units = self.unit.passage.units
        places = [n for n, u in enumerate(units) if u.start < self.evidence.end and self.evidence.start < u.end]
        matches, view = self.unit.reading.matches, self.unit.reading.view
        own = np.isin(view.owner, places)
        return matches[(own | (view.owner < 0)) & view.quoted], matches[own & ~view.quoted]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a judgement is made on: the chosen evidence, the nearest passages, how much the question's parts tell, and how it
    stands to the keeper's questions, where these count.

    ``ahead``: how far the passage of the best evidence is ahead of the others that were found, as in ``lead_of``.
    """

    chosen: Sequence[Candidate]
    near: Sequence[Reading]
    ahead: float
    telling: Sequence[float]  # of each key
    known: Sequence[bool]  # of each key, whether any document knows it
    foreign: Sequence[bool]  # of each key, whether another document is about it, and those of the best evidence never say it
    asked: Asked | None = None


def judge(question: AnalysedQuestion, ground: Ground, rules: Sufficiency) -> Judgement:
    """Whether the chosen evidence answers ``question``, by its best pieces."""
    keys, telling, asked = question.keys, ground.telling, ground.asked
    best = ground.chosen[:BEST]
    parts = [candidate.sentences() for candidate in best]
    quoted = np.concatenate([text for text, _ in parts])
    by_chance = np.where(ground.known, 1.0, _BY_CHANCE).astype(np.float32)
    everything = np.concatenate([quoted, *(asked * by_chance for _, asked in parts)])
    in_full = together(everything)[0]
    near = together(np.concatenate([reading.matches[reading.view.quoted] for reading in ground.near]))
    own = [0.0 if key.inherited else weight for key, weight in zip(keys, telling, strict=True)]
    lacks = lacking(question, best[:1])
    said = float(coverage(everything, telling).max())
    open_to_quotes = _left(own, together(quoted)[0])
    again = restating(question.question.text, best[0].unit.unit.text, best[0].evidence.text, open_to_quotes)
    signs = Signs(
        said=said,
        near=float(coverage(near, telling)[0]),
        unknown=sum(key.weight for key, known in zip(keys, ground.known, strict=True) if not known)
        / (sum(key.weight for key in keys) or 1.0),
        concept_gap=_gap(near[0], [weight if key.concept else 0.0 for key, weight in zip(keys, own, strict=True)]),
        name_gap=1.0 if any(key.name and share < _OPEN for key, share in zip(keys, in_full, strict=True)) else 0.0,
        foreign=max((k.weight for k, f in zip(keys, ground.foreign, strict=True) if f and not k.inherited), default=0.0),
        short_gap=(1 - said) / math.log1p(max(1, len(keys))),
        long_gap=(1 - said) * math.log1p(len(question.question.text.split())),
        left=_left(own, in_full),
        lacks=1.0 if lacks else 0.0,
        similar=max((candidate.unit.features.near for candidate in best), default=0.0),
        copied=again.copied,
        restated=again.restated,
        beyond=again.beyond,
        quoted=float(coverage(together(parts[0][0]), telling)[0]),
        unfit=1.0 - fitness(question, best[0].evidence.text),
        ahead=ground.ahead,
        parts=math.log1p(len(keys)),
        open_ask=1.0 if question.asks == {Ask.WHAT} else 0.0,
        unanswered=asked.unanswered if asked else 0.0,
        nearer=asked.nearer if asked else 0.0,
        more_said=said - asked.unanswered_said if asked else 0.0,
        unmet=1.0 - asked.met if asked else 0.0,
        phrased=asked.phrased if asked else 0.0,
        heard=asked.heard if asked else 0.0,
    )
    score = rules.bias + sum(w * v for w, v in zip(rules.weights, signs.values(), strict=True))
    confidence = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    left = tuple(key for key, share, weight in zip(keys, in_full, own, strict=True) if share < _OPEN and weight > _WEIGHTY)
    served = not any(key.inherited for key in keys) or _share_of(own, in_full) >= _SERVED
    enough = confidence >= rules.threshold and signs.unknown <= _MOSTLY and served
    return Judgement(confidence, enough, signs, left, lacking(question, ground.chosen))


def lead_of(best: ScoredUnit, scored: Sequence[ScoredUnit]) -> float:
    """The natural logarithm of the share that the passage of ``best`` has in all units found, each counting e to its score.

    Where scores are fitted to tell the right unit of a question from its others, that is how likely the passage is right.
    """
    counts = np.exp([unit.score - best.score for unit in scored])
    own = [unit.passage.id == best.passage.id for unit in scored]
    return float(np.log(counts[own].sum() / counts.sum()))


def hard_asks(question: AnalysedQuestion) -> list[Ask]:
    """What the question asks for that only a text with the very thing in it can answer."""
    return [ask for ask in sorted(question.asks) if ask in _HARD_ASKS]


def lacking(question: AnalysedQuestion, chosen: Sequence[Candidate]) -> tuple[Ask, ...]:
    """The hard asks (amount, number, term, address) that none of the chosen evidence holds."""
    return tuple(ask for ask in hard_asks(question) if not any(gives(question, ask, c.evidence.text) for c in chosen))


def _left(weights: Sequence[float], shares: NDArray[np.float32]) -> float:
    """The information of the parts that are not spoken to."""
    return sum(weight * (1 - float(share)) for weight, share in zip(weights, shares, strict=True))


def _share_of(weights: Sequence[float], shares: NDArray[np.float32]) -> float:
    """The share of the information that is spoken to; all of it where there is none."""
    total = sum(weights)
    return 1.0 - _left(weights, shares) / total if total else 1.0


def _gap(shares: Sequence[float] | NDArray[np.float32], weights: Sequence[float]) -> float:
    """The weight of the most telling part that is not spoken to."""
    return max((weight * (1 - float(share)) for share, weight in zip(shares, weights, strict=True)), default=0.0)
