"""The original files of the corpus: where they may stand, and that they are still the bytes the catalogue names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from assistant.corpus.problems import Problem
from assistant.corpus.schema import Table
from assistant.errors import system_reason

DOCUMENTS_FOLDER = "documents"

_CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def inside(corpus_folder: Path, name: str) -> Path | None:
    """The path of a file that the catalogue names, or None when it would lie outside the corpus folder."""
    relative = PurePosixPath(name)
    if relative.is_absolute() or PureWindowsPath(name).drive or "\\" in name or ".." in relative.parts or "\0" in name:
        return None
    path = corpus_folder / relative
    # A link may lead out of the folder even where its name does not.
    return path if path.resolve().is_relative_to(corpus_folder.resolve()) else None


def check_original(table: Table, corpus_folder: Path) -> Iterator[Problem]:
    """That the file of an entry lies in the corpus folder, is there, and has the checksum of the entry."""
    name, expected = table.values["file"], table.values["sha256"]
    path = inside(corpus_folder, name)
    if path is None:
        yield table.problem(
            "file-outside",
            "file",
            f"Het bestand '{name}' ligt buiten de map corpus.",
            "Zet het bestand in corpus/documents en noem het met een pad vanaf de map corpus.",
        )
        return
    if not path.is_file():
        yield table.problem(
            "file-missing",
            "file",
            f"Het bestand '{name}' bestaat niet.",
            "Zet het bestand terug, of verbeter de naam.",
        )
        return
    try:
        actual = sha256_of(path)
    except OSError as error:
        reason = system_reason(error)
        yield table.problem(
            "file-unreadable", "file", f"Het bestand '{name}' is niet te lezen ({reason}).", "Controleer de rechten."
        )
        return
    if actual != expected:
        yield table.problem(
            "file-changed",
            "sha256",
            f"Het bestand '{name}' is veranderd: de sha256 is {actual[:12]}… en niet {expected[:12]}….",
            "Zet het oude bestand terug, of voeg de nieuwe tekst als nieuwe versie toe met 'regelwijzer corpus add'.",
        )
