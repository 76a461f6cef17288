"""Work that is done in a child process (:mod:`assistant.indexing.child`), seen from the parent.

Chroma is written in a process of its own because it frees its files only when its process ends, and because its native code
may abort on a full disk. The parent sends each :class:`Job` as a line of JSON and keeps the pipe open; when the pipe closes
the parent is dead, or done, and the child ends at once with whatever it has started. Answers are lines of JSON: progress,
the result, and that the process which did the job has ended.
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
_PATIENCE = 0.2  # seconds in which a child ends by itself what it has started
FORKS = sys.platform == "linux"  # elsewhere a process that has loaded so much may not be forked safely


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


class Helper:
    """Does one job after another. Made by :func:`helper`."""

    def __init__(self, log: IO[bytes]) -> None:
        self._log = log
        self._child: subprocess.Popen[str] | None = None

    def begin(self, job: Job) -> None:
        """Has ``job`` begun; the caller need not wait for it."""
        if self._child is None or not FORKS:
            self.end()
            self._child = _start(self._log)
        _tell(self._child, job)

    def finish(self, progress: Progress) -> Outcome:
        """Waits for the job that was begun. Raises StorageError when the child could not do its work."""
        assert self._child is not None
        try:
            outcome, code = _listen(self._child, progress)
            if outcome is None:
                code = self._child.wait() if code is None else code
                raise messages.not_written(f"een hulpproces stopte met code {code}")
            return outcome
        except StorageError:
            self._log.seek(0)
            _LOG.debug("%s", self._log.read().decode("utf-8", "replace"))  # what Python and the libraries said, in English
            raise

    def end(self) -> None:
        """Ends the child, and does not return before all that it started has ended too."""
        child, self._child = self._child, None
        if child is None:
            return
        assert child.stdin is not None
        assert child.stdout is not None
        with suppress(BrokenPipeError):  # the child was gone before it read everything
            child.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            child.wait(_PATIENCE)
        child.kill()
        child.wait()
        child.stdout.read()  # ends when nobody has it open any more
        child.stdout.close()


@contextmanager
def helper() -> Iterator[Helper]:
    """A helper, whose child process ends with the block."""
    with tempfile.TemporaryFile() as log:
        found = Helper(log)
        try:
            yield found
        finally:
            found.end()


def run_job(job: Job, progress: Progress) -> Outcome:
    """Runs ``job`` in a child and returns what came of it. Raises StorageError when the child could not do it."""
    with helper() as child:
        child.begin(job)
        return child.finish(progress)


def _start(log: IO[bytes]) -> subprocess.Popen[str]:
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-m", "assistant.indexing.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env={**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},  # it forks: better without threads
        text=True,
        encoding="utf-8",
    )


def _tell(child: subprocess.Popen[str], job: Job) -> None:
    assert child.stdin is not None
    with suppress(BrokenPipeError):  # a child that is gone already is reported when its outcome is asked for
        child.stdin.write(json.dumps(asdict(job)) + "\n")
        child.stdin.flush()


def _listen(child: subprocess.Popen[str], progress: Progress) -> tuple[Outcome | None, int | None]:
    """What came of the job, and the exit code of who did it; neither where the child ends without a word."""
    assert child.stdout is not None
    outcome = None
    for line in child.stdout:
        message: dict[str, Any] = json.loads(line)
        if "ended" in message:
            return outcome, message["ended"]
        if "done" in message:
            progress(message["done"], message["total"])
        elif "error" in message:
            raise StorageError(*message["error"])
        else:
            outcome = Outcome(tuple(message["problems"]), tuple(message["unreached"]))
    return outcome, None
