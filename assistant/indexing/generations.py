"""Generations on disk: their names, the pointer to the current one, the writer's lock, pruning and rolling back."""

from __future__ import annotations

import json
import logging
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import IndexUnusableError, RegelwijzerError, system_reason
from assistant.indexing import messages
from assistant.indexing.files import fsync_path, replace_json, storage_errors
from assistant.indexing.manifest import Manifest, check_files, read_manifest

_NAME = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")
_TIME = "%Y%m%dT%H%M%S%f"
_LOG = logging.getLogger(__name__)
_PATIENCE = 0.3  # seconds: longer than the blink for which status() tries the lock
BUILDING, _TRASH = ".building-", ".trash-"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which generation is current, and whether it was chosen by rolling back (then it may differ from the corpus)."""

    generation: str
    rolled_back: bool = False


@dataclass(frozen=True, slots=True)
class GenerationInfo:
    """One generation in an overview; ``problem`` says in Dutch what is wrong with it, or is empty."""

    name: str
    current: bool
    size: int
    manifest: Manifest | None
    problem: str


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """The whole index in an overview, newest generation first. ``problem`` concerns the pointer."""

    current: str
    rolled_back: bool
    building: bool
    generations: tuple[GenerationInfo, ...]
    problem: str


def generations_folder(folder: Path) -> Path:
    return folder / "generations"


def names(folder: Path) -> list[str]:
    """The names of all finished generations, newest first."""
    place = generations_folder(folder)
    if not place.is_dir():
        return []
    return sorted((entry.name for entry in place.iterdir() if _NAME.fullmatch(entry.name)), reverse=True)


def new_name(folder: Path, seed: str) -> str:
    """A name that sorts after every existing one, even where the clock was set back."""
    now = datetime.now(UTC)
    for newest in names(folder)[:1]:
        now = max(now, datetime.strptime(newest.split("-")[0], _TIME).replace(tzinfo=UTC) + timedelta(microseconds=1))
    return f"{now.strftime(_TIME)}-{seed[:8]}"


def built(name: str) -> datetime | None:
    """When the generation of that name was built; None for what is no such name."""
    return datetime.strptime(name.split("-")[0], _TIME).replace(tzinfo=UTC) if _NAME.fullmatch(name) else None


@contextmanager
def writer(folder: Path) -> Iterator[None]:
    """Holds the writer's lock; raises BusyError at once when another process has it."""
    with storage_errors():
        generations_folder(folder).mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".writer.lock")
    with storage_errors():
        try:
            lock.acquire(timeout=_PATIENCE, poll_interval=0.05)
        except Timeout as error:  # itself an OSError
            raise messages.busy() from error
    try:
        yield
    finally:
        lock.release()


def is_busy(folder: Path) -> bool:
    """Whether a writer is at work."""
    if not (folder / ".writer.lock").exists():
        return False
    lock = FileLock(folder / ".writer.lock")
    try:
        lock.acquire(timeout=0)
    except OSError:  # Timeout is one
        return True
    lock.release()
    return False


