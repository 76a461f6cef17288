"""The child process: ``python -m assistant.indexing.child``. Writes Chroma, and verifies a generation; see worker.py.

Each job is done by a fork of this process, which loads Chroma once: that takes longer than most jobs.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from assistant.errors import StorageError
from assistant.indexing.chroma_store import load
from assistant.indexing.verifying import check_generation
from assistant.indexing.worker import FORKS, Job, Outcome
from assistant.indexing.writing import write_collection

_SELDOM = 50_000  # objects between two collections of garbage: importing Chroma makes many, all of which stay


def main() -> None:
    """Does the jobs that stand on standard input, one a line."""
    gc.set_threshold(_SELDOM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what becomes of us
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints must not mix with the answers
    for line in sys.stdin:
        job = Job(**json.loads(line))
        if FORKS:
            if job.task == "write":
                load()  # for the verification too, which comes after; alone that may end before it needs Chroma
            code = _apart(job, answers)
            _say(answers, {"ended": code})
        else:
            threading.Thread(target=_end_with, args=(sys.stdin.fileno(),), daemon=True).start()
            _work(job, answers)
            return


def _apart(job: Job, answers: IO[str]) -> int:
    """Has a fork of this process do ``job``; returns its exit code. Ends with it where the parent ends."""
    at_work, ours = os.pipe()
    watched, watching = os.pipe()
    worker = os.fork()
    if not worker:
        os.close(at_work)
        os.close(watching)
        threading.Thread(target=_end_with, args=(watched,), daemon=True).start()
        _work(job, answers)
        sys.exit()
    os.close(ours)  # so that only the worker has it: it closes when the worker ends
    os.close(watched)
    ready, _, _ = select.select([sys.stdin, at_work], [], [])
    if at_work not in ready:  # the parent says nothing while it waits: this is its end
        os.kill(worker, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    os.close(at_work)
    os.close(watching)
    return code


def _work(job: Job, answers: IO[str]) -> None:
    try:
        _say(answers, asdict(_do(job, lambda done, total: _say(answers, {"done": done, "total": total}))))
    except StorageError as error:
        traceback.print_exc()  # for the parent's log
        _say(answers, {"error": [error.code, error.message, error.remedy]})


def _say(answers: IO[str], message: dict[str, Any]) -> None:
    answers.write(json.dumps(message) + "\n")
    answers.flush()


def _do(job: Job, progress: Callable[[int, int], None]) -> Outcome:
    if job.task == "verify":
        return check_generation(Path(job.folder), Path(job.scratch), job.address, progress)
    write_collection(Path(job.folder), job.collection, job.address, progress)
    return Outcome()


def _end_with(pipe: int) -> None:
    """Ends this process when the other end of ``pipe`` closes, which nobody writes to."""
    os.read(pipe, 1)
    os._exit(1)


if __name__ == "__main__":
    main()
