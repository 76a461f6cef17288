"""What an embedder is to the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of length 1, so that a dot product is their cosine.

    A text without a single known piece (empty, blanks only) has the zero vector from a static model. ``fingerprint``
    changes whenever the same text may get another vector: other weights, another tokenizer, other prefixes.
    """

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, float32 of shape (len(texts), dimension)."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, float32 of shape (len(texts), dimension)."""
        ...
