"""The archive: a ZIP file with a manifest that names every file with its size and SHA-256.

Nothing of an archive is believed before it is checked: names that would leave the folder, links, files that the manifest
does not name, and sizes that are not what they say.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, LargeZipFile, ZipFile, ZipInfo
from zlib import error as DeflateError

from assistant.errors import StorageError, UsageError, system_reason

MANIFEST, SCHEMA = "manifest.json", "backup/1"
CORPUS, DATABASE, SETTINGS = "corpus", "data/regelwijzer.sqlite3", "regelwijzer.toml"

_CHUNK = 1 << 20
_MOST_FILES = 100_000
_LONGEST_MANIFEST = 64 << 20
_SUSPECT_SIZE, _SUSPECT_RATIO = 1 << 30, 200  # so much text never packs so small: what does was made to fill a disk
_LEFT_FREE = 64 << 20  # bytes of the disk that are left alone
_ENCRYPTED = 0x1
# What comes of reading a file that is no archive, or a manifest that is none. RuntimeError: it is encrypted.
_DAMAGE: tuple[type[Exception], ...] = (BadZipFile, DeflateError, LZMAError, EOFError, LookupError)
_DAMAGE = (*_DAMAGE, TypeError, ValueError, ArithmeticError, AttributeError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of the archive as the manifest names it."""

    size: int
    sha256: str


