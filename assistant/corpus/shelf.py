"""The corpus folder while it is being changed: one writer, its two TOML files, and where originals are put."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant.corpus.atomic import copy_atomic, storage_errors, write_atomic
from assistant.corpus.catalogue import CATALOGUE_NAME, Catalogue, open_catalogue, parse_catalogue
from assistant.corpus.editing import append_entry, change_entry, remove_entry
from assistant.corpus.originals import DOCUMENTS_FOLDER, sha256_of
from assistant.corpus.problems import Problem
from assistant.corpus.tomlfile import read_toml
from assistant.corpus.versions import VERSIONS_FOLDER, VERSIONS_NAME, VersionRecord, VersionState, parse_versions
from assistant.errors import BusyError, CorpusError, StorageError
from assistant.records import Source

LOCK_NAME = ".lock"

_VERSIONS_HEAD = (
    "# Andere versies van documenten dan die in catalogue.toml: vervangen versies, en concepten die wachten op publicatie.\n"
    "# Regelwijzer houdt dit bestand zelf bij.\n"
)
_SUFFIX = re.compile(r"\.[a-z0-9]{1,10}")


class Shelf:
    """A corpus folder that this process alone may change; get one from ``open_shelf``.

    The two TOML files are read afresh for every change and replaced in one step; a change that would make them invalid
    is refused before anything is written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def catalogue(self) -> Catalogue:
        return parse_catalogue(self._read(CATALOGUE_NAME))

    def versions(self) -> tuple[VersionRecord, ...]:
        return parse_versions(self._read(VERSIONS_NAME))

    def add_document(self, values: Mapping[str, Any]) -> None:
        """Appends an entry to the catalogue."""
        self._write_catalogue(append_entry(self._read(CATALOGUE_NAME), "document", values))

    def change_document(self, document_id: str, values: Mapping[str, Any]) -> None:
        """Sets keys of a document's entry in the catalogue."""
        index = [source.id for source in self.catalogue().sources].index(document_id)
        self._write_catalogue(change_entry(self._read(CATALOGUE_NAME), "document", index, values))

    def keep_version(self, source: Source, own: Mapping[str, Any], state: VersionState, added: date) -> None:
        """Records a version of a document, or how a version that is on record already now stands."""
        text = self._read(VERSIONS_NAME) or _VERSIONS_HEAD
        place = self._place(source.id, source.version)
        values: dict[str, Any] = {"file": source.file, "status": state.value, **own}
        if place is None:
            identity = {"document": source.id, "sha256": source.version}
            text = append_entry(text, "version", {**identity, **values, "added": added})
        else:
            text = change_entry(text, "version", place, values)
        self._write_versions(text)

    def drop_version(self, document_id: str, version: str) -> None:
        """Removes a version from the record, after it has become the catalogue's own."""
        place = self._place(document_id, version)
        if place is not None:
            self._write_versions(remove_entry(self._read(VERSIONS_NAME), "version", place))

    @contextmanager
    def placed(self, original: Path, version: str, document_id: str) -> Iterator[str]:
        """A copy of ``original`` under ``documents/``, by its name there; taken away again if what follows fails."""
        name = self._free_name(original, version, document_id)
        path = self.folder / name
        is_new = not path.exists()
        if is_new:
            self._copy(original, path, version)
        try:
            yield name
        except BaseException:  # also Ctrl-C: no file may stay that no entry names
            if is_new and not self._is_named(name):
                path.unlink(missing_ok=True)
            raise

    def _free_name(self, original: Path, version: str, document_id: str) -> str:
        """A name that is free or holds these very bytes: a file of other content is never replaced."""
        suffix = _suffix(original)
        for stem in (document_id, f"{document_id}-{version[:12]}"):
            path = self.folder / DOCUMENTS_FOLDER / f"{stem}{suffix}"
            if not path.exists() or (path.is_file() and sha256_of(path) == version):
                return f"{DOCUMENTS_FOLDER}/{stem}{suffix}"
        raise StorageError(
            "place-taken",
            f"In de map {DOCUMENTS_FOLDER} staat al iets anders onder de naam {stem}{suffix}.",
            "Geef dat bestand een andere naam.",
        )

    def _is_named(self, file: str) -> bool:
        sources, records = self.catalogue().sources, self.versions()
        return file in {source.file for source in sources} | {record.file for record in records}

    def archive(self, source: Source) -> Source:
        """Copies the file of a version that is being replaced under ``versions/``; the source as it is there."""
        original = self.folder / source.file
        name = f"{VERSIONS_FOLDER}/{source.version}{_suffix(original)}"
        path = self.folder / name
        if not (path.is_file() and sha256_of(path) == source.version):
            self._copy(original, path, source.version)
        return replace(source, file=name)

    def clear(self, file: str) -> None:
        """Removes a file under ``documents/`` that no entry names any more and whose bytes are kept under ``versions/``."""
        path = self.folder / file
        if self._is_named(file) or not file.startswith(f"{DOCUMENTS_FOLDER}/") or not path.is_file():
            return
        kept = self.folder / VERSIONS_FOLDER / f"{sha256_of(path)}{_suffix(path)}"
        if kept.is_file() and sha256_of(kept) == kept.stem:
            path.unlink()

    def _copy(self, original: Path, path: Path, version: str) -> None:
        copy_atomic(original, path)
        if sha256_of(path) != version:
            path.unlink()
            raise CorpusError(
                "file-changed",
                f"Het bestand {original.name} veranderde terwijl het werd gekopieerd.",
                "Probeer het opnieuw.",
            )

    def _place(self, document_id: str, version: str) -> int | None:
        identities = [(record.document, record.version) for record in self.versions()]
        return identities.index((document_id, version)) if (document_id, version) in identities else None

    def _read(self, name: str) -> str:
        path = self.folder / name
        if not path.exists():
            return ""
        file = read_toml(path, name)
        if isinstance(file, Problem):
            raise file.error()
        return file.source

    def _write_catalogue(self, text: str) -> None:
        parse_catalogue(text)
        write_atomic(self.folder / CATALOGUE_NAME, text.encode())

    def _write_versions(self, text: str) -> None:
        parse_versions(text)
        write_atomic(self.folder / VERSIONS_NAME, text.encode())


@contextmanager
def open_shelf(folder: Path) -> Iterator[Shelf]:
    """The folder for changing, kept from other writers. Raises BusyError at once where another one is at work.

    Also raises CorpusError where the catalogue is missing or wrong, for then nothing can be changed safely.
    """
    open_catalogue(folder)
    lock = FileLock(folder / LOCK_NAME, timeout=0)
    with storage_errors(folder / LOCK_NAME):
        try:
            lock.acquire()
        except Timeout as error:
            raise BusyError(
                "corpus-busy",
                "Iemand anders verandert nu het corpus; er is niets veranderd.",
                "Probeer het zo meteen opnieuw.",
            ) from error
    try:
        yield Shelf(folder)
    finally:
        lock.release()


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""
