"""Kills, Ctrl-C, a full disk and a second builder: the live index answers every time, and nothing is left behind.

All of these are real: real child processes, real signals, and a disk that is really full.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from index_material import HashedWords, material

from assistant.errors import BusyError, StorageError
from assistant.indexing import OpenOptions, build_generation, open_current, rollback, status
from assistant.indexing.generations import generations_folder, names

HERE = Path(__file__).parent
KILLS = 50


def start(*arguments: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(HERE.parents[1]), str(HERE)))}
    command = [sys.executable, str(HERE / "build_child.py"), *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, env=environment)


def until(child: subprocess.Popen[str], stage: str) -> None:
    assert child.stdout is not None
    for line in child.stdout:
        if line.startswith(stage):
            return
    raise AssertionError(f"the build never came to {stage}")


def answers(folder: Path, exact_until: int = 0) -> str:
    """Asks the live index for words and vectors; returns the name of the generation that answered."""
    with open_current(folder, options=OpenOptions(exact_until=exact_until)) as found:
        assert found.notices == ()
        query = HashedWords().embed_queries(["Wie mag casemanagement dementie indiceren?"])[0]
        assert found.vectors.search(query, 3)[0][0] == 0
        assert found.words.scores({"indiceren": 1.0}).argmax() == 0
        assert found.passages[0].text.startswith("De wijkverpleegkundige")
        return found.name


def hidden(folder: Path) -> list[str]:
    return [entry.name for entry in generations_folder(folder).iterdir() if entry.name.startswith(".")]


@pytest.fixture
def say() -> Iterator[Callable[[str], int]]:
    """Tells a process that has loaded all that a build needs to fork one that builds, or to wait for its end."""
    with start() as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        told, heard = nursery.stdin, nursery.stdout

        def say(line: str) -> int:
            told.write(f"{line}\n")
            told.flush()
            return int(heard.readline())

        yield say


def test_fifty_kills_at_random_moments(two: Path, say: Callable[[str], int]) -> None:
    """All of the time goes to builds that are under way: an interpreter that is only starting has nothing to break."""
    moments = random.Random(50)
    began = time.monotonic()
    say(f"{two} 10")
    assert say("") == 0
    duration = time.monotonic() - began
    half_built = finished = 0
    for kill in range(KILLS):
        child = say(f"{two} 10")
        time.sleep(moments.uniform(0.0, 1.0) * duration)
        os.kill(child, signal.SIGKILL)  # there until it is waited for, also when it has ended
        finished += say("") == 0
        half_built += bool(hidden(two))
        assert answers(two, exact_until=0 if kill % 10 == 0 else 1000) in names(two)
    assert half_built > KILLS // 5, "the kills came too early or too late to mean anything"
    assert finished < KILLS
    build_generation(two, material(12), HashedWords())
    assert hidden(two) == []
    assert answers(two) == names(two)[0]


@pytest.mark.parametrize("stage", ["embed", "terms", "chroma"])
def test_ctrl_c_leaves_nothing_but_the_old_index(two: Path, stage: str) -> None:
    before = answers(two)
    child = start(two, 4_000)  # long enough that the signal finds it at work on a busy machine too
    until(child, stage)
    child.send_signal(signal.SIGINT)
    assert child.wait(60) == -signal.SIGINT  # KeyboardInterrupt was passed on
    assert hidden(two) == []
    assert answers(two) == before


def test_a_second_builder_is_refused_at_once(two: Path) -> None:
    child = start(two, 20)
    until(child, "embed")
    assert status(two).building
    began = time.monotonic()
    with pytest.raises(BusyError, match="al bezig") as caught:
        build_generation(two, material(5), HashedWords())
    assert caught.value.retryable
    with pytest.raises(BusyError):
        rollback(two)
    assert child.poll() is None, f"the refusal came {time.monotonic() - began:.1f} s later, after the first had ended"
    assert child.wait(120) == 0
    assert not status(two).building
    answers(two)


@pytest.mark.parametrize("limit", [2_000, 20_000, 150_000, 345_000])
def test_a_file_that_may_not_grow_further(two: Path, limit: int) -> None:
    before = answers(two)
    child = start(two, 300, str(limit))
    said, _ = child.communicate(timeout=120)
    assert said.splitlines()[-1] in {"disk-full", "chroma-write", "index-not-written"}
    assert child.returncode == StorageError.exit_code
    assert hidden(two) == []
    assert answers(two) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk is not allowed here; the file limits above stand in for it")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    build_generation(small_disk / "index", material(10), HashedWords())
    before = answers(small_disk / "index")
    for filled in (0.0, 0.6, 0.9):
        ballast = small_disk / "ballast"
        free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
        ballast.write_bytes(b"\0" * int(free * filled))
        with pytest.raises(StorageError) as caught:
            build_generation(small_disk / "index", material(6000, tag="!"), HashedWords())
        assert caught.value.code in {"disk-full", "chroma-write", "index-not-written"}
        assert hidden(small_disk / "index") == []
        assert answers(small_disk / "index") == before
        ballast.unlink()
    build_generation(small_disk / "index", material(11), HashedWords())
