"""Opening the index to answer from it: checked first, and from an earlier generation where the newest is damaged."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexUnusableError, system_reason
from assistant.indexing import messages
from assistant.indexing.asked import AskedQuestions
from assistant.indexing.chroma_store import EMBEDDED, ChromaTroubleError, Collection, Place, PrivateCopy
from assistant.indexing.contents import CHROMA, Contents, DocumentKey, Family
from assistant.indexing.generations import Pointer, generations_folder, names, read_pointer
from assistant.indexing.lexical import LexicalIndex
from assistant.indexing.manifest import Manifest, check_files, read_manifest
from assistant.indexing.vectors import ChromaEngine, Engine, VectorIndex
from assistant.indexing.worker import Job, run_job
from assistant.records import Document, Notice, Passage, Source

_LOG = logging.getLogger(__name__)
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Expected:
    """What the index must have been made with; None means that it does not matter here."""

    embedder: str | None = None  # fingerprint
    rules: Mapping[str, str] | None = None
    corpus_hash: str | None = None


@dataclass(frozen=True, slots=True)
class OpenOptions:
    """``chroma`` is "embedded" or a server's address; up to ``exact_until`` passages Chroma is left unopened."""

    chroma: str = EMBEDDED
    exact_until: int = 0


class Generation:
    """One generation, opened for reading. Close it when done: that removes the private copy of Chroma's files."""

    def __init__(self, folder: Path, manifest: Manifest, options: OpenOptions, notices: tuple[Notice, ...]) -> None:
        self._folder, self._options, self._notices = folder, options, notices
        self._contents = Contents(folder)
        self.manifest = manifest
        self.vectors = VectorIndex(
            self._contents.matrix, None if len(self.passages) <= options.exact_until else self._open_chroma
        )

    @property
    def name(self) -> str:
        return self.manifest.name

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What a reader of the answers should know about this index."""
        return self._notices + ((self.vectors.notice,) if self.vectors.notice else ())

    @property
    def sources(self) -> tuple[Source, ...]:
        return self._contents.sources

    @property
    def documents(self) -> Mapping[DocumentKey, Document]:
        """The indexed documents by (id, version)."""
        return self._contents.documents

    @property
    def passages(self) -> Sequence[Passage]:
        """By row; a passage is read from disk when it is first asked for."""
        return self._contents.passages

    @property
    def passage_ids(self) -> Sequence[str]:
        return self._contents.passage_ids

    @property
    def row_of(self) -> Mapping[str, int]:
        """Passage id to row."""
        return self._contents.row_of

    @property
    def document_keys(self) -> Sequence[DocumentKey]:
        return self._contents.document_keys

    @property
    def document_rows(self) -> NDArray[np.int32]:
        """For each passage row the place of its document in ``document_keys``."""
        return self._contents.document_rows

    @property
    def families(self) -> Mapping[str, Family]:
        """For each document the family within which its passages may be measured against each other."""
        return self._contents.families

    @property
    def questions(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        return self._contents.questions

    @property
    def words(self) -> LexicalIndex:
        """Over ``tokens.terms`` of heading path, text and example questions."""
        return self._contents.words

    @property
    def grams(self) -> LexicalIndex:
        """Over ``tokens.grams`` of the same."""
        return self._contents.grams

    @property
    def asked(self) -> AskedQuestions:
        """The keeper's questions as questions."""
        return self._contents.asked

    def close(self) -> None:
        self.vectors.close()

    def __enter__(self) -> Generation:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _open_chroma(self) -> Engine:
        server = self.manifest.chroma != EMBEDDED
        if server != (self._options.chroma != EMBEDDED):
            raise ChromaTroubleError("de index is gebouwd met een andere instelling index.chroma")
        if server:
            return self._engine(Place(self.manifest.collection, address=self._options.chroma), lambda: None)
        prefix = f"{CHROMA}/"
        files = {name.removeprefix(prefix): stamp for name, stamp in self.manifest.files.items() if name.startswith(prefix)}
        copy = PrivateCopy(self._folder / CHROMA, files)
        try:
            return self._engine(Place(self.manifest.collection, copy.folder), copy.close)
        except BaseException:
            copy.close()
            raise

    def _engine(self, place: Place, release: Callable[[], None]) -> Engine:
        return ChromaEngine(Collection.open(place), self.row_of, self.manifest.unreached, release)


