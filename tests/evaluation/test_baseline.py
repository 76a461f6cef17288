"""The answers of today, held to the committed figures: a change that makes them worse beyond chance does not pass."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.evaluation.baseline import BASELINE, drops, load_baseline
from assistant.evaluation.questions import load_set
from assistant.evaluation.runner import run_set
from assistant.evaluation.summary import Scored
from assistant.home import PROJECT
from assistant.service import Service

Make = Callable[..., Scored]


def test_the_same_and_better_pass(make_scored: Make) -> None:
    before = [make_scored(str(n), recall=0.5) for n in range(50)]
    assert drops(before, before) == []
    assert drops(before, [make_scored(str(n)) for n in range(50)]) == []


def test_two_lost_questions_in_two_hundred_are_within_chance(make_scored: Make) -> None:
    before = [make_scored(str(n)) for n in range(200)]
    now = [make_scored(str(n), recall=float(n > 1)) for n in range(200)]
    assert drops(before, now) == []


def test_a_real_drop_is_named_with_its_interval(make_scored: Make) -> None:
    before = [make_scored(str(n)) for n in range(100)]
    now = [make_scored(str(n), recall=float(n % 10 > 0)) for n in range(100)]
    (drop,) = drops(before, now)
    assert (drop.measure, drop.before, drop.now) == ("evidence_recall", 1.0, 0.9)
    assert drop.low < drop.high < 0


def test_more_false_answers_are_a_drop_though_the_number_rises(make_scored: Make) -> None:
    nothing = {"answerable": False, "recall": None, "cited": 0, "relevant": 0}
    before = [make_scored(str(n), refused=True, **nothing) for n in range(40)]
    now = [make_scored(str(n), refused=n % 4 > 0, **nothing) for n in range(40)]
    assert [drop.measure for drop in drops(before, now)] == ["false_answer_rate"]


def test_dev_does_not_fall_below_the_baseline(service: Service) -> None:
    if not BASELINE.is_file():
        pytest.skip("there is no evals/baseline.json yet: regelwijzer eval run dev --write-baseline")
    before = load_baseline()
    run = run_set(service, "dev", load_set(PROJECT / "evals" / "questions" / "dev.jsonl"))
    now = [result.scored for result in run.results]
    assert {row.id for row in before} == {row.id for row in now}, (
        "dev changed: write the baseline anew and say so in CHANGELOG"
    )
    assert [row.id for row in now if row.scores.literal < row.scores.checked] == []
    assert drops(before, now) == []
