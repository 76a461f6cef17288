"""Writing files so that a reader sees the old or the new content, never half of it, also after a crash or a full disk."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from assistant.errors import StorageError, system_reason


def write_atomic(path: Path, data: bytes) -> None:
    """Replaces ``path`` by ``data`` in one step. Raises StorageError; the old content is then still there."""
    _replace(path, lambda stream: stream.write(data))


def copy_atomic(source: Path, path: Path) -> None:
    """Copies a file's bytes to ``path``, which appears whole or not at all. Raises StorageError."""

    def copy(stream: IO[bytes]) -> None:
        with source.open("rb") as original:
            shutil.copyfileobj(original, stream, 1 << 20)

    _replace(path, copy)


def _replace(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{secrets.token_hex(8)}.tmp")
        try:
            with aside.open("xb") as stream:
                write(stream)
                stream.flush()
                os.fsync(stream.fileno())
            if path.exists():
                shutil.copymode(path, aside)
            os.replace(aside, path)
        except BaseException:  # also Ctrl-C: the half-written file must not stay behind
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Makes the rename itself last; not every platform lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turns what the file system refuses into a StorageError with a Dutch reason."""
    try:
        yield
    except OSError as error:
        reason = system_reason(error)
        raise StorageError(
            "write-failed",
            f"{path.name} kon niet worden geschreven ({reason}); er is niets veranderd.",
            "Maak ruimte vrij op de schijf of geef schrijfrechten op de map, en probeer het opnieuw.",
        ) from error
