"""Finds candidate passages: words, character n-grams and vectors, fused by their normalised scores.

Each signal is divided by its best score for the question and weighed; the shares add up to the passage's score, so that
"why is this here?" has an answer. Weights were chosen on lay Dutch government questions (see evals/results).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.embedding.base import Embedder
from assistant.indexing import Generation
from assistant.records import Hit
from assistant.retrieval.question import AnalysedQuestion

_POOL = 100  # candidates that each signal may put forward


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal's best passage adds to its score; 0 turns a signal off."""

    words: float = 0.6
    grams: float = 1.0
    vectors: float = 0.5


class Retriever:
    """Ranked passages of one index generation. Safe to use from several threads."""

    def __init__(self, generation: Generation, embedder: Embedder, weights: Weights = Weights()) -> None:
        self.generation = generation
        self._embedder = embedder
        self._weights = weights

    def search(self, question: AnalysedQuestion, top: int = 10) -> list[Hit]:
        """The ``top`` best passages, best first; fewer when fewer share anything with the question."""
        words = self.generation.words.scores(question.words)
        grams = self.generation.grams.scores(question.grams)
        vector = self._embedder.embed_queries([question.dense])[0]
        dense_rows = self._dense_rows(vector)
        rows = np.unique(np.concatenate([_best(words), _best(grams), dense_rows]))
        if not rows.size:
            return []
        shares = {
            "words": self._weights.words * _share(words[rows], words),
            "grams": self._weights.grams * _share(grams[rows], grams),
            "vectors": self._weights.vectors * self._similar(vector, rows),
        }
        total = np.sum(list(shares.values()), axis=0)
        order = np.argsort(-total, kind="stable")[:top]
        return [
            Hit(
                self.generation.passages[int(rows[at])],
                float(total[at]),
                {name: float(share[at]) for name, share in shares.items()},
            )
            for at in order
            if total[at] > 0
        ]

    def _dense_rows(self, vector: NDArray[np.float32]) -> NDArray[np.int64]:
        if not self._weights.vectors:
            return np.empty(0, dtype=np.int64)
        return np.array([row for row, _ in self.generation.vectors.search(vector, _POOL)], dtype=np.int64)

    def _similar(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        similar = np.maximum(self.generation.vectors.similarities(vector, rows), 0.0)
        return _share(similar, similar)


def _best(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    count = min(_POOL, scores.size)
    if not count:
        return np.empty(0, dtype=np.int64)
    best = np.argpartition(-scores, count - 1)[:count]
    return best[scores[best] > 0]


def _share(values: NDArray[np.float32], of: NDArray[np.float32]) -> NDArray[np.float32]:
    best = float(of.max(initial=0.0))
    return values / best if best > 0 else np.zeros_like(values)
