"""Writing so that it is on disk, and hashing: the few file habits that every part of the index shares."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tokenize import TokenError
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.errors import system_reason
from assistant.indexing import messages

T = TypeVar("T", bound=np.generic)

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CHUNK = 1 << 20


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turns what the operating system refuses into a StorageError in Dutch."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise messages.disk_full() from error
        raise messages.not_written(system_reason(error)) from error


def save_array(path: Path, array: NDArray[Any]) -> None:
    """Writes ``array`` as .npy with plain writes.

    ``numpy.save`` hides the errno of a full disk, and writing through a memory map turns a full disk into SIGBUS.
    """
    array = np.ascontiguousarray(array)
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(array))
        file.write(array.reshape(-1).view(np.uint8).data)


def load_array(path: Path, kind: type[T]) -> NDArray[T]:
    """The array in ``path``, memory-mapped and read-only, as a plain ndarray (memmap's own slicing is slow).

    Raises ValueError where the file holds no array of ``kind``.
    """
    if path.stat().st_size < 128:
        raise ValueError(f"{path.name} is too short for an array")
    try:
        loaded = np.load(path, mmap_mode="r", allow_pickle=False)
    except (EOFError, OverflowError, SyntaxError, TokenError, zipfile.BadZipFile) as error:  # of a header that was changed
        raise ValueError(f"{path.name} has no header of an array") from error
    if not isinstance(loaded, np.ndarray) or loaded.dtype != kind:
        raise ValueError(f"{path.name} holds something else than {kind.__name__}")
    return np.asarray(loaded)


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def fsync_path(path: Path) -> None:
    """Flushes one file or folder to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fsync_tree(folder: Path) -> None:
    """Flushes every file and folder below ``folder``, and the folder itself."""
    for place, _, names in os.walk(folder, topdown=False):
        for name in names:
            fsync_path(Path(place, name))
        fsync_path(Path(place))


def replace_json(path: Path, value: object) -> None:
    """Replaces ``path`` by ``value`` in one atomic step that survives a power cut."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with aside.open("w", encoding="utf-8") as file:
            json.dump(value, file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    fsync_path(path.parent)


def tree_files(folder: Path) -> list[Path]:
    """Every file below ``folder``, in a fixed order."""
    return sorted(Path(place, name) for place, _, names in os.walk(folder) for name in names)
