"""Paired tests between two runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.compare import compare, mcnemar, permutation
from assistant.evaluation.summary import Scored

Make = Callable[..., Scored]


@pytest.mark.parametrize(
    ("won", "lost", "p"), [(0, 0, 1.0), (5, 0, 2 / 32), (1, 1, 1.0), (8, 2, 2 * 56 / 1024), (3000, 0, 0.0)]
)
def test_mcnemar_is_the_exact_binomial(won: int, lost: int, p: float) -> None:
    assert mcnemar(won, lost) == pytest.approx(p)
    assert mcnemar(lost, won) == pytest.approx(p)


def test_permutation_flips_a_seed_as_a_whole() -> None:
    gains = [1.0] * 8
    apart = permutation(gains, [str(n) for n in range(8)])
    together = permutation(gains, ["one"] * 8)
    assert apart == pytest.approx(2 / 256, abs=0.005)
    assert together == 1.0
    assert permutation([0.0, 0.0], ["a", "b"]) == 1.0
    assert permutation([], []) == 1.0


@given(st.lists(st.floats(-1, 1), max_size=12))
def test_permutation_is_a_chance_and_has_no_side(differences: list[float]) -> None:
    seeds = [str(n) for n in range(len(differences))]
    p = permutation(differences, seeds, flips=200)
    assert 0 < p <= 1
    assert p == pytest.approx(permutation([-d for d in differences], seeds, flips=200))


def test_only_common_questions_count_and_changes_are_named(make_scored: Make) -> None:
    unanswerable = {"answerable": False, "recall": None, "potential": None}
    first = [
        make_scored("a", recall=0.5),
        make_scored("b"),
        make_scored("x"),
        make_scored("n", refused=True, **unanswerable),
    ]
    second = [make_scored("a"), make_scored("b"), make_scored("y"), make_scored("n", **unanswerable)]
    made = compare(first, second)
    assert (made.common, made.better, made.worse) == (3, ("a",), ("n",))
    hits = {test.name: (test.n, test.won, test.lost) for test in made.hits}
    assert hits == {"evidence_complete": (2, 1, 0), "rightly_refused": (1, 0, 1), "rightly_answered": (2, 0, 0)}
    recall = next(test for test in made.means if test.name == "evidence_recall")
    assert (recall.n, recall.first, recall.second) == (2, 0.75, 1.0)


def test_runs_with_nothing_in_common(make_scored: Make) -> None:
    made = compare([make_scored("a")], [make_scored("b")])
    assert made.common == 0
    assert {test.p for test in made.hits} == {1.0}
