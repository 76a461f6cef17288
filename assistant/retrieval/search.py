"""Finds candidate passages: words, character n-grams and vectors, fused by their normalised scores.

Each signal is divided by its best score for the question and weighed; the shares add up to the passage's score, so that
"why is this here?" has an answer. Weights were chosen on lay Dutch government questions (see evals/results).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.embedding.base import Embedder
from assistant.indexing import Generation
from assistant.records import Hit
from assistant.retrieval.question import AnalysedQuestion

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]
Item = TypeVar("Item")

_POOL = 100  # candidates that each signal may put forward


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal's best passage adds to its score; 0 turns a signal off.

    Among documents without example questions, vectors weigh ``plain`` times as much: there nothing else bridges how people
    talk and how rules are written.
    """

    words: float = 0.6
    grams: float = 1.0
    vectors: float = 0.5
    plain: float = 2.0


class Retriever:
    """Ranked passages of one index generation. Safe to use from several threads."""

    def __init__(self, generation: Generation, embedder: Embedder, weights: Weights = Weights()) -> None:
        self.generation = generation
        self._embedder = embedder
        self._weights = weights
        owners = [generation.families[name] for name, _ in generation.document_keys]
        numbers = {family: number for number, family in enumerate(dict.fromkeys(owners))}
        self._asked = [family.asked for family in numbers]
        self._number = np.array([numbers[owner] for owner in owners], dtype=np.int64)[generation.document_rows]
        members = (np.flatnonzero(self._number == number) for number in numbers.values())
        self._families = [rows for rows in members if rows.size]  # a document may have no passages at all

    def search(self, question: AnalysedQuestion, top: int = 10) -> list[Hit]:
        """The ``top`` best passages, best first; fewer when fewer share anything with the question.

        Families of documents (see ``Generation.families``) take turns: their scores cannot be compared.
        """
        return list(islice(in_turns(self.search_each(question, top)), top))

    def search_each(self, question: AnalysedQuestion, top: int, top_alone: int | None = None) -> list[list[Hit]]:
        """The ``top`` best passages of each family of documents, the one that shares most words with the question first.

        ``top_alone`` of a family without example questions, where that is another number.
        """
        words = self.generation.words.scores(question.words)
        grams = self.generation.grams.scores(question.grams)
        vector = self._embedder.embed_queries([question.dense])[0]
        near = self._dense_rows(vector)
        lexical = self._weights.words * _share(words) + self._weights.grams * _share(grams)
        families = sorted(self._families, key=lambda rows: -lexical[rows].max(initial=0.0))
        found = []
        for rows in families:
            ranked = self._ranked(rows, words, grams, (vector, near))
            alone = not self._asked[int(self._number[rows[0]])]
            found.append(list(islice(ranked, top_alone if alone and top_alone is not None else top)))
        return found

    def _ranked(self, family: Rows, words: Scores, grams: Scores, dense: tuple[Scores, Rows]) -> Iterator[Hit]:
        """The passages of a family that some signal puts forward, best first."""
        vector, near = dense
        near = near[self._number[near] == self._number[family[0]]]
        rows = np.unique(np.concatenate([family[_best(words[family])], family[_best(grams[family])], near]))
        if not rows.size:
            return
        similar = np.clip(self.generation.vectors.similarities(vector, rows), 0.0, 1.0)
        alone = not self._asked[int(self._number[family[0]])]
        shares = {
            "words": self._weights.words * _share(words[rows]),
            "grams": self._weights.grams * _share(grams[rows]),
            "vectors": self._weights.vectors * (self._weights.plain if alone else 1.0) * _share(similar),
        }
        total = np.sum(list(shares.values()), axis=0)
        order = [at for at in np.argsort(-total, kind="stable") if total[at] > 0]
        for at in order:
            yield Hit(
                self.generation.passages[rows[at]],
                float(total[at]),
                {name: float(share[at]) for name, share in shares.items()},
                float(similar[at]),
            )

    def _dense_rows(self, vector: Scores) -> Rows:
        if not self._weights.vectors:
            return np.empty(0, dtype=np.int64)
        return np.array([row for row, _ in self.generation.vectors.search(vector, _POOL)], dtype=np.int64)


def in_turns(ranked: Sequence[Sequence[Item]]) -> Iterator[Item]:
    """The first of each, then the second of each, and so on."""
    return (item for each in zip_longest(*ranked) for item in each if item is not None)


def _best(scores: Scores) -> Rows:
    count = min(_POOL, scores.size)
    if not count:
        return np.empty(0, dtype=np.int64)
    best = np.argpartition(-scores, count - 1)[:count]
    return best[scores[best] > 0]


def _share(values: Scores) -> Scores:
    best = float(values.max(initial=0.0))
    return values / best if best > 0 else np.zeros_like(values)
