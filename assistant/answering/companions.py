"""Sentences that belong together in an answer: those that the keeper put the same question to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import permutations

from assistant.indexing import Place

Questions = Mapping[str, Sequence[Sequence[str]]]  # by passage id, those of each unit

_FEW = 5  # so many questions that a unit shares with others say half of what many would say
_PAIRED = 8  # units at most that a question may be put to and still say which belong together: more make a list


def companions_of(questions: Questions, row_of: Mapping[str, int]) -> Mapping[Place, Mapping[Place, float]]:
    """For each unit the units that belong with it, 0.0..1.0: the share of its questions put to others too that they have."""
    owners: dict[str, list[Place]] = defaultdict(list)
    for name, units in questions.items():
        for index, own in enumerate(units):
            for question in dict.fromkeys(own):
                owners[question].append((row_of[name], index))
    shared: dict[Place, Counter[Place]] = defaultdict(Counter)
    several: Counter[Place] = Counter()
    for places in owners.values():
        if 1 < len(places) <= _PAIRED:
            several.update(places)
            for one, other in permutations(places, 2):
                shared[one][other] += 1
    return {one: {other: n / (several[one] + _FEW) for other, n in counts.items()} for one, counts in shared.items()}
