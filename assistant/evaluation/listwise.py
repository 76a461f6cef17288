"""Weights that put the right one of a list first: a conditional logit, in which more than one may be right.

Each list is one choice (McFadden, 1974): the chance of an item is its share in e to the score of all. What all items of a
list have in common, such as how hard its question is, does not count; for a model that judges every item by itself it does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Choice = tuple[Matrix, NDArray[np.bool_]]  # features of the items of one list, and which of them are right

_PULL = 1.0  # towards zero, for features of unit spread


def fit_listwise(choices: Sequence[Choice]) -> tuple[float, ...]:
    """One weight a feature, 0 or more: each speaks for an item. Raises ValueError where no list holds anything right."""
    from scipy.optimize import minimize  # lazy: only fitting needs it

    choices = [(rows, right) for rows, right in choices if right.any()]
    if not choices:
        raise ValueError("no list holds anything right")
    rows = np.concatenate([rows for rows, _ in choices])
    spread = rows.std(axis=0) + 1e-9
    rows, right = rows / spread, np.concatenate([right for _, right in choices]).astype(np.float64)
    lengths = np.array([len(own) for own, _ in choices])
    starts = np.cumsum(lengths) - lengths

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = rows @ weights
        shares = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), lengths))
        shares /= np.repeat(np.add.reduceat(shares, starts), lengths)
        likely = np.add.reduceat(shares * right, starts)
        slope = shares - shares * right / np.repeat(likely, lengths)
        pull = _PULL * weights
        return float(-np.log(likely).sum() + pull @ weights / 2), rows.T @ slope + pull

    start = np.zeros(rows.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(start))
    return tuple(float(weight) for weight in found.x / spread)
