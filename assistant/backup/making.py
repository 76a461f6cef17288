"""Makes a backup of a home folder while others go on working."""

from __future__ import annotations

import re
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import tomlkit
from filelock import FileLock, Timeout

from assistant import __version__
from assistant.backup.archive import CORPUS, DATABASE, SETTINGS, Stored, is_ours, new_archive
from assistant.corpus.atomic import storage_errors
from assistant.corpus.catalogue import CATALOGUE_NAME
from assistant.corpus.shelf import LOCK_NAME
from assistant.errors import BusyError, CorpusError, UsageError
from assistant.home import Home
from assistant.settings import Settings
from assistant.store import Store

_PASSWORD = re.compile(r"(?P<before>[a-z][a-z0-9+.-]*://[^/@:\s]*):[^/@\s]*@", re.IGNORECASE)
_SECRET_PART = re.compile(
    r"(?P<before>[?&])(?:password|passwd|sslpassword|passfile|api_?key|token|secret)=[^&#\s]*", re.IGNORECASE
)
_SECRET_NAME = re.compile(r"password|wachtwoord|secret|geheim|token|api_?key", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What is in a backup. ``database``: ``sqlite``, ``postgresql`` (then it is not in it) or ``none``."""

    path: Path
    corpus_files: int
    size: int
    database: str
    left_out: tuple[str, ...] = ()
    secrets_left_out: bool = False


def back_up(home: Home, settings: Settings, path: Path, now: datetime) -> BackedUp:
    """Writes the corpus, the database and the settings without secrets to a new file.

    A database in PostgreSQL is not in it: its own programs do that better. Raises UsageError, CorpusError (there is no
    corpus), BusyError (the corpus is being changed) and StorageError; the file then does not come into being.
    """
    if not (home.corpus / CATALOGUE_NAME).is_file():
        raise CorpusError("catalogue-missing", f"In {home.root} staat geen corpus.", "Wijs met --home een andere map aan.")
    if path.resolve().is_relative_to(home.corpus.resolve()):
        raise UsageError("backup-inside", "De reservekopie kan niet in de map corpus komen.", "Kies een andere map.")
    with corpus_lock(home), new_archive(path) as archive:
        left_out = []
        for file in sorted(home.corpus.rglob("*")):
            name = f"{CORPUS}/{file.relative_to(home.corpus).as_posix()}"
            if file.is_symlink() or not is_ours(name):
                left_out.append(name)
            elif file.is_file() and file.name != LOCK_NAME and not (file.name.startswith(".") and file.suffix == ".tmp"):
                archive.add(name, file)
        count = len(archive.files)
        text, secrets = _settings_text(home.root / SETTINGS)
        if text:
            archive.add_bytes(SETTINGS, text.encode())
        database = database_kind(home, settings)
        if database == "sqlite":
            with tempfile.TemporaryDirectory(prefix="regelwijzer-backup-") as folder:
                copy = Path(folder) / Path(DATABASE).name
                with Store.open(home, settings.store) as store:
                    store.maintenance.backup(copy)
                archive.add(DATABASE, copy)
        archive.close({"made": now.isoformat(timespec="seconds"), "program": __version__, "database": database})
    return BackedUp(path, count, _total(archive.files), database, tuple(left_out), secrets)


@contextmanager
def corpus_lock(home: Home) -> Iterator[None]:
    """Keeps the corpus from being changed meanwhile. Raises BusyError at once where someone does."""
    if not home.corpus.is_dir():
        yield
        return
    lock = FileLock(home.corpus / LOCK_NAME, timeout=0)
    with storage_errors(home.corpus / LOCK_NAME):
        try:
            lock.acquire()
        except Timeout as error:
            raise BusyError(
                "corpus-busy", "Iemand anders verandert nu het corpus.", "Probeer het zo meteen opnieuw."
            ) from error
    try:
        yield
    finally:
        lock.release()


def database_kind(home: Home, settings: Settings) -> str:
    """Where conversations are kept now: ``sqlite``, ``postgresql``, or ``none`` when there is no database yet."""
    file = database_file(home, settings)
    if file is None:
        return "postgresql"
    return "sqlite" if file.is_file() else "none"


def database_file(home: Home, settings: Settings) -> Path | None:
    """The SQLite file of the settings, whether or not it is there; None for PostgreSQL. Raises UsageError."""
    url = Store.address(home, settings.store)
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def _total(files: dict[str, Stored]) -> int:
    return sum(file.size for file in files.values())


def _settings_text(path: Path) -> tuple[str, bool]:
    """The settings as TOML without passwords, and without comments, for those may hold some too. Raises StorageError."""
    if not path.is_file():
        return "", False
    with storage_errors(path):
        values = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    clean = _without_secrets(values)
    return tomlkit.dumps(clean), clean != values


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_secrets(inner) for key, inner in value.items() if not _SECRET_NAME.search(key)}
    if isinstance(value, str):
        return _SECRET_PART.sub(r"\g<before>", _PASSWORD.sub(r"\g<before>@", value))
    return value
