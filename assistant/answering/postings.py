"""Which words and n-grams stand in which units of a passage, kept so that a question is scored against them quickly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.indexing import ASKED_MOST, Cut, Keys, LexicalIndex, spans, term_key

Weighed = tuple[Keys, NDArray[np.float64]]  # the keys of a question's terms, and what each weighs


@dataclass(frozen=True, slots=True)
class Postings:
    """What each term counts in the units of a passage: BM25's share for how often it stands there.

    ``keys`` are those of the terms, sorted; term ``i`` stands in ``units[starts[i]:starts[i + 1]]`` with their ``shares``.
    """

    keys: Keys
    starts: NDArray[np.int64]
    units: NDArray[np.int64]
    shares: NDArray[np.float64]

    def scores(self, query: Weighed, units: int) -> NDArray[np.float64]:
        """The BM25 of each of so many units for weighted terms."""
        wanted, weights = query
        rows = np.searchsorted(self.keys, wanted)
        inside = rows < len(self.keys)
        inside[inside] = self.keys[rows[inside]] == wanted[inside]
        rows = rows[inside]
        places, owners = spans(self.starts[rows], self.starts[rows + 1])
        found = np.bincount(self.units[places], weights[inside][owners] * self.shares[places], minlength=units)
        return np.asarray(found, dtype=np.float64)


def postings(cut: Cut, owner: NDArray[np.int32], own: NDArray[np.bool_], norms: NDArray[np.float64]) -> Postings:
    """What each term counts in each unit.

    ``owner`` names the unit of each text (-1 for none), ``own`` whether it is the unit's own text or a question that it
    answers; ``norms`` is what the length of each unit adds to a count.
    """
    keys, text = cut
    used = owner[text] >= 0
    keys, text = keys[used], text[used]
    terms, places = np.unique(keys, return_inverse=True)
    pairs, slots = np.unique(places * len(norms) + owner[text], return_inverse=True)  # a term and a unit that has it
    said = own[text]
    asked = np.bincount(slots[~said], minlength=len(pairs))
    counts = np.bincount(slots[said], minlength=len(pairs)) + np.minimum(asked, ASKED_MOST)
    rows, units = np.divmod(pairs, max(1, len(norms)))
    starts = np.searchsorted(rows, np.arange(len(terms) + 1))
    return Postings(terms, starts, units, counts / (counts + norms[units]))


def weighed(query: Mapping[str, float], index: LexicalIndex) -> Weighed:
    """The query's terms that the index knows, in alphabetical order, and the weight of each times its idf."""
    idfs = index.idfs(list(query)).tolist()
    known = sorted((term, weight * idf) for (term, weight), idf in zip(query.items(), idfs, strict=True) if idf > 0)
    keys = np.array([term_key(term) for term, _ in known], dtype=np.uint64)
    return keys, np.array([weight for _, weight in known], dtype=np.float64)


def bm25(query: Weighed, passages: Sequence[tuple[Postings, int]]) -> list[NDArray[np.float64]]:
    """BM25 of every unit of every passage, as a share of the best unit's."""
    scores = [postings.scores(query, units) for postings, units in passages]
    best = max((float(own.max(initial=0.0)) for own in scores), default=0.0) or 1.0
    return [own / best for own in scores]
