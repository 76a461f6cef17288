"""Records in a file of JSON lines, read one at a time when they are asked for.

Opening costs nothing per record: the places of the lines are a memory-mapped array. Every line has a checksum that is
compared whenever it is read, so that no damaged text is ever quoted.
"""

from __future__ import annotations

import json
import mmap
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

import numpy as np

from assistant.indexing import messages
from assistant.indexing.files import load_array, save_array

T = TypeVar("T")


def write_lines(path: Path, values: Iterable[dict[str, Any]]) -> None:
    """Writes ``values`` as JSON lines to ``path``, with their places and checksums in ``path``.places.npy."""
    places: list[tuple[int, int]] = []
    at = 0
    with path.open("wb") as file:
        for value in values:
            line = json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"
            file.write(line)
            at += len(line)
            places.append((at, zlib.crc32(line)))
    save_array(_places(path), np.array(places, dtype=np.int64).reshape(-1, 2))


class Lines(Sequence[T], Generic[T]):
    """A sequence of records over such a file; what was read once is kept."""

    def __init__(self, path: Path, decode: Callable[[dict[str, Any]], T]) -> None:
        self._path = path
        self._decode = decode
        self._places = load_array(_places(path), np.int64)
        self._kept: dict[int, T] = {}
        self._bytes: mmap.mmap | bytes = b""
        if len(self._places):
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if (int(self._places[-1][0]) if len(self._places) else 0) != len(self._bytes):
            raise messages.damaged(f"{path.name} is niet compleet")

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        row = int(index) + (len(self) if index < 0 else 0)
        if not 0 <= row < len(self):
            raise IndexError(index)
        if row not in self._kept:
            self._kept[row] = self._read(row)
        return self._kept[row]

    def _read(self, row: int) -> T:
        start = int(self._places[row - 1][0]) if row else 0
        end, checksum = (int(number) for number in self._places[row])
        line = self._bytes[start:end]
        if zlib.crc32(line) != checksum:
            raise messages.damaged(f"regel {row + 1} van {self._path.name} is veranderd")
        return self._decode(json.loads(line))


def _places(path: Path) -> Path:
    return path.with_name(f"{path.name}.places.npy")
