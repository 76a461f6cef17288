"""The one place that speaks to Chroma: embedded in a folder, or on a server.

Embedded Chroma is written once, by a child process, and read from a private copy only: opening it changes its files.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from filelock import BaseFileLock, FileLock
from numpy.typing import NDArray

from assistant.errors import system_reason
from assistant.indexing.files import sha256
from assistant.indexing.manifest import FileStamp

_LOG = logging.getLogger(__name__)

EMBEDDED = "embedded"
_COPIES = "regelwijzer-chroma-"
_ADD, _QUERY = 2000, 500
TIMEOUT_S = 30.0  # for one request to a Chroma server
Metadata = dict[str, str | int]


class ChromaTroubleError(Exception):
    """Chroma could not be opened, written or searched; whoever meets it falls back or reports it in Dutch."""


def load() -> None:
    """Imports Chroma, for processes that are forked from this one."""
    import chromadb.api.rust  # noqa: F401


@contextmanager
def chroma_trouble() -> Iterator[None]:
    """Turns whatever Chroma throws into ChromaTroubleError, also the panics of its Rust core, which are no Exceptions."""
    import httpx  # Chroma's own client for a server
    from chromadb.errors import ChromaError, NotFoundError  # heavy: only where Chroma is used

    def trouble(error: BaseException) -> ChromaTroubleError:
        _LOG.debug("Chroma: %s", error)  # its own words are English
        if isinstance(error, httpx.TimeoutException):
            return ChromaTroubleError("de server antwoordt niet op tijd")
        if isinstance(error, httpx.HTTPError):
            return ChromaTroubleError("de server is niet bereikbaar")
        if isinstance(error, NotFoundError):
            return ChromaTroubleError("de vectoren van deze index zijn er niet")
        if isinstance(error, OSError):
            return ChromaTroubleError(system_reason(error))
        return ChromaTroubleError(f"Chroma gaf zelf een fout: {type(error).__name__}")

    try:
        yield
    except (ChromaError, httpx.HTTPError, OSError, ValueError, RuntimeError, TypeError, KeyError) as error:
        raise trouble(error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise trouble(error) from error


@dataclass(frozen=True, slots=True)
class Place:
    """Where a collection is: in ``folder`` (embedded) or at ``address`` (a server), and its name."""

    collection: str
    folder: Path | None = None
    address: str = ""

    def client(self) -> Any:
        """A new client, with telemetry off."""
        import chromadb  # heavy: half a second
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        if self.folder is not None:
            return chromadb.PersistentClient(str(self.folder), settings=settings)
        parts = urlsplit(self.address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ChromaTroubleError(f"{self.address!r} is geen http-adres")
        _await_heartbeat(self.address)
        secure = parts.scheme == "https"
        client = chromadb.HttpClient(
            host=parts.hostname, port=parts.port or (443 if secure else 80), ssl=secure, settings=settings
        )
        client._server._session.timeout = TIMEOUT_S  # Chroma's own client waits for ever and has no setting for it
        return client


def _await_heartbeat(address: str) -> None:
    import httpx

    # Asked beforehand, because the client's first requests are made before its patience can be set.
    httpx.get(f"{address.rstrip('/')}/api/v2/heartbeat", timeout=min(5.0, TIMEOUT_S)).raise_for_status()


class Collection:
    """An open collection. Ids are passage ids; ``close`` ends the client."""

    def __init__(self, client: Any, collection: Any) -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def create(cls, place: Place) -> Collection:
        """A new, empty collection with cosine distance. Raises ChromaTroubleError."""
        with chroma_trouble():
            client = place.client()
            shape = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 128, "max_neighbors": 32}}
            return cls(client, client.create_collection(place.collection, embedding_function=None, configuration=shape))

    @classmethod
    def open(cls, place: Place) -> Collection:
        """An existing collection. Raises ChromaTroubleError."""
        with chroma_trouble():
            client = place.client()
            return cls(client, client.get_collection(place.collection, embedding_function=None))

    def add(
        self, ids: Sequence[str], vectors: NDArray[np.float32], metadata: Sequence[Metadata], done: Callable[[int], None]
    ) -> None:
        """Adds everything in batches; ``done`` hears how many are in."""
        with chroma_trouble():
            size = min(_ADD, self._client.get_max_batch_size())
            for start in range(0, len(ids), size):
                part = slice(start, start + size)
                self._collection.add(ids=list(ids[part]), embeddings=np.array(vectors[part]), metadatas=list(metadata[part]))
                done(min(start + size, len(ids)))

    def count(self) -> int:
        with chroma_trouble():
            return int(self._collection.count())

    def nearest(self, queries: NDArray[np.float32], k: int) -> list[list[tuple[str, float]]]:
        """For each query the ids of its ``k`` nearest with their cosine distance, nearest first."""
        found: list[list[tuple[str, float]]] = []
        with chroma_trouble():
            for start in range(0, len(queries), _QUERY):
                part = np.array(queries[start : start + _QUERY], dtype=np.float32)
                answer = self._collection.query(query_embeddings=part, n_results=k, include=["distances"])
                found += [
                    list(zip(ids, map(float, far), strict=True))
                    for ids, far in zip(answer["ids"], answer["distances"], strict=True)
                ]
        return found

    def stored(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors that are stored under ``ids``, without searching."""
        with chroma_trouble():
            answer = self._collection.get(ids=list(ids), include=["embeddings"])
            return dict(zip(answer["ids"], np.asarray(answer["embeddings"], dtype=np.float32), strict=True))

    def close(self) -> None:
        with chroma_trouble():
            self._client.close()


def delete_collections(address: str, prefix: str, keep: set[str]) -> None:
    """Deletes this index's collections (those with ``prefix``) on a server, but for ``keep``. Raises ChromaTroubleError."""
    with chroma_trouble():
        client = Place("", address=address).client()
        for collection in client.list_collections():
            if collection.name.startswith(prefix) and collection.name not in keep:
                client.delete_collection(collection.name)
        client.close()


class PrivateCopy:
    """A copy of Chroma's files in a temporary folder, removed by ``close`` and, after a kill, by the next one made.

    A lock file that its owner holds tells whether a copy is still in use.
    """

    def __init__(self, source: Path, files: Mapping[str, FileStamp]) -> None:
        """Copies ``files`` (paths relative to ``source``) and holds them against their stamps. Raises ChromaTroubleError."""
        _remove_orphans()
        try:
            root = Path(tempfile.mkdtemp(prefix=_COPIES))
            lock = FileLock(root / "lock")
            lock.acquire(timeout=0)
        except OSError as error:
            raise ChromaTroubleError(system_reason(error)) from error
        self.folder = root / "chroma"
        self._remove = weakref.finalize(self, _remove_copy, root, lock)  # at the end of the program at the latest
        try:
            self._copy(source, files)
        except BaseException:
            self.close()
            raise

    def _copy(self, source: Path, files: Mapping[str, FileStamp]) -> None:
        for name, stamp in files.items():
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copyfile(source / name, target)
                changed = sha256(target) != stamp.sha256
            except OSError as error:
                raise ChromaTroubleError(f"{name}: {system_reason(error)}") from error
            if changed:
                raise ChromaTroubleError(f"{name} is veranderd")

    def close(self) -> None:
        self._remove()


def _remove_copy(root: Path, lock: BaseFileLock) -> None:
    shutil.rmtree(root, ignore_errors=True)
    lock.release()


def _remove_orphans() -> None:
    for path in Path(tempfile.gettempdir()).glob(f"{_COPIES}*/lock"):
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except OSError:  # in use (Timeout is an OSError), or another user's
            continue
        _remove_copy(path.parent, lock)
