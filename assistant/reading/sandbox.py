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
_PATIENCE = 2.0  # a child that has reported may take this long to free its memory
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
        data: bytes | None = None
        try:
            data = _receive(pipe.fileno(), time.monotonic() + limits.seconds, limits.result_bytes)
        finally:
            peak = _end(child, 0.0 if data is None else _PATIENCE)
    if data is None:
        return Report(Verdict.TOO_HEAVY, "bounds")
    try:
        return decode(data)
    except ValueError:
        return Report(*_of_exit(child.returncode, peak, limits.memory))


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


def _end(child: subprocess.Popen[bytes], patience: float) -> int:
    """Waits ``patience`` seconds for a child that has reported, then ends it with all that it may have started.

    Returns its peak memory in bytes, 0 where the platform does not tell.
    """
    with contextlib.suppress(subprocess.TimeoutExpired):
        if not hasattr(os, "wait4"):
            child.wait(patience)
        elif (peak := _wait(child, patience)) is not None:
            return peak
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    return 0


def _wait(child: subprocess.Popen[bytes], seconds: float) -> int | None:
    """The peak memory of a child that ends within so many seconds; None for one that does not."""
    deadline = time.monotonic() + seconds
    while True:
        ended, status, usage = os.wait4(child.pid, os.WNOHANG)
        if ended:
            child.returncode = os.waitstatus_to_exitcode(status)
            return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        if time.monotonic() > deadline:
            return None
        time.sleep(0.005)


def _of_exit(code: int, peak: int, memory: int) -> tuple[Verdict, str]:
    """What it means that a child ended without a report: out of bounds, or brought down by the file."""
    # A C library that gets no more memory ends the process instead of raising MemoryError.
    starved = code < 0 and peak > memory // 2
    if starved or (code < 0 and -code in _OUT_OF_BOUNDS):
        return Verdict.TOO_HEAVY, "bounds"
    return Verdict.DAMAGED, "crash"
