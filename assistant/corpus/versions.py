"""Other versions of documents than the catalogue's own: replaced ones, and drafts that wait to be published.

``versions.toml`` beside the catalogue names them; their files stay under ``versions/`` for ever, so that a citation of an
old answer still opens on the version that it was made from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.corpus.catalogue import SOURCE_URL, SOURCE_URL_HINT
from assistant.corpus.originals import check_original
from assistant.corpus.problems import Problem
from assistant.corpus.schema import SHA_HINT, SHA_PATTERN, Key, check_table, tables_in, unknown_sections
from assistant.corpus.tomlfile import TomlFile, parse_toml, read_toml
from assistant.records import DocumentStatus, Source

VERSIONS_NAME = "versions.toml"
VERSIONS_FOLDER = "versions"


class VersionState(StrEnum):
    """How a version that is not the catalogue's own stands."""

    DRAFT = "concept"
    REPLACED = "vervangen"


# What a version may say otherwise than the catalogue's entry does.
_OWN_KEYS = {
    "title": Key(str, filled=True),
    "date": Key(date),
    "valid_from": Key(date),
    "valid_until": Key(date),
    "source_url": Key(str, pattern=SOURCE_URL, hint=SOURCE_URL_HINT),
}
_KEYS = {
    "document": Key(str, required=True, filled=True),
    "sha256": Key(str, required=True, pattern=SHA_PATTERN, hint=SHA_HINT),
    "file": Key(str, required=True, filled=True),
    "status": Key(str, required=True, choices=[state.value for state in VersionState]),
    "added": Key(date, required=True),
    **_OWN_KEYS,
}


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """A version of a document, its file, when it was added, and what it says otherwise than the catalogue (``own``)."""

    document: str
    version: str
    file: str
    state: VersionState
    added: date
    own: Mapping[str, Any]

    def source(self, current: Source) -> Source:
        """The catalogue's entry as it is for this version."""
        status = DocumentStatus.DRAFT if self.state is VersionState.DRAFT else DocumentStatus.RETIRED
        return replace(current, version=self.version, file=self.file, status=status, **self.own)


def load_versions(corpus_folder: Path) -> tuple[VersionRecord, ...]:
    """All records in the order of the file; none where there is no file. Raises CorpusError with the line."""
    file = _open(corpus_folder)
    return () if file is None else _records(file)


def parse_versions(source: str) -> tuple[VersionRecord, ...]:
    """The records that this TOML text would give, files aside. Raises CorpusError like ``load_versions``."""
    return _records(parse_toml(source, VERSIONS_NAME))


def _records(file: TomlFile | Problem) -> tuple[VersionRecord, ...]:
    if isinstance(file, Problem):
        raise file.error()
    for problem in _problems(file, None):
        raise problem.error()
    return tuple(_record(values) for values in file.values.get("version", []))


def check_versions(corpus_folder: Path, known: Collection[str]) -> list[Problem]:
    """Every problem of the records and their files; ``known`` are the catalogue's ids."""
    file = _open(corpus_folder)
    if file is None:
        return []
    if isinstance(file, Problem):
        return [file]
    return [*_problems(file, corpus_folder, known)]


def _record(values: Mapping[str, Any]) -> VersionRecord:
    return VersionRecord(
        document=values["document"],
        version=values["sha256"],
        file=values["file"],
        state=VersionState(values["status"]),
        added=values["added"],
        own={key: values[key] for key in _OWN_KEYS if key in values},
    )


def _open(corpus_folder: Path) -> TomlFile | Problem | None:
    path = corpus_folder / VERSIONS_NAME
    return read_toml(path, VERSIONS_NAME) if path.exists() else None


def _problems(file: TomlFile, corpus_folder: Path | None, known: Collection[str] | None = None) -> Iterator[Problem]:
    yield from unknown_sections(file, ("version",))
    seen: dict[tuple[str, str], int] = {}
    for table in tables_in(file, "version", "versie", "document"):
        if isinstance(table, Problem):
            yield table
            continue
        problems = [*check_table(table, _KEYS)]
        yield from problems
        if problems:
            continue
        identity = (table.values["document"], table.values["sha256"])
        if identity in seen:
            yield table.problem(
                "duplicate-version",
                "sha256",
                f"Deze versie staat ook al op regel {seen[identity]}.",
                "Verwijder een van de twee.",
            )
        seen.setdefault(identity, file.line(*table.place))
        if known is not None and identity[0] not in known:
            yield table.problem(
                "unknown-document",
                "document",
                f"Het document '{identity[0]}' staat niet in de catalogus.",
                "Verbeter de naam, of neem het document op in de catalogus.",
            )
        if corpus_folder is not None:
            yield from check_original(table, corpus_folder)
