"""Nearest passages by their vectors: Chroma in front, exact search over the array as its check and fallback."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.indexing import messages
from assistant.indexing.chroma_store import ChromaTroubleError, Collection
from assistant.records import Notice

Rows = NDArray[np.int64]
_LOG = logging.getLogger(__name__)


class Engine(Protocol):
    """Finds candidate rows near a vector of length 1."""

    def nearest(self, vector: NDArray[np.float32], k: int) -> Rows: ...

    def close(self) -> None: ...


class ExactEngine:
    """Compares with every vector."""

    def __init__(self, matrix: NDArray[np.float32]) -> None:
        self._matrix = matrix

    def nearest(self, vector: NDArray[np.float32], k: int) -> Rows:
        similar = self._matrix @ vector
        if k >= len(similar):
            return np.arange(len(similar))
        return np.argpartition(-similar, k - 1)[:k]

    def close(self) -> None:
        """Holds nothing open."""


class ChromaEngine:
    """Asks a collection whose ids are passage ids."""

    def __init__(
        self, collection: Collection, row_of: Mapping[str, int], unreached: Sequence[int], release: Callable[[], None]
    ) -> None:
        """``unreached`` rows are candidates always, see the manifest; ``release`` is called on closing.

        Raises ChromaTroubleError when the collection does not hold as many vectors as there are passages."""
        self._collection, self._row_of, self._release = collection, row_of, release
        self._unreached = np.array(unreached, dtype=np.int64)
        if (count := collection.count()) != len(row_of):
            self.close()
            raise ChromaTroubleError(f"Chroma heeft {count} vectoren, verwacht {len(row_of)}")

    def nearest(self, vector: NDArray[np.float32], k: int) -> Rows:
        found = self._collection.nearest(vector[np.newaxis, :], min(k, len(self._row_of)))[0]
        try:
            rows = np.array([self._row_of[name] for name, _ in found], dtype=np.int64)
        except KeyError as error:
            raise ChromaTroubleError(f"Chroma kent een onbekende passage {error}") from error
        return np.union1d(rows, self._unreached)

    def close(self) -> None:
        try:
            self._collection.close()
        finally:
            self._release()


class VectorIndex:
    """The vectors of a generation, one row for each passage, length 1 (or zero for a text without a known piece)."""

    def __init__(self, matrix: NDArray[np.float32], open_chroma: Callable[[], Engine] | None) -> None:
        """``open_chroma`` is called at the first search, because opening costs time and memory; None means exact search."""
        self.matrix = matrix
        self.notice: Notice | None = None
        self._exact = ExactEngine(matrix)
        self._open_chroma = open_chroma
        self._engine: Engine | None = None
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self.matrix)

    @property
    def engine(self) -> str:
        """Who answers now: "chroma", "exact", or "unopened"."""
        if self._engine is None:
            return "unopened" if self._open_chroma else "exact"
        return "exact" if self._engine is self._exact else "chroma"

    def search(self, query_vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """The ``k`` nearest rows with their cosine similarity, nearest first, ties in row order.

        A zero vector (a question without a known word) is near nothing. Trouble with Chroma is logged once and answered by
        exact search from then on.
        """
        query = self._unit(query_vector)
        if query is None or k <= 0 or not len(self.matrix):
            return []
        engine = self._opened()
        try:
            rows = engine.nearest(query, k)
        except ChromaTroubleError as error:
            rows = self._fall_back(error).nearest(query, k)
        similar = self.matrix[rows] @ query
        order = np.lexsort((rows, -similar))[:k]
        return [(int(rows[i]), float(similar[i])) for i in order]

    def similarities(self, query_vector: NDArray[np.float32], rows: Sequence[int] | Rows) -> NDArray[np.float32]:
        """The exact cosine similarity of the query with each of ``rows``."""
        chosen = np.asarray(rows, dtype=np.int64)
        query = self._unit(query_vector)
        if query is None:
            return np.zeros(len(chosen), dtype=np.float32)
        found: NDArray[np.float32] = self.matrix[chosen] @ query
        return found

    def close(self) -> None:
        with self._lock:
            engine, self._engine, self._open_chroma = self._engine, self._exact, None
        if engine is not None:
            try:
                engine.close()
            except ChromaTroubleError as error:
                _LOG.warning("closing Chroma: %s", error)

    def _unit(self, vector: NDArray[np.float32]) -> NDArray[np.float32] | None:
        flat = np.asarray(vector, dtype=np.float32).reshape(-1)
        if len(flat) != self.matrix.shape[1]:
            raise ValueError(f"query vector has {len(flat)} dimensions, the index has {self.matrix.shape[1]}")
        length = float(np.linalg.norm(flat))
        if not np.isfinite(length) or length < 1e-9:
            return None
        return flat / np.float32(length)

    def _opened(self) -> Engine:
        with self._lock:
            if self._engine is None:
                try:
                    self._engine = self._open_chroma() if self._open_chroma else self._exact
                except ChromaTroubleError as error:
                    self._note(error)
                    self._engine = self._exact
            return self._engine

    def _fall_back(self, error: ChromaTroubleError) -> Engine:
        with self._lock:
            failed, self._engine = self._engine, self._exact
            self._note(error)
        if failed is not None and failed is not self._exact:
            try:
                failed.close()
            except ChromaTroubleError:
                _LOG.info("Chroma did not close after its failure")
        return self._exact

    def _note(self, error: ChromaTroubleError) -> None:
        self.notice = messages.notice_exact(str(error))
        _LOG.warning("%s", self.notice.text)
