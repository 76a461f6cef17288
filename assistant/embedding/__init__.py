"""Embedders: the shipped static model, or any sentence-transformers model by name or folder."""

from __future__ import annotations

from pathlib import Path

from assistant.embedding.base import Embedder, Vectors
from assistant.embedding.prefixes import prefixes_for
from assistant.settings import SHIPPED_EMBEDDER

__all__ = ["Embedder", "Vectors", "load_embedder"]

_SHIPPED_FOLDER = Path(__file__).parent / "model"


def load_embedder(
    name: str = SHIPPED_EMBEDDER,
    *,
    query_prefix: str | None = None,
    passage_prefix: str | None = None,
    download: bool = False,
) -> Embedder:
    """The embedder called ``name``: the shipped one, a folder, or a name on the Hugging Face hub.

    A prefix that is None is the model's own. ``download`` allows a hub name to be fetched once; without it only what
    is on this machine is used. Raises ModelError if the model is absent or damaged.
    """
    # Imported here so that the static model, which most installations use, never pays for torch.
    from assistant.embedding.static import StaticEmbedder, static_module
    from assistant.embedding.transformer import TransformerEmbedder, local_folder

    folder = _SHIPPED_FOLDER if name == SHIPPED_EMBEDDER else local_folder(name, download)
    prefixes = prefixes_for(name, folder, query_prefix, passage_prefix)
    if name == SHIPPED_EMBEDDER or static_module(folder) is not None:
        return StaticEmbedder(name, folder, prefixes)
    return TransformerEmbedder(name, folder, prefixes)