def open_current(folder: Path, expected: Expected | None = None, options: OpenOptions | None = None) -> Generation:
    """Opens the current generation, or where that is damaged the newest good one, with a notice.

    Raises IndexUnusableError when there is no index, none is good, or it was made with something else than ``expected``.
    """
    expected, options = expected or Expected(), options or OpenOptions()
    for attempt in range(_TRIES):
        pointer, trouble = _pointer(folder)
        if trouble is None:
            try:
                notices = (messages.notice_rolled_back(pointer.generation),) if pointer.rolled_back else ()
                return _open(folder, pointer.generation, expected, options, notices, any_corpus=pointer.rolled_back)
            except IndexUnusableError as error:
                if error.code not in _DAMAGE:
                    raise
                trouble = error
        # A writer may have replaced and removed the generation between our two looks; then the pointer has moved.
        if attempt + 1 == _TRIES or _pointer(folder)[0] == pointer:
            break
    return _open_older(folder, pointer.generation, trouble, expected, options)


_DAMAGE = {"index-damaged", "index-foreign"}


def _pointer(folder: Path) -> tuple[Pointer, IndexUnusableError | None]:
    try:
        return read_pointer(folder), None
    except IndexUnusableError as error:
        return Pointer(""), error


def _open_older(
    folder: Path, broken: str, trouble: IndexUnusableError | None, expected: Expected, options: OpenOptions
) -> Generation:
    assert trouble is not None
    for name in names(folder):
        if name == broken:
            continue
        try:
            notice = messages.notice_older(broken or "onbekend", name)
            found = _open(folder, name, expected, options, (notice,), any_corpus=True)
        except IndexUnusableError:
            continue
        _LOG.warning("%s %s", trouble.message, notice.text)
        return found
    raise trouble


def _open(
    folder: Path, name: str, expected: Expected, options: OpenOptions, notices: tuple[Notice, ...], *, any_corpus: bool
) -> Generation:
    place = generations_folder(folder) / name
    try:
        if not place.is_dir():
            raise messages.damaged(f"generatie {name} ontbreekt")
        manifest = read_manifest(place)
        _check_expected(manifest, expected, any_corpus=any_corpus)
        check_files(place, manifest, thorough=False)
        return Generation(place, manifest, options, notices)
    except FileNotFoundError as error:
        raise messages.damaged(f"{error.filename} ontbreekt") from error
    except OSError as error:
        raise messages.not_read(system_reason(error)) from error


def _check_expected(manifest: Manifest, expected: Expected, *, any_corpus: bool) -> None:
    if expected.embedder is not None and manifest.embedder.fingerprint != expected.embedder:
        raise messages.mismatch("embedder", manifest.embedder.fingerprint[:12], expected.embedder[:12])
    if expected.rules is not None and dict(manifest.rules) != dict(expected.rules):
        raise messages.mismatch("rules", json.dumps(dict(manifest.rules)), json.dumps(dict(expected.rules)))
    if expected.corpus_hash is not None and not any_corpus and manifest.corpus_hash != expected.corpus_hash:
        raise messages.mismatch("corpus", manifest.corpus_hash[:12], expected.corpus_hash[:12])


def verify(folder: Path, name: str | None = None, chroma: str = EMBEDDED) -> list[str]:
    """Everything that is wrong with a generation (by default the current one), in Dutch; empty when it is good.

    Reads all files and asks Chroma for every vector, in a child process.
    """
    name = name or read_pointer(folder).generation
    place = generations_folder(folder) / name
    if name not in names(folder):
        raise messages.unknown_generation(name)
    with tempfile.TemporaryDirectory(prefix="regelwijzer-verify-") as scratch:
        job = Job("verify", str(place), str(Path(scratch, "chroma")), address="" if chroma == EMBEDDED else chroma)
        return list(run_job(job, lambda done, total: None).problems)
