"""Rates, rankings and intervals, held against examples worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.statistics import aurc, auroc, bootstrap, estimate, f1, ratio, risk_coverage
from assistant.evaluation.summary import Scored, by_kind, loss, summarise

SCORES = st.lists(st.tuples(st.sampled_from([0.1, 0.4, 0.4, 0.8, 0.9]), st.booleans()), min_size=1, max_size=30)


def at_once(measure: Callable[..., np.ndarray], n: int) -> float:
    return float(measure(np.ones((1, n)))[0])


def test_ratio_and_f1() -> None:
    assert at_once(ratio([1, 0, 2], [2, 0, 2]), 3) == 0.75
    assert np.isnan(at_once(ratio([0.0], [0.0]), 1))
    assert at_once(f1([1, 0, 0], [1, 1, 0], [1, 0, 1]), 3) == 0.5


def test_auroc_counts_pairs_and_half_of_ties() -> None:
    # pairs: (0.9,0.8) won, (0.9,0.4) won, (0.4,0.8) lost, (0.4,0.4) tied
    assert at_once(auroc([0.9, 0.4, 0.8, 0.4], [True, True, False, False]), 4) == pytest.approx(2.5 / 4)
    assert np.isnan(at_once(auroc([0.1, 0.2], [True, True]), 2))


@given(SCORES)
def test_auroc_agrees_with_counting_every_pair(rows: list[tuple[float, bool]]) -> None:
    ups, downs = ([score for score, label in rows if label is wanted] for wanted in (True, False))
    pairs = [(up > down) + (up == down) / 2 for up in ups for down in downs]
    value = at_once(auroc([score for score, _ in rows], [label for _, label in rows]), len(rows))
    assert np.isnan(value) if not pairs else value == pytest.approx(sum(pairs) / len(pairs))


def test_risk_coverage_answers_the_surest_first_and_ties_together() -> None:
    assert risk_coverage([0.5, 0.9, 0.5], [1.0, 0.0, 0.0]) == [(1 / 3, 0.0), (1.0, 1 / 3)]
    assert at_once(aurc([0.5, 0.9, 0.5], [1.0, 0.0, 0.0]), 3) == pytest.approx((0 + 1 / 3 + 1 / 3) / 3)


@given(SCORES)
def test_aurc_of_weights_is_that_of_repeated_questions(rows: list[tuple[float, bool]]) -> None:
    confidence, lost = [score for score, _ in rows], [float(label) for _, label in rows]
    twice = float(aurc(confidence, lost)(np.full((1, len(rows)), 2.0))[0])
    assert twice == pytest.approx(at_once(aurc(confidence * 2, lost * 2), 2 * len(rows)))
    assert 0.0 <= twice <= 1.0


def test_bootstrap_draws_a_seed_with_all_its_variants() -> None:
    weights = bootstrap(["a", "b", "a", "c"], draws=50)
    assert weights.shape == (50, 4)
    assert (weights[:, 0] == weights[:, 2]).all()
    assert ((weights[:, 0] + weights[:, 1] + weights[:, 3]) == 3).all()
    assert (weights == bootstrap(["a", "b", "a", "c"], draws=50)).all()


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=1, max_size=40))
def test_the_interval_holds_to_the_bounds_of_a_rate(rows: list[tuple[bool, int]]) -> None:
    made = estimate(ratio([float(hit) for hit, _ in rows], [1.0] * len(rows)), bootstrap([str(s) for _, s in rows], 40), 1)
    assert made is not None
    assert 0.0 <= made.low <= made.high <= 1.0
    assert made.value == pytest.approx(sum(hit for hit, _ in rows) / len(rows))


def test_clustering_widens_the_interval() -> None:
    hits = ([1.0] * 10 + [0.0] * 10) * 2
    measure = ratio(hits, [1.0] * 40)
    alone = estimate(measure, bootstrap([str(n) for n in range(40)]), 40)
    together = estimate(measure, bootstrap([str(n // 10) for n in range(40)]), 40)
    assert alone is not None
    assert together is not None
    assert together.high - together.low > alone.high - alone.low


def test_summary_of_four_questions(make_scored: Callable[..., Scored]) -> None:
    nothing = {"answerable": False, "recall": None, "potential": None, "ndcg": None, "relevant": 0}
    rows = [
        make_scored("a", cited=4, relevant=3, checked=4, literal=4),
        make_scored("b", refused=True, recall=0.0, potential=1.0, cited=0, relevant=0, confidence=0.2),
        make_scored("c", kind="near_miss", cited=2, checked=2, literal=1, confidence=0.5, **nothing),
        make_scored("d", kind="far", refused=True, cited=0, confidence=0.1, **nothing),
    ]
    made = {name: value.value for name, value in summarise(rows, 20).items()}
    expected = {
        "evidence_recall": 0.5,
        "citation_precision": 3 / 6,
        "citation_precision_answerable": 3 / 4,
        "false_answer_rate": 0.5,
        "false_refusal_rate": 0.5,
        "literal_rate": 7 / 8,
        "citations_per_answer": 3.0,
        "refusal_precision": 0.5,
        "refusal_recall": 0.5,
        "refusal_f1": 0.5,
        "auroc": 0.75,
        "auroc_near_miss": 0.5,
    }
    assert {name: made[name] for name in expected} == pytest.approx(expected)
    assert "must_held" not in made
    assert [loss(row.scores) for row in rows] == [0.0, 0.0, 1.0, 1.0]
    assert list(by_kind(rows, 20)) == ["direct", "near_miss", "far"]


def test_nothing_has_no_summary() -> None:
    assert summarise([]) == {}