def read_pointer(folder: Path) -> Pointer:
    """The pointer to the current generation. Raises IndexUnusableError when there is none or it cannot be read."""
    try:
        value = json.loads((folder / "current").read_text("utf-8"))
        name, rolled_back = value["generation"], value["rolled_back"]
    except FileNotFoundError as error:
        raise messages.no_index() from error
    except OSError as error:
        raise messages.not_read(system_reason(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise messages.damaged("het bestand 'current' is niet te lezen") from error
    if not isinstance(name, str) or not _NAME.fullmatch(name) or not isinstance(rolled_back, bool):
        raise messages.damaged("het bestand 'current' wijst nergens naar")
    return Pointer(name, rolled_back)


def write_pointer(folder: Path, pointer: Pointer) -> None:
    """Makes a generation the current one, in one atomic step."""
    with storage_errors():
        replace_json(folder / "current", {"generation": pointer.generation, "rolled_back": pointer.rolled_back})


def publish(folder: Path, building: Path, name: str) -> None:
    """Renames a finished building folder to its name and makes it current."""
    target = generations_folder(folder) / name
    try:
        with storage_errors():
            building.rename(target)
            fsync_path(target.parent)
        write_pointer(folder, Pointer(name))
    except BaseException:
        if not _points_to(folder, name):
            _discard(target)
        raise


def _points_to(folder: Path, name: str) -> bool:
    try:
        return read_pointer(folder).generation == name
    except RegelwijzerError:
        return False


def _discard(place: Path) -> None:
    """Removes a generation; first out of sight, so that a half-removed one is never seen as one."""
    trash = place.with_name(f"{_TRASH}{place.name}")
    try:
        place.rename(trash)
    except OSError as error:
        _LOG.warning("%s could not be removed: %s", place, error)
        return
    shutil.rmtree(trash, ignore_errors=True)


def remove_leftovers(folder: Path) -> None:
    """Removes what builders that were killed left behind. Only for the holder of the writer's lock."""
    place = generations_folder(folder)
    for entry in [*place.glob(f"{BUILDING}*"), *place.glob(f"{_TRASH}*")]:
        shutil.rmtree(entry, ignore_errors=True)
    for aside in folder.glob(".current.*.tmp"):
        aside.unlink(missing_ok=True)


def prune(folder: Path, keep: int, current: str) -> list[str]:
    """Removes all but the newest ``keep`` generations, never ``current``; returns the names removed."""
    removed = [name for name in names(folder)[keep:] if name != current]
    for name in removed:
        _discard(generations_folder(folder) / name)
    return removed


def index_id(folder: Path) -> str:
    """A random name for this index, made once, so that several can share one Chroma server."""
    path = folder / "id"
    if not path.is_file():
        with storage_errors():
            replace_json(path, uuid.uuid4().hex[:8])
    try:
        found = json.loads(path.read_text("utf-8"))
    except ValueError:
        found = ""
    if not isinstance(found, str) or not re.fullmatch(r"[0-9a-f]{8}", found):
        with storage_errors():
            path.unlink()
        return index_id(folder)
    return found


def list_generations(folder: Path) -> list[GenerationInfo]:
    """Every generation with its manifest, newest first; damage is described, not raised."""
    try:
        current = read_pointer(folder).generation
    except IndexUnusableError:
        current = ""
    return [_describe(generations_folder(folder) / name, name == current) for name in names(folder)]


def _describe(place: Path, current: bool) -> GenerationInfo:
    manifest, problem, size = None, "", 0
    try:
        manifest = read_manifest(place)
        check_files(place, manifest, thorough=False)
        size = sum(stamp.size for stamp in manifest.files.values())
    except IndexUnusableError as error:
        problem = error.message
    except OSError as error:  # a writer may be removing it right now
        problem = messages.not_read(system_reason(error)).message
    return GenerationInfo(place.name, current, size, manifest, problem)


def status(folder: Path) -> IndexStatus:
    """An overview of the index; changes nothing."""
    pointer, problem = Pointer(""), ""
    try:
        pointer = read_pointer(folder)
    except IndexUnusableError as error:
        problem = error.message
    found = tuple(list_generations(folder))
    if pointer.generation and pointer.generation not in {info.name for info in found}:
        problem = messages.damaged(f"generatie {pointer.generation} ontbreekt").message
    return IndexStatus(pointer.generation, pointer.rolled_back, is_busy(folder), found, problem)


def rollback(folder: Path) -> Manifest:
    """Makes the newest good generation before the current one current again, and returns its manifest.

    Raises BusyError while an index is built, IndexUnusableError when there is nothing to go back to.
    """
    with writer(folder):
        current = read_pointer(folder).generation
        for info in list_generations(folder):
            if info.name < current and info.manifest and _is_whole(generations_folder(folder) / info.name, info.manifest):
                write_pointer(folder, Pointer(info.name, rolled_back=True))
                return info.manifest
    raise messages.no_earlier()


def _is_whole(place: Path, manifest: Manifest) -> bool:
    try:
        check_files(place, manifest, thorough=True)
    except (IndexUnusableError, OSError):
        return False
    return True