class ArchiveWriter:
    """Adds files one after another and remembers what the manifest will say of them."""

    def __init__(self, zipped: ZipFile) -> None:
        self._zip = zipped
        self.files: dict[str, Stored] = {}

    def add(self, name: str, path: Path) -> None:
        """Adds the file at ``path`` under ``name``. Raises OSError."""
        with path.open("rb") as source:
            self._write(name, source)

    def add_bytes(self, name: str, data: bytes) -> None:
        self._zip.writestr(_info(name), data)
        self.files[name] = Stored(len(data), hashlib.sha256(data).hexdigest())

    def close(self, about: Mapping[str, str]) -> None:
        """Writes the manifest."""
        files = {name: {"size": file.size, "sha256": file.sha256} for name, file in self.files.items()}
        manifest = {"schema": SCHEMA, **about, "files": files}
        self._zip.writestr(_info(MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1))

    def _write(self, name: str, source: IO[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        with self._zip.open(_info(name), "w", force_zip64=True) as target:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self.files[name] = Stored(size, digest.hexdigest())


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    return info


@contextmanager
def new_archive(path: Path) -> Iterator[ArchiveWriter]:
    """Writes an archive beside ``path``, that gets its name when all of it is on disk. Raises UsageError, StorageError."""
    if path.exists():
        raise UsageError("backup-exists", f"Het bestand {path} bestaat al.", "Kies een andere naam voor de reservekopie.")
    aside = path.with_name(f".{path.name}.deel")
    try:
        # For this user's eyes only: conversations are in it.
        with os.fdopen(os.open(aside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
                yield ArchiveWriter(zipped)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except (OSError, LargeZipFile) as error:
        reason = system_reason(error)
        raise StorageError(
            "backup-unwritable",
            f"De reservekopie {path} kan niet worden geschreven ({reason}).",
            "Maak ruimte vrij of kies een andere map.",
        ) from error
    finally:
        aside.unlink(missing_ok=True)


def unpack(path: Path, folder: Path) -> Mapping[str, Any]:
    """Checks an archive and puts its files under ``folder``; returns the manifest.

    Nothing is written outside ``folder``, and nothing at all before names and sizes are checked. Raises UsageError for a
    file that is no sound backup, StorageError when there is no room.
    """
    if not path.is_file():
        raise UsageError(
            "restore-missing", f"Het bestand {path} bestaat niet.", "Geef het bestand dat 'regelwijzer backup' maakte."
        )
    try:
        with ZipFile(path) as zipped:
            manifest = _manifest(path, zipped)
            files = {name: Stored(int(f["size"]), str(f["sha256"])) for name, f in manifest["files"].items()}
            _check_names(path, zipped, files)
            _check_sizes(path, zipped, folder)
            for name, expected in files.items():
                _extract(path, zipped, name, expected, folder)
    except _DAMAGE as error:
        raise damaged(path) from error
    except OSError as error:
        raise StorageError(
            "restore-unwritable",
            f"De reservekopie kan niet worden uitgepakt ({system_reason(error)}); er is niets veranderd.",
            "Maak ruimte vrij of geef schrijfrechten, en probeer het opnieuw.",
        ) from error
    return manifest


def _manifest(path: Path, zipped: ZipFile) -> Mapping[str, Any]:
    with zipped.open(MANIFEST) as file:
        text = file.read(_LONGEST_MANIFEST + 1)
    if len(text) > _LONGEST_MANIFEST:
        raise damaged(path)
    manifest = json.loads(text)
    if manifest["schema"] != SCHEMA:
        raise UsageError(
            "restore-schema",
            f"{path} is van een andere versie van Regelwijzer ({manifest['schema']}).",
            "Gebruik de versie van Regelwijzer die de reservekopie maakte.",
        )
    found: Mapping[str, Any] = manifest
    return found


def _check_names(path: Path, zipped: ZipFile, files: Mapping[str, Stored]) -> None:
    """That the archive holds what the manifest names and nothing else, all of it plain files at places of our own."""
    names = [info.filename for info in zipped.infolist()]
    if len(names) > _MOST_FILES or len({*names}) != len(names) or {*names} != {*files, MANIFEST}:
        raise damaged(path)
    for info in zipped.infolist():
        kind = stat.S_IFMT(info.external_attr >> 16)
        plain = kind in (0, stat.S_IFREG) and not info.is_dir() and not info.flag_bits & _ENCRYPTED
        if not plain or not (info.filename == MANIFEST or is_ours(info.filename)):
            raise UsageError(
                "restore-unsafe",
                f"{path} bevat iets wat er niet in hoort ({ascii(info.filename)[:80]}); er is niets teruggezet.",
                "Gebruik een bestand dat 'regelwijzer backup' heeft gemaakt.",
            )


def is_ours(name: str) -> bool:
    """Whether a backup may hold a file of this name: never one that leads out of the home folder."""
    parts = PurePosixPath(name).parts
    odd = "\\" in name or ":" in name or any(ord(char) < 32 for char in name) or "/".join(parts) != name
    if odd or not parts or ".." in parts or name.startswith("/"):
        return False
    return name in (DATABASE, SETTINGS) or (parts[0] == CORPUS and len(parts) > 1)


def _check_sizes(path: Path, zipped: ZipFile, folder: Path) -> None:
    total = sum(info.file_size for info in zipped.infolist())
    packed = max(1, path.stat().st_size)
    if total > _SUSPECT_SIZE and total > _SUSPECT_RATIO * packed:
        raise UsageError(
            "restore-bomb",
            f"{path} zou uitgepakt {total / 1e9:.0f} GB zijn; dat kan geen reservekopie van Regelwijzer zijn.",
            "Gebruik een bestand dat 'regelwijzer backup' heeft gemaakt.",
        )
    free = shutil.disk_usage(folder).free - _LEFT_FREE
    if total > free:
        raise StorageError(
            "restore-no-room",
            f"Voor terugzetten is {total / 1e9:.2f} GB nodig; er is {max(free, 0) / 1e9:.2f} GB vrij.",
            "Maak ruimte vrij en probeer het opnieuw.",
        )


def _extract(path: Path, zipped: ZipFile, name: str, expected: Stored, folder: Path) -> None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with zipped.open(name) as source, target.open("xb") as written:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > expected.size:  # whatever the archive says of itself, no more is written than the manifest names
                raise damaged(path)
            digest.update(chunk)
            written.write(chunk)
        written.flush()
        os.fsync(written.fileno())
    if size != expected.size or digest.hexdigest() != expected.sha256:
        raise damaged(path)


def damaged(path: Path) -> UsageError:
    """The file is no backup, or no longer what it was when it was made."""
    return UsageError(
        "restore-damaged",
        f"{path} is geen (gave) reservekopie van Regelwijzer; er is niets veranderd.",
        "Geef het bestand dat 'regelwijzer backup' maakte.",
    )
