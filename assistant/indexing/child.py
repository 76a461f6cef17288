"""The child process: ``python -m assistant.indexing.child``. Writes Chroma, or verifies a generation; see worker.py."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.errors import StorageError
from assistant.indexing.verifying import check_generation
from assistant.indexing.worker import Job, Outcome
from assistant.indexing.writing import write_collection

_SELDOM = 50_000  # objects between two collections of garbage: importing Chroma makes many, all of which stay


def main() -> None:
    """Does the job that stands on standard input."""
    gc.set_threshold(_SELDOM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what becomes of us
    job = Job(**json.loads(sys.stdin.readline()))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints must not mix with the answers

    def say(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message) + "\n")
        answers.flush()

    def progress(done: int, total: int) -> None:
        say({"done": done, "total": total})

    try:
        say(asdict(_do(job, progress)))
    except StorageError as error:
        traceback.print_exc()  # for the parent's log
        say({"error": [error.code, error.message, error.remedy]})


def _do(job: Job, progress: Callable[[int, int], None]) -> Outcome:
    if job.task == "verify":
        return check_generation(Path(job.folder), Path(job.scratch), job.address, progress)
    write_collection(Path(job.folder), job.collection, job.address, progress)
    return Outcome()


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
