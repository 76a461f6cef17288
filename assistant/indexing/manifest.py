"""The manifest of a generation: what it was made of, and the size and SHA-256 of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.indexing import messages
from assistant.indexing.files import sha256, tree_files

SCHEMA = 4
NAME = "manifest.json"
_SMALL = 16 << 20  # files up to this size are hashed whenever a generation is opened; larger ones by verification


@dataclass(frozen=True, slots=True)
class EmbedderStamp:
    """Which embedder made the vectors."""

    name: str
    fingerprint: str
    dimension: int


@dataclass(frozen=True, slots=True)
class FileStamp:
    """Size in bytes and SHA-256 of a file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything about a generation that is needed to decide whether it may be used.

    ``chroma`` is "embedded" (the collection lies in the generation's own folder) or "server"; ``collection`` is its name.
    ``counts`` holds sources, documents, passages, words, grams, asked (questions), embedded and reused (vectors).
    ``unreached`` lists the rows that Chroma holds but that its graph does not lead to (HNSW leaves some behind among
    near-duplicates): the search compares with these one by one, so that no passage is lost.
    """

    name: str
    created: str
    corpus_hash: str
    embedder: EmbedderStamp
    rules: Mapping[str, str]
    counts: Mapping[str, int]
    chroma: str
    collection: str
    files: Mapping[str, FileStamp]
    unreached: tuple[int, ...] = ()
    schema: int = SCHEMA

    def to_json(self) -> str:
        """The manifest as JSON with a checksum over itself."""
        body = asdict(self)
        return json.dumps({**body, "checksum": _checksum(body)}, indent=1, sort_keys=True)


def parse_manifest(text: str) -> Manifest:
    """Reads what :meth:`Manifest.to_json` wrote. Raises IndexUnusableError when it is damaged or of another schema."""
    try:
        body: dict[str, Any] = json.loads(text)
        checksum = body.pop("checksum")
        if body.get("schema") != SCHEMA:
            raise messages.foreign(f"versie {body.get('schema')} van de indeling, verwacht {SCHEMA}")
        if checksum != _checksum(body):
            raise messages.damaged(f"{NAME} is veranderd")
        body["embedder"] = EmbedderStamp(**body["embedder"])
        body["files"] = {name: FileStamp(**stamp) for name, stamp in body["files"].items()}
        body["unreached"] = tuple(body["unreached"])
        return Manifest(**body)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise messages.damaged(f"{NAME} is niet te lezen") from error


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the generation in ``folder``. Raises IndexUnusableError."""
    try:
        manifest = parse_manifest((folder / NAME).read_text("utf-8"))
    except FileNotFoundError as error:
        raise messages.damaged(f"{NAME} ontbreekt in {folder.name}") from error
    except UnicodeDecodeError as error:
        raise messages.damaged(f"{NAME} is niet te lezen") from error
    if manifest.name != folder.name.removeprefix(".building-"):
        raise messages.foreign(f"de map heet {folder.name}, de inhoud {manifest.name}")
    return manifest


def stamp_files(folder: Path) -> dict[str, FileStamp]:
    """Size and SHA-256 of every file of a generation but the manifest."""
    return {
        path.relative_to(folder).as_posix(): FileStamp(path.stat().st_size, sha256(path))
        for path in tree_files(folder)
        if path != folder / NAME
    }


def check_files(folder: Path, manifest: Manifest, *, thorough: bool) -> None:
    """Holds the files against the manifest: all sizes, and the hashes of small files or, ``thorough``, of all.

    A stray file harms no answer, so only ``thorough`` refuses it. Raises IndexUnusableError at the first file that is wrong.
    """
    present = {path.relative_to(folder).as_posix() for path in tree_files(folder)} - {NAME}
    if missing := set(manifest.files) - present:
        raise messages.damaged(f"{min(missing)} ontbreekt")
    if thorough and (strange := present - set(manifest.files)):
        raise messages.foreign(f"{min(strange)} hoort er niet bij")
    for name, stamp in manifest.files.items():
        path = folder / name
        if path.stat().st_size != stamp.size:
            raise messages.damaged(f"{name} is {path.stat().st_size} bytes groot, verwacht {stamp.size}")
        if (thorough or stamp.size <= _SMALL) and sha256(path) != stamp.sha256:
            raise messages.damaged(f"{name} is veranderd")


def _checksum(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
