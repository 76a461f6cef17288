"""Builds in processes of their own, to be killed, interrupted or starved: build_child.py FOLDER PASSAGES [FILE_LIMIT].

Prints each step of the progress, then "done" or the code of the error. Without arguments it loads what a build needs and
reads lines: for "FOLDER PASSAGES" it forks a process that builds and prints its id; for an empty one it waits for that
process to end and prints its exit status.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

from index_material import HashedWords, material

from assistant.errors import RegelwijzerError
from assistant.indexing import build_generation


def main(folder: str, passages: str, limit: str = "") -> None:
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))

    def say(stage: str, done: int, total: int) -> None:
        print(stage, done, total, flush=True)

    try:
        build_generation(Path(folder), material(int(passages), tag=f"#{passages}"), HashedWords(), progress=say)
    except RegelwijzerError as error:
        print(error.code, flush=True)
        sys.exit(error.exit_code)
    print("done", flush=True)


def nursery() -> None:
    child = 0
    for line in sys.stdin:
        if not line.strip():
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
            continue
        child = os.fork()
        if not child:
            folder, passages = line.rsplit(maxsplit=1)
            build_generation(Path(folder), material(int(passages), tag=f"#{passages}"), HashedWords())
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:]) if len(sys.argv) > 1 else nursery()
