"""Static embedders: one vector a sub-word piece, a text is the mean of its pieces.

Reads the sentence-transformers StaticEmbedding format without torch or sentence-transformers, which would cost seconds
and hundreds of megabytes at every start. Weights are either ``embedding.weight`` (float) or ``embeddings`` with a scale
per piece in ``weights`` (how model2vec writes quantised models; sentence-transformers >= 6.2 reads both).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.embedding.base import Vectors
from assistant.embedding.prefixes import Prefixes
from assistant.errors import ModelError

_WEIGHTS = "model.safetensors"
_TOKENIZER = "tokenizer.json"
_TEXTS_A_ROUND = 256  # bounds the memory of one round: about 256 texts x 100 pieces x 256 dimensions x 4 bytes = 26 MB


class StaticEmbedder:
    """A static model from a local folder; see :class:`assistant.embedding.base.Embedder`."""

    def __init__(self, name: str, folder: Path, prefixes: Prefixes) -> None:
        self.name = name
        self._prefixes = prefixes
        module = static_module(folder)
        if module is None:
            raise _damaged(folder, "modules.json noemt geen StaticEmbedding")
        self._tokenizer = _tokenizer(module / _TOKENIZER)
        self._rows, self._scales = _weights(module / _WEIGHTS)
        self.dimension = int(self._rows.shape[1])
        if self._tokenizer.get_vocab_size() > len(self._rows):
            raise _damaged(folder, "de tokenizer kent meer stukjes dan er vectoren zijn")
        self._module = module

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the weights, the tokenizer and the prefixes."""
        return _fingerprint(self._module, self._prefixes)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, float32 of shape (len(texts), dimension), each of length 1."""
        return self._embed([self._prefixes.passage + text for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, float32 of shape (len(texts), dimension), each of length 1."""
        return self._embed([self._prefixes.query + text for text in texts])

    def _embed(self, texts: list[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _TEXTS_A_ROUND):
            part = texts[start : start + _TEXTS_A_ROUND]
            encoded = self._tokenizer.encode_batch_fast(part, add_special_tokens=False)
            vectors[start : start + len(part)] = self._sums([encoding.ids for encoding in encoded])
        # The mean and the sum differ by a factor that the normalisation takes out again.
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.where(norms > 0, norms, 1)
        return vectors

    def _sums(self, ids: list[list[int]]) -> Vectors:
        lengths = np.fromiter(map(len, ids), dtype=np.int64, count=len(ids))
        sums = np.zeros((len(ids), self.dimension), dtype=np.float32)
        filled = np.flatnonzero(lengths)
        if not len(filled):
            return sums
        flat = np.fromiter(chain.from_iterable(ids), dtype=np.int64, count=int(lengths.sum()))
        rows = self._rows[flat].astype(np.float32)
        if self._scales is not None:
            rows *= self._scales[flat, None]
        # reduceat cannot express an empty segment, so only the texts that have pieces take part.
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])[filled]
        sums[filled] = np.add.reduceat(rows, starts, axis=0)
        return sums


def static_module(folder: Path) -> Path | None:
    """The folder of the StaticEmbedding module, or None if ``folder`` does not hold a purely static model.

    A model of more modules than StaticEmbedding and Normalize (a Dense layer, say) is left to sentence-transformers.
    """
    path = folder / "modules.json"
    if not path.is_file():
        return None
    modules = json.loads(path.read_text("utf-8"))
    kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
    if kinds not in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"]):
        return None
    module = folder / modules[0]["path"]
    return module if (module / _WEIGHTS).is_file() and (module / _TOKENIZER).is_file() else None


def _tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer  # 15 MB that other embedders do without

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing narrower, whatever is wrong with the file
        raise _damaged(path.parent, str(error)) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _weights(path: Path) -> tuple[NDArray[Any], NDArray[np.float32] | None]:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(path)
    except (OSError, SafetensorError) as error:
        raise _damaged(path.parent, str(error)) from error
    if "embedding.weight" in tensors:
        return tensors["embedding.weight"], None
    if "embeddings" not in tensors:
        raise _damaged(path.parent, "er staan geen vectoren in")
    rows, scales = tensors["embeddings"], tensors.get("weights")
    if "mapping" in tensors:
        rows = rows[tensors["mapping"]]
    return rows, None if scales is None else scales.astype(np.float32)


def _fingerprint(module: Path, prefixes: Prefixes) -> str:
    digest = hashlib.sha256()
    for name in (_WEIGHTS, _TOKENIZER):
        with (module / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    digest.update(json.dumps([prefixes.query, prefixes.passage]).encode())
    return digest.hexdigest()


def _damaged(folder: Path, reason: str) -> ModelError:
    return ModelError(
        "embedder-damaged",
        f"Het inbeddingsmodel in {folder} is beschadigd: {reason}.",
        "Zet de map opnieuw neer, of kies met de instelling index.embedder een ander model.",
    )
