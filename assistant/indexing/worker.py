"""Work that is done in a child process (:mod:`assistant.indexing.child`), seen from the parent.

Chroma is written in a process of its own because it frees its files only when its process ends, and because its native code
may abort on a full disk. The parent sends one line of JSON (a :class:`Job`) and keeps the pipe open; when the pipe closes
the parent is dead and the child ends at once. Answers are lines of JSON: progress, then the result.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.errors import StorageError
from assistant.indexing import messages

Progress = Callable[[int, int], None]
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Job:
    """What the child must do: ``write`` the collection or ``verify`` the generation in ``folder``."""

    task: str
    folder: str
    scratch: str = ""
    collection: str = ""
    address: str = ""  # of a Chroma server; empty: embedded


def run_job(job: Job, progress: Progress) -> list[str]:
    """Runs ``job`` in a child and returns the problems it found. Raises StorageError when the child could not do it."""
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
            result = _converse(child, job, progress)
            code = child.wait()
        except BaseException:
            child.kill()
            child.wait()
            raise
        finally:
            _close_pipes(child)
        if result is not None:
            return result
        log.seek(0)
        last = log.read().decode("utf-8", "replace").strip().splitlines()[-1:]
    raise messages.not_written(f"hulpproces eindigde met code {code}{': ' + last[0][:200] if last else ''}")


def _converse(child: subprocess.Popen[str], job: Job, progress: Progress) -> list[str] | None:
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(json.dumps(asdict(job)) + "\n")
        child.stdin.flush()
    except BrokenPipeError:
        return None
    result = None
    for line in child.stdout:
        message: dict[str, Any] = json.loads(line)
        if "done" in message:
            progress(message["done"], message["total"])
        elif "error" in message:
            raise StorageError(*message["error"])
        else:
            result = message["problems"]
    return result


def _close_pipes(child: subprocess.Popen[str]) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except BrokenPipeError:
                continue  # the child was gone before it read everything
