"""Two runs on the same questions: which got better, which worse, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

from assistant.evaluation.measures import Scores
from assistant.evaluation.summary import Scored

_FLIPS = 10_000
_SEED = 20261122


@dataclass(frozen=True, slots=True)
class HitTest:
    """McNemar's exact test on a yes/no outcome: ``lost`` only in the first run, ``won`` only in the second."""

    name: str
    n: int
    won: int
    lost: int
    p: float


@dataclass(frozen=True, slots=True)
class MeanTest:
    """A permutation test on the mean difference (second minus first), the variants of one seed flipped together."""

    name: str
    n: int
    first: float
    second: float
    p: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """All tests on the questions in common; ``better`` and ``worse`` are the ids whose outcome changed."""

    common: int
    hits: tuple[HitTest, ...]
    means: tuple[MeanTest, ...]
    better: tuple[str, ...]
    worse: tuple[str, ...]


def compare(first: Sequence[Scored], second: Sequence[Scored]) -> Comparison:
    """Compares two runs by question id."""
    later = {row.id: row for row in second}
    pairs = [(row, later[row.id]) for row in first if row.id in later]
    better: list[str] = []
    worse: list[str] = []
    for one, two in pairs:
        gain = worth(two.scores) - worth(one.scores)
        if gain:
            (better if gain > 0 else worse).append(one.id)
    return Comparison(
        common=len(pairs),
        hits=tuple(_hit_test(name, pairs, value) for name, value in _HITS.items()),
        means=tuple(_mean_test(name, pairs, value) for name, value in _MEANS.items()),
        better=tuple(better),
        worse=tuple(worse),
    )


def worth(scores: Scores) -> float:
    """What an answer is worth as a whole: its evidence recall, or for an unanswerable question whether it was refused."""
    return float(scores.refused) if scores.recall is None else scores.recall


def mcnemar(won: int, lost: int) -> float:
    """The two-sided exact p-value: the chance of a split at least this uneven when both ways are equally likely."""
    changed = won + lost
    tail = sum(comb(changed, k) for k in range(min(won, lost) + 1)) / (1 << changed)
    return min(1.0, 2 * tail)


def permutation(differences: Sequence[float], seeds: Sequence[str], flips: int = _FLIPS) -> float:
    """The two-sided p-value of the sum of ``differences`` when each seed's sum might as well have the other sign."""
    _, cluster = np.unique(np.asarray(seeds), return_inverse=True)
    if not any(differences):
        return 1.0
    sums = np.bincount(cluster, weights=np.asarray(differences, dtype=float))
    signs = np.random.default_rng(_SEED).choice([-1.0, 1.0], size=(flips, len(sums)))
    as_large = int(np.count_nonzero(np.abs(signs @ sums) >= abs(sums.sum()) - 1e-12))
    return (1 + as_large) / (1 + flips)


Pairs = Sequence[tuple[Scored, Scored]]


def _hit_test(name: str, pairs: Pairs, value: Callable[[Scores], bool | None]) -> HitTest:
    outcomes = [(value(one.scores), value(two.scores)) for one, two in pairs]
    known = [(one, two) for one, two in outcomes if one is not None and two is not None]
    won, lost = sum(two and not one for one, two in known), sum(one and not two for one, two in known)
    return HitTest(name, len(known), won, lost, mcnemar(won, lost))


def _mean_test(name: str, pairs: Pairs, value: Callable[[Scores], float | None]) -> MeanTest:
    values = [(value(one.scores), value(two.scores), one.seed) for one, two in pairs]
    known = [(one, two, seed) for one, two, seed in values if one is not None and two is not None]
    count = max(1, len(known))
    return MeanTest(
        name=name,
        n=len(known),
        first=sum(one for one, _, _ in known) / count,
        second=sum(two for _, two, _ in known) / count,
        p=permutation([two - one for one, two, _ in known], [seed for _, _, seed in known]),
    )


_HITS: Mapping[str, Callable[[Scores], bool | None]] = {
    "evidence_complete": lambda s: None if s.recall is None else s.recall == 1.0,
    "rightly_refused": lambda s: None if s.answerable else s.refused,
    "rightly_answered": lambda s: not s.refused if s.answerable else None,
}

_MEANS: Mapping[str, Callable[[Scores], float | None]] = {
    "evidence_recall": lambda s: s.recall,
    "citation_precision": lambda s: s.relevant / s.cited if s.cited else None,
    "char_precision": lambda s: s.char_precision if s.answerable else None,
    "char_recall": lambda s: s.char_recall,
    "ndcg@10": lambda s: s.ndcg,
    "refused": lambda s: float(s.refused),
}
