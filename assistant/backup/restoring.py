"""Puts a backup back: checked first, then all at once, and what it replaces is kept beside it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL

from assistant.backup.archive import CORPUS, DATABASE, SETTINGS, damaged, unpack
from assistant.backup.making import corpus_lock, database_file
from assistant.corpus.atomic import copy_atomic, storage_errors
from assistant.corpus.library import Library
from assistant.corpus.originals import sha256_of
from assistant.errors import CorpusError, StorageError, system_reason
from assistant.home import Home
from assistant.settings import Settings, load_settings
from assistant.store import Store

KEPT = "voor-terugzetten"  # and the moment: the folder for what was replaced


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where what it replaced is kept (None where there was nothing).

    ``database``: ``restored``, ``none`` (the backup holds none) or ``elsewhere`` (they are in PostgreSQL now).
    ``settings``: ``restored``, ``kept`` (there were settings, and those stay) or ``none``.
    """

    made: str
    documents: int
    database: str
    settings: str
    kept: Path | None


def restore(home: Home, path: Path, now: datetime) -> Restored:
    """Replaces corpus and conversations by those of a backup, after all of it was checked.

    Settings are only put back where there are none: a backup holds no passwords. Whatever goes wrong before the end leaves
    everything as it was. Raises UsageError, BusyError and StorageError.
    """
    with storage_errors(home.root):
        home.root.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".terugzetten-", dir=home.root))
    try:
        manifest = unpack(path, staging)
        documents = _checked_corpus(path, staging)
        settings = load_settings(home.root if (home.root / SETTINGS).is_file() else staging)
        file = database_file(home, settings)
        in_backup = (staging / DATABASE).is_file()
        has_database = in_backup and file is not None
        if has_database:
            _checked_database(path, staging / DATABASE)
        with corpus_lock(home):
            kept = _swap(home, staging, settings, now, has_database)
        return Restored(
            made=str(manifest.get("made", "")),
            documents=documents,
            database="restored" if has_database else "elsewhere" if in_backup else "none",
            settings=_settings(home, staging),
            kept=kept,
        )
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _checked_corpus(path: Path, staging: Path) -> int:
    """How many documents the corpus of the archive holds, after checking that its catalogue and files fit each other."""
    library = Library(staging / CORPUS, staging / "cache")
    try:
        with_file = [source for source in library.catalogue.sources if source.file]
        for source in with_file:
            library.path_of(source)
    except CorpusError as error:
        raise damaged(path) from error
    return len(with_file)


def _checked_database(path: Path, file: Path) -> None:
    """Opens a copy of it, so that one of a later program is refused before anything changes. Raises UsageError."""
    trial = file.with_suffix(".proef")
    with storage_errors(trial):
        shutil.copyfile(file, trial)
    try:
        Store(URL.create("sqlite", database=str(trial))).close()
    except StorageError as error:
        raise damaged(path) from error
    finally:
        for left in trial.parent.glob(f"{trial.name}*"):
            left.unlink(missing_ok=True)


def _swap(home: Home, staging: Path, settings: Settings, now: datetime, has_database: bool) -> Path | None:
    """Puts the corpus in place with two renames and the database in one transaction; undone if the last of it fails."""
    kept = home.root / f"{KEPT}-{now:%Y%m%d-%H%M%S}"
    with storage_errors(kept):
        kept.mkdir(mode=0o700)
    with ExitStack() as undo:  # also at Ctrl-C: nothing may be half put back
        undo.callback(shutil.rmtree, kept, ignore_errors=True)
        try:
            if has_database:
                _keep_database(home, settings, kept / DATABASE, undo)
            if home.corpus.exists():
                _move(home.corpus, kept / CORPUS, undo, os.rename)
            _move(staging / CORPUS, home.corpus, undo, os.rename)
            if has_database:
                with Store.open(home, settings.store) as store:
                    store.maintenance.restore(staging / DATABASE)
        except OSError as error:
            raise StorageError(
                "restore-failed",
                f"Terugzetten is niet gelukt ({system_reason(error)}); alles is zoals het was.",
                "Geef schrijfrechten op de map, en probeer het opnieuw.",
            ) from error
        undo.pop_all()
    with suppress(OSError):  # nothing was replaced
        kept.rmdir()
    return kept if kept.is_dir() else None


def _move(source: Path, target: Path, undo: ExitStack, move: Callable[[Path, Path], object]) -> None:
    move(source, target)
    undo.callback(move, target, source)


def _keep_database(home: Home, settings: Settings, copy: Path, undo: ExitStack) -> None:
    """A copy of the present database, or where it is damaged its very files, so that a sound one can take their place."""
    present = database_file(home, settings)
    if present is None or not present.is_file():
        return
    copy.parent.mkdir()
    try:
        with Store.open(home, settings.store) as store:
            store.maintenance.backup(copy)
    except StorageError as error:
        if error.code != "store-damaged":
            raise
        for end in ("", "-wal", "-shm", "-journal"):
            part = present.with_name(present.name + end)
            if part.exists():
                _move(part, copy.with_name(copy.name + end), undo, shutil.move)  # it may lie on another disk
        undo.callback(present.unlink, missing_ok=True)


def _settings(home: Home, staging: Path) -> str:
    if not (staging / SETTINGS).is_file():
        return "none"
    present = home.root / SETTINGS
    if not present.is_file():
        copy_atomic(staging / SETTINGS, present)
        return "restored"
    return "kept" if sha256_of(present) != sha256_of(staging / SETTINGS) else "none"
