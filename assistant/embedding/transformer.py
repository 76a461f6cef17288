"""Any other sentence-transformers model, from a folder or from the local cache of the Hugging Face hub, on the CPU.

Nothing is fetched behind the operator's back. A hub name that is not in the cache is an error with its remedy, unless
the caller says ``download``: setting the name and then building the index is how an operator says so, and answering a
question never is. ``HF_HUB_OFFLINE`` wins over both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from assistant.embedding.base import Vectors
from assistant.embedding.prefixes import Prefixes
from assistant.errors import ModelError

_BATCH = 32
# What decides the vectors; read-me files, licences and copies for other runtimes (onnx/, openvino/) do not.
_DECISIVE = frozenset({".json", ".safetensors", ".bin", ".txt", ".model"})
_OTHER_RUNTIMES = frozenset({"onnx", "openvino"})


class TransformerEmbedder:
    """A sentence-transformers model; see :class:`assistant.embedding.base.Embedder`."""

    def __init__(self, name: str, folder: Path, prefixes: Prefixes) -> None:
        self.name = name
        self._folder, self._prefixes = folder, prefixes
        self._model = _load(str(folder), local_only=True)

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension())

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the model's files and the prefixes; read on first use, as weights can be gigabytes."""
        digest = hashlib.sha256()
        for path in sorted(self._folder.rglob("*")):
            inside = path.relative_to(self._folder)
            if path.suffix in _DECISIVE and path.is_file() and not _OTHER_RUNTIMES & set(inside.parts):
                with path.open("rb") as file:
                    digest.update(f"{inside.as_posix()}\0".encode() + hashlib.file_digest(file, "sha256").digest())
        digest.update(json.dumps([self._prefixes.query, self._prefixes.passage]).encode())
        return digest.hexdigest()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, float32 of shape (len(texts), dimension), each of length 1."""
        return self._embed(texts, self._prefixes.passage)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, float32 of shape (len(texts), dimension), each of length 1."""
        return self._embed(texts, self._prefixes.query)

    def _embed(self, texts: Sequence[str], prefix: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        # As a prompt, not glued on: models that leave the instruction out of the pooling need to know where it ends.
        vectors = self._model.encode(
            list(texts), prompt=prefix, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def local_folder(name: str, download: bool) -> Path:
    """Where the model ``name`` stands on this machine: a folder, or the snapshot of a hub name in the cache.

    Raises ModelError if it is nowhere and may not, or cannot, be fetched.
    """
    if Path(name).expanduser().is_dir():
        return Path(name).expanduser()
    folder = _cached(name)
    if folder is None and download:
        _load(name, local_only=False)  # sentence-transformers knows which of the hub's files it needs
        folder = _cached(name)
    if folder is None:
        raise _missing(name)
    return folder


def _cached(name: str) -> Path | None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        folder = Path(snapshot_download(name, local_files_only=True))
    except (HFValidationError, LocalEntryNotFoundError):
        return None
    return folder if (folder / "config.json").is_file() or (folder / "modules.json").is_file() else None


def _load(name: str, local_only: bool) -> Any:
    from sentence_transformers import SentenceTransformer  # brings torch: seconds and hundreds of megabytes

    try:
        return SentenceTransformer(name, device="cpu", local_files_only=local_only)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        # What transformers raises for files that are absent, unreadable, of an unknown kind or of another shape.
        if not local_only:
            raise _missing(name) from error
        raise ModelError(
            "embedder-damaged",
            f"Het inbeddingsmodel in {name} kan niet geladen worden: {str(error).splitlines()[0]}",
            "Zet de map opnieuw neer, of kies met de instelling index.embedder een ander model.",
        ) from error


def _missing(name: str) -> ModelError:
    return ModelError(
        "embedder-missing",
        f"Het inbeddingsmodel {name} staat niet op deze computer.",
        "Haal het op met 'regelwijzer index build' (dat vraagt internet en downloadt het van Hugging Face; "
        "HF_HUB_OFFLINE mag dan niet aan staan), of zet de map van het model hier neer en geef die op met de "
        "instelling index.embedder.",
    )
