"""Runs :mod:`assistant.reading.child` on one open file and always comes back with a report, in bounded time and memory."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path

from assistant.reading.faults import Verdict
from assistant.reading.limits import Limits
from assistant.reading.wire import Report, decode

_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
# A fresh interpreter, isolated from the environment and the working folder; only this package is added to its path.
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from assistant.reading.child import main; main(sys.argv[1:])"
_CHUNK = 1 << 20
_OUT_OF_BOUNDS = {signal.SIGKILL, signal.SIGXCPU, signal.SIGXFSZ} if sys.platform != "win32" else set()


def run_child(file: int, name: str, limits: Limits) -> Report:
    """The report on the open ``file`` (a descriptor at its beginning), whose format ``name`` may help to tell."""
    receiving, sending = os.pipe()
    arguments = [str(_PACKAGE_ROOT), name, str(limits.memory), str(limits.seconds), str(sending)]
    try:
        child = subprocess.Popen(
            [sys.executable, "-I", "-B", "-X", "utf8", "-c", _START, *arguments],
            stdin=file,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(sending,),
            env=_environment(),
            cwd="/" if os.name == "posix" else None,
            start_new_session=True,
        )
    except BaseException:
        os.close(receiving)
        raise
    finally:
        os.close(sending)
    with os.fdopen(receiving, "rb", buffering=0) as pipe:
        try:
            data = _receive(pipe.fileno(), time.monotonic() + limits.seconds, limits.result_bytes)
        finally:
            _end(child, patient=True)
    if data is None:
        return Report(Verdict.TOO_HEAVY, "bounds")
    try:
        return decode(data)
    except ValueError:
        return Report(*_of_exit(child.returncode))


def _environment() -> dict[str, str]:
    """Nothing of the parent's environment but what an interpreter needs to start; one arena keeps memory honest."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}


def _receive(pipe: int, deadline: float, most: int) -> bytes | None:
    """All that the child writes, or None where it is too late or too much."""
    parts: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(left):
                continue
            part = os.read(pipe, _CHUNK)
            if not part:
                return b"".join(parts)
            parts.append(part)
            size += len(part)
            if size > most:
                return None
    return None


def _end(child: subprocess.Popen[bytes], *, patient: bool) -> None:
    """Waits shortly for a child that has closed its pipe, then ends it with all that it may have started."""
    if patient:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(0.2)
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _of_exit(code: int) -> tuple[Verdict, str]:
    """What it means that a child ended without a report: out of bounds, or brought down by the file."""
    if code < 0 and -code in _OUT_OF_BOUNDS:
        return Verdict.TOO_HEAVY, "bounds"
    return Verdict.DAMAGED, "crash"
