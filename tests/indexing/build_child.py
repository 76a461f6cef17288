"""A build in a process of its own, to be killed, interrupted or starved: build_child.py FOLDER PASSAGES [FILE_LIMIT].

Prints each step of the progress, then "done" or the code of the error.
"""

from __future__ import annotations

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


if __name__ == "__main__":
    main(*sys.argv[1:])
