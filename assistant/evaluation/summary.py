"""The measures of a whole run, overall and per kind, with their intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.measures import Scores
from assistant.evaluation.statistics import Array, Estimate, Measure, aurc, auroc, bootstrap, estimate, f1, ratio

Made = tuple[Measure, float]  # a measure, and the number of questions or citations that it is about


@dataclass(frozen=True, slots=True)
class Scored:
    """One question's place in the set, and what its answer is worth."""

    id: str
    seed: str
    kind: str
    scores: Scores


Summary = Mapping[str, Estimate]


def summarise(rows: Sequence[Scored], draws: int = 1_000) -> Summary:
    """Every measure that says something about these questions, by name."""
    if not rows:
        return {}
    weights = bootstrap([row.seed for row in rows], draws)
    scores = [row.scores for row in rows]
    found = {name: _estimate(make(scores), weights) for name, make in MEASURES.items()}
    found["auroc_near_miss"] = _near_miss(rows, weights)
    return {name: value for name, value in found.items() if value is not None}


def by_kind(rows: Sequence[Scored], draws: int = 1_000) -> Mapping[str, Summary]:
    """The measures of each kind of question, in the order in which the kinds first occur."""
    kinds = dict.fromkeys(row.kind for row in rows)
    return {kind: summarise([row for row in rows if row.kind == kind], draws) for kind in kinds}


def loss(scores: Scores) -> float:
    """What answering this question costs: 1 when it has no answer, else the share of the evidence that is not shown."""
    return 1.0 - (scores.potential or 0.0)


def percentiles(rows: Sequence[Scored]) -> Mapping[str, float]:
    """Warm latency in milliseconds."""
    times = [row.scores.ms for row in rows] or [0.0]
    return {"p50_ms": round(float(np.percentile(times, 50)), 2), "p95_ms": round(float(np.percentile(times, 95)), 2)}


def _mean(value: Callable[[Scores], float | None]) -> Callable[[Sequence[Scores]], Made]:
    """The mean of ``value`` over the questions that have one."""

    def make(scores: Sequence[Scores]) -> Made:
        values = [value(score) for score in scores]
        counts = [float(v is not None) for v in values]
        return ratio([v or 0.0 for v in values], counts), sum(counts)

    return make


def _ratio(above: Callable[[Scores], float], below: Callable[[Scores], float]) -> Callable[[Sequence[Scores]], Made]:
    """The sum of ``above`` over the sum of ``below``."""

    def make(scores: Sequence[Scores]) -> Made:
        counts = [float(below(score)) for score in scores]
        return ratio([float(above(score)) for score in scores], counts), sum(counts)

    return make


def _refusal_f1(scores: Sequence[Scores]) -> Made:
    rightly = [float(s.refused and not s.answerable) for s in scores]
    return f1(rightly, [float(s.refused) for s in scores], [float(not s.answerable) for s in scores]), len(scores)


def _auroc(scores: Sequence[Scores]) -> Made:
    return auroc([s.confidence for s in scores], [s.answerable for s in scores]), len(scores)


def _aurc(scores: Sequence[Scores]) -> Made:
    return aurc([s.confidence for s in scores], [loss(s) for s in scores]), len(scores)


def _near_miss(rows: Sequence[Scored], weights: Array) -> Estimate | None:
    """AUROC of the answerable questions against the near misses alone: the hardest to tell apart."""
    kept = [at for at, row in enumerate(rows) if row.scores.answerable or row.kind == "near_miss"]
    scores = [rows[at].scores for at in kept]
    return _estimate(_auroc(scores), weights[:, kept]) if kept else None


def _estimate(made: Made, weights: Array) -> Estimate | None:
    measure, n = made
    return estimate(measure, weights, int(n))


MEASURES: Mapping[str, Callable[[Sequence[Scores]], Made]] = {
    "evidence_recall": _mean(lambda s: s.recall),
    "evidence_complete": _mean(lambda s: None if s.recall is None else float(s.recall == 1.0)),
    "citation_precision": _ratio(lambda s: s.relevant, lambda s: s.cited),
    "citation_precision_answerable": _ratio(
        lambda s: s.relevant if s.answerable else 0, lambda s: s.cited if s.answerable else 0
    ),
    "false_answer_rate": _mean(lambda s: None if s.answerable else float(not s.refused)),
    "false_refusal_rate": _mean(lambda s: float(s.refused) if s.answerable else None),
    "literal_rate": _ratio(lambda s: s.literal, lambda s: s.checked),
    "citations_per_answer": _mean(lambda s: None if s.refused else float(s.cited)),
    "char_precision": _mean(lambda s: s.char_precision if s.answerable else None),
    "char_recall": _mean(lambda s: s.char_recall),
    "ndcg@10": _mean(lambda s: s.ndcg),
    "found@5": _mean(lambda s: s.found_5),
    "found@24": _mean(lambda s: s.found_all),
    "potential_recall": _mean(lambda s: s.potential),
    "must_held": _ratio(lambda s: s.must_held, lambda s: s.must),
    "forbidden_said": _mean(lambda s: float(s.forbidden_said > 0) if s.forbidden else None),
    "refusal_precision": _ratio(lambda s: s.refused and not s.answerable, lambda s: s.refused),
    "refusal_recall": _ratio(lambda s: s.refused and not s.answerable, lambda s: not s.answerable),
    "refusal_f1": _refusal_f1,
    "auroc": _auroc,
    "aurc": _aurc,
}
