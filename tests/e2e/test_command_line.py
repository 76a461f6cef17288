"""The command line as real processes: signals, kills, two at once, a full disk, pipes. The live index answers every time."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from running import QUESTION, Result, Run, batch, environment, finish, start

from assistant.home import PROJECT, Home

KILLS = 8


def asked(home: Home) -> Result:
    """The main question, asked in a new process; it must be answered."""
    return answered(finish(start(home.root, "ask", "--json", QUESTION)))


def answered(result: Result) -> Result:
    assert (result.code, result.err) == (0, "")
    assert result.json["status"] == "answered"
    return result


def building(home: Home) -> subprocess.Popen[bytes]:
    """A build that has begun to write beside the old index."""
    process = start(home.root, "index", "build")
    end = time.monotonic() + 60
    while not list((home.index / "generations").glob(".building-*")):
        assert process.poll() is None, "the build was over before it was seen"
        assert time.monotonic() < end
        time.sleep(0.002)
    return process


def generations(home: Home) -> list[str]:
    return sorted(path.name for path in (home.index / "generations").iterdir())


def test_ctrl_c_while_building_keeps_the_old_index(own_home: Home) -> None:
    before = (own_home.index / "current").read_bytes()
    process = building(own_home)
    os.killpg(process.pid, signal.SIGINT)
    stopped = finish(process)
    assert (stopped.code, stopped.out) == (130, "")
    assert stopped.err.splitlines()[-1] == "Gestopt. Er is niets verloren gegaan."
    assert (own_home.index / "current").read_bytes() == before
    assert not [name for name in generations(own_home) if name.startswith(".")]
    asked(own_home)


def test_a_second_build_is_refused_at_once_and_the_first_goes_on(own_home: Home) -> None:
    first = building(own_home)
    os.killpg(first.pid, signal.SIGSTOP)  # so that it is certainly still building
    try:
        second = finish(start(own_home.root, "index", "build"))
        assert "Een ander proces is al bezig" in second.error(1)
        asked(own_home)
    finally:
        os.killpg(first.pid, signal.SIGCONT)
    done = finish(first)
    assert done.code == 0
    assert asked(own_home).json["index"] in done.out


def test_a_killed_build_harms_nothing_whenever_it_happens(own_home: Home, command: Callable[..., Run]) -> None:
    chance = random.Random(20260301)
    here = command(own_home)  # opens the index anew each time, but need not start an interpreter for it
    seen = {asked(own_home).json["index"]}
    for _ in range(KILLS):
        process = building(own_home)
        time.sleep(chance.uniform(0, 1.2))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        seen.add(answered(here("ask", "--json", QUESTION)).json["index"])
    last = finish(start(own_home.root, "index", "build"))
    assert last.code == 0
    assert not [name for name in generations(own_home) if name.startswith(".")]
    assert asked(own_home).json["index"] not in seen


def test_a_disk_that_takes_no_more_keeps_the_old_index(own_home: Home) -> None:
    """A limit on the size of files stands in for a full disk: writing fails halfway, in the parent or in its child."""
    before = (own_home.index / "current").read_bytes()

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    command = [sys.executable, "-m", "assistant", "--home", str(own_home.root), "index", "build"]
    done = subprocess.run(command, cwd=PROJECT, env=environment(), capture_output=True, preexec_fn=small_files, timeout=120)
    Result(done.returncode, done.stdout.decode(), done.stderr.decode()).error(1)
    assert (own_home.index / "current").read_bytes() == before
    asked(own_home)


def test_a_reader_that_goes_away_is_no_error(built_home: Home, tmp_path: Path) -> None:
    (tmp_path / "vragen.jsonl").write_text(batch([{"question": QUESTION}] * 200), "utf-8")
    process = start(built_home.root, "ask", "--batch", str(tmp_path / "vragen.jsonl"))
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    process.wait(120)
    assert process.stderr.read() == b""


def test_ctrl_c_during_a_batch_keeps_the_lines_that_were_answered(built_home: Home) -> None:
    process = start(built_home.root, "ask", "--batch", "-")
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(batch([{"id": "1", "question": QUESTION}]).encode())
    process.stdin.flush()
    first = process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    assert b'"id": "1"' in first
    stopped = finish(process)
    assert stopped.code == 130
    assert stopped.err.strip() == "Gestopt. Er is niets verloren gegaan."


def test_many_at_once_get_the_same_answer(built_home: Home) -> None:
    started = [start(built_home.root, "ask", "--json", QUESTION) for _ in range(4)]
    answers = [finish(process).json for process in started]
    assert len({str(answer["citations"]) for answer in answers}) == 1


def test_asking_writes_nothing_in_the_home(own_home: Home) -> None:
    def tree() -> dict[str, int]:
        files = (path for path in own_home.root.rglob("*") if path.is_file())
        return {str(path.relative_to(own_home.root)): path.stat().st_mtime_ns for path in files}

    before = tree()
    asked(own_home)
    assert tree() == before


def test_the_installed_command_is_the_same_program(built_home: Home, process: Run) -> None:
    script = Path(sys.executable).with_name("regelwijzer")
    if not script.exists():
        pytest.skip("run without having been installed")
    done = subprocess.run([script, "--version"], capture_output=True, text=True, env=environment(), timeout=60)
    assert done.stdout == process("--version").out


def test_the_environment_names_the_home(built_home: Home, tmp_path: Path) -> None:
    env = environment(REGELWIJZER_HOME=str(built_home.root))
    command = [sys.executable, "-m", "assistant", "index", "status"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=env, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 documenten" in done.stdout


@pytest.mark.parametrize(
    "arguments", [("ask", "Wie mag dat?"), ("search", "indicatie"), ("corpus", "list"), ("index", "status")]
)
def test_no_command_opens_a_connection(built_home: Home, arguments: tuple[str, ...]) -> None:
    program = (
        "import sys\n"
        "def watch(event, args):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo', 'socket.sendto'):\n"
        "        raise SystemExit(f'{event} {args}')\n"
        "sys.addaudithook(watch)\n"
        "from assistant.cli import main\n"
        f"sys.exit(main({['--home', str(built_home.root), *arguments]!r}))\n"
    )
    bare = {name: value for name, value in environment().items() if not name.startswith(("HF_", "TRANSFORMERS", "DO_NOT"))}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=PROJECT, env=bare, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
