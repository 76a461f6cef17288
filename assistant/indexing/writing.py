"""Fills a Chroma collection from the files of a generation that is being built. Run in a child process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from assistant.indexing import codec, messages
from assistant.indexing.chroma_store import ChromaTroubleError, Collection, Metadata, Place
from assistant.indexing.contents import CHROMA, PASSAGES, VECTORS
from assistant.indexing.files import load_array, storage_errors
from assistant.indexing.lines import Lines
from assistant.indexing.texts import heading
from assistant.records import Passage


def write_collection(folder: Path, collection: str, address: str, progress: Callable[[int, int], None]) -> None:
    """Adds every passage's vector, with where it stands; the text itself stays in the generation's own files.

    Raises StorageError.
    """
    with storage_errors():
        passages: Lines[Passage] = Lines(folder / PASSAGES, codec.decode_passage)
        vectors = load_array(folder / VECTORS, np.float32)
        ids, metadata = [], []
        for passage in passages:
            ids.append(passage.id)
            metadata.append(_metadata(passage))
    try:
        open_collection = Collection.create(Place(collection, None if address else folder / CHROMA, address))
        open_collection.add(ids, vectors, metadata, lambda done: progress(done, len(ids)))
        open_collection.close()
    except ChromaTroubleError as error:
        raise messages.chroma_refused(error) from error


def _metadata(passage: Passage) -> Metadata:
    return {
        "document": passage.document,
        "version": passage.version,
        "page": passage.page,
        "section": heading(passage),
    }
