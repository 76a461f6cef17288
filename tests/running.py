"""Runs the real command line: in this process (quick), or as a process of its own (signals, imports, environment)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.home import PROJECT

QUESTION = "Wie mag casemanagement dementie indiceren?"
LETTER, RULES = "dnn-brief-financiering", "zn-inkooptekst-casemanagement"


@dataclass(frozen=True)
class Result:
    """What a command did: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The JSON values of an answered batch."""
        return [json.loads(line) for line in self.out.splitlines()]

    def error(self, code: int) -> str:
        """The one line of an error: it must be all there is, in Dutch, with this exit code."""
        assert self.code == code, (self.out, self.err)
        assert self.out == ""
        (line,) = self.err.splitlines()
        assert line.startswith("Fout: ")
        return line


Run = Callable[..., Result]


def environment(**more: str) -> dict[str, str]:
    """The environment of the tests with more in it; without colours and without a width of its own."""
    return {**os.environ, "COLUMNS": "100", "PYTHONFAULTHANDLER": "0", **more}


def start(home: Path, *arguments: str | bytes, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Starts ``regelwijzer --home home arguments`` in a process group of its own."""
    command = [sys.executable, "-m", "assistant", "--home", str(home), *arguments]
    return subprocess.Popen(
        command,
        cwd=PROJECT,
        env=dict(env or environment()),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[bytes], given: bytes = b"", timeout: float = 120) -> Result:
    """Waits for a started command and returns what it did; a command that hangs is ended and fails the test."""
    try:
        out, err = process.communicate(given, timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    assert b"Traceback" not in err, err.decode(errors="replace")
    return Result(process.returncode, out.decode(), err.decode())


def batch(items: Iterable[object]) -> str:
    """Lines of a batch file, one JSON value a line."""
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
