"""Work that is done in a child process (:mod:`assistant.indexing.child`), seen from the parent.

Chroma is written in a process of its own because it frees its files only when its process ends, and because its native code
may abort on a full disk. The parent sends one line of JSON (a :class:`Job`) and keeps the pipe open; when the pipe closes
the parent is dead and the child ends at once. Answers are lines of JSON: progress, then the result.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from assistant.errors import StorageError
from assistant.indexing import messages

Progress = Callable[[int, int], None]
_LOG = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Job:
    """What the child must do: ``write`` the collection or ``verify`` the generation in ``folder``."""

    task: str
    folder: str
    scratch: str = ""
    collection: str = ""
    address: str = ""  # of a Chroma server; empty: embedded


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: problems in Dutch, and the rows that Chroma's graph does not lead to."""

    problems: tuple[str, ...] = ()
    unreached: tuple[int, ...] = ()


@contextmanager
def started(job: Job) -> Iterator[Callable[[Progress], Outcome]]:
    """Starts ``job`` in a child and yields the function that waits for its outcome.

    That function raises StorageError when the child could not do its work. Leaving the block ends the child.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))}
    with tempfile.TemporaryFile() as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "assistant.indexing.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment,
            text=True,
            encoding="utf-8",
        )
        try:
            _tell(child, job)
            yield lambda progress: _finish(child, log, progress)
        finally:
            child.kill()  # no more than a formality for a child that has finished
            child.wait()
            _close_pipes(child)


def run_job(job: Job, progress: Progress) -> Outcome:
    """Runs ``job`` in a child and returns what came of it. Raises StorageError when the child could not do it."""
    with started(job) as finish:
        return finish(progress)


def _finish(child: subprocess.Popen[str], log: IO[bytes], progress: Progress) -> Outcome:
    try:
        outcome = _listen(child, progress)
        code = child.wait()
        if outcome is None:
            raise messages.not_written(f"een hulpproces stopte met code {code}")
        return outcome
    except StorageError:
        log.seek(0)
        _LOG.debug("%s", log.read().decode("utf-8", "replace"))  # what Python and the libraries said, in English
        raise


def _tell(child: subprocess.Popen[str], job: Job) -> None:
    assert child.stdin is not None
    with suppress(BrokenPipeError):  # a child that is gone already is reported when its outcome is asked for
        child.stdin.write(json.dumps(asdict(job)) + "\n")
        child.stdin.flush()


def _listen(child: subprocess.Popen[str], progress: Progress) -> Outcome | None:
    assert child.stdout is not None
    outcome = None
    for line in child.stdout:
        message: dict[str, Any] = json.loads(line)
        if "done" in message:
            progress(message["done"], message["total"])
        elif "error" in message:
            raise StorageError(*message["error"])
        else:
            outcome = Outcome(tuple(message["problems"]), tuple(message["unreached"]))
    return outcome


def _close_pipes(child: subprocess.Popen[str]) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):  # the child was gone before it read everything
                pipe.close()
