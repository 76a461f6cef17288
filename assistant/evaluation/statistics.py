"""Measures over many questions, with bootstrap intervals that keep the variants of one seed question together.

Every measure is a function of a matrix of weights (draws x questions): the point value has one row of ones, a bootstrap
draw weighs each question by how often its seed was drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Measure = Callable[[Array], Array]  # weights (draws, questions) -> values (draws,)

DRAWS = 1_000
SEED = 20261122


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure with its 95% interval; ``n`` is the number of questions or citations that it is about."""

    value: float
    low: float
    high: float
    n: int


def ratio(numerators: Sequence[float] | Array, denominators: Sequence[float] | Array) -> Measure:
    """The sum of numerators over the sum of denominators."""
    above, below = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    return lambda weights: _divide(weights @ above, weights @ below)


def f1(hits: Sequence[float] | Array, given: Sequence[float] | Array, wanted: Sequence[float] | Array) -> Measure:
    """The harmonic mean of hits over given (precision) and hits over wanted (recall)."""
    return ratio(2 * np.asarray(hits, dtype=float), np.asarray(given, dtype=float) + np.asarray(wanted, dtype=float))


def auroc(scores: Sequence[float] | Array, positive: Sequence[bool] | NDArray[np.bool_]) -> Measure:
    """The chance that a positive scores higher than a negative, ties counting half."""
    values, level = np.unique(np.asarray(scores, dtype=float), return_inverse=True)
    labels = np.asarray(positive, dtype=float)

    def measure(weights: Array) -> Array:
        ups = _by_level(weights * labels, level, len(values))
        downs = _by_level(weights * (1 - labels), level, len(values))
        below = np.cumsum(downs, axis=1) - downs
        return _divide((ups * (below + downs / 2)).sum(axis=1), ups.sum(axis=1) * downs.sum(axis=1))

    return measure


def aurc(confidence: Sequence[float] | Array, loss: Sequence[float] | Array) -> Measure:
    """The area under the risk-coverage curve: mean risk over all coverages, answering the surest first; lower is better."""
    values, level = np.unique(-np.asarray(confidence, dtype=float), return_inverse=True)
    losses = np.asarray(loss, dtype=float)

    def measure(weights: Array) -> Array:
        mass = _by_level(weights, level, len(values))
        risk = _divide(np.cumsum(_by_level(weights * losses, level, len(values)), axis=1), np.cumsum(mass, axis=1))
        return _divide((mass * np.where(mass > 0, risk, 0)).sum(axis=1), mass.sum(axis=1))

    return measure


def risk_coverage(confidence: Sequence[float], loss: Sequence[float]) -> list[tuple[float, float]]:
    """The points (coverage, risk) of answering the surest questions first, one for each distinct confidence."""
    order = np.argsort(-np.asarray(confidence), kind="stable")
    sure, lost = np.asarray(confidence)[order], np.cumsum(np.asarray(loss, dtype=float)[order])
    last = [at for at in range(len(sure)) if at + 1 == len(sure) or sure[at + 1] != sure[at]]
    return [((at + 1) / len(sure), float(lost[at] / (at + 1))) for at in last]


def estimate(measure: Measure, draws: Array, n: int) -> Estimate | None:
    """The measure over all questions with its interval over ``draws``; None where it is about nothing."""
    value = float(measure(np.ones((1, draws.shape[1])))[0])
    if np.isnan(value):
        return None
    values = measure(draws)
    values = values[~np.isnan(values)]
    low, high = (float(v) for v in np.percentile(values, [2.5, 97.5])) if len(values) else (value, value)
    return Estimate(value, low, high, n)


def bootstrap(seeds: Sequence[str], draws: int = DRAWS, seed: int = SEED) -> Array:
    """Weights (draws, questions): how often each question's seed was drawn, as many seeds a draw as there are."""
    _, cluster = np.unique(np.asarray(seeds), return_inverse=True)
    count = int(cluster.max(initial=-1)) + 1
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=draws) if count else None
    return drawn[:, cluster].astype(float) if drawn is not None else np.zeros((draws, 0))


def _divide(above: Array, below: Array) -> Array:
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)


def _by_level(weights: Array, level: NDArray[np.intp], levels: int) -> Array:
    """Sums the columns of ``weights`` that share a level: (draws, levels)."""
    one_hot = np.zeros((len(level), levels))
    one_hot[np.arange(len(level)), level] = 1.0
    return np.asarray(weights @ one_hot)
