"""Weights that put the right one of a list first."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.evaluation.listwise import Choice, fit_listwise


def choices(count: int = 60) -> list[Choice]:
    """Lists in which the first feature tells the right item, the second how hard the list is, the third the wrong ones."""
    random = np.random.default_rng(0)
    found = []
    for _ in range(count):
        right = np.zeros(6, dtype=bool)
        right[random.integers(6)] = True
        told = right + random.normal(0, 0.3, 6)
        found.append((np.column_stack([told, np.full(6, random.normal()), 1 - told]), right))
    return found


def test_what_tells_the_right_one_weighs_and_what_a_whole_list_shares_does_not() -> None:
    told, shared, against = fit_listwise(choices())
    assert told > 1
    assert shared == pytest.approx(0, abs=1e-3)
    assert against == 0  # a feature speaks for an item or says nothing


def test_a_list_without_anything_right_counts_for_nothing() -> None:
    some = choices()
    assert fit_listwise([*some, (np.ones((3, 3)), np.zeros(3, dtype=bool))]) == pytest.approx(fit_listwise(some))
    with pytest.raises(ValueError, match="no list"):
        fit_listwise([(np.ones((3, 3)), np.zeros(3, dtype=bool))])


def test_any_of_several_that_are_right_will_do() -> None:
    rows = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    one, other = fit_listwise([(rows, np.array([True, True, False]))] * 20)
    assert one == pytest.approx(other, rel=1e-2)
    assert one > 0
