"""What one file may cost, and how a child process binds itself to that before it looks at a single byte of the file."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

_MIB = 1024 * 1024
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
# Python's own names (audit events) for what a reader never needs.
_FORBIDDEN = (
    *("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.startfile"),
    *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown"),
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost: ``memory`` and the two sizes in bytes, ``seconds`` of wall clock and processor."""

    memory: int = 1024 * _MIB
    seconds: float = 60.0
    file_bytes: int = 100 * _MIB
    result_bytes: int = 32 * _MIB


def bind(memory: int, seconds: float) -> None:
    """Puts this process under its limits for good: memory, time, no files written, no children, no network."""
    _limit_resources(memory, seconds)
    if sys.platform == "linux":
        _leave_network()
    sys.addaudithook(_refuse)


def _limit_resources(memory: int, seconds: float) -> None:
    try:
        import resource  # only on Unix; elsewhere the parent's clock is the only limit
    except ImportError:
        return
    cpu = max(1, round(seconds))
    wanted = {
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_AS: (memory, memory),
        resource.RLIMIT_CPU: (cpu, cpu + 1),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_NPROC: (0, 0),
    }
    for kind, (soft, hard) in wanted.items():
        ceiling = resource.getrlimit(kind)[1]
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        try:
            resource.setrlimit(kind, (soft, hard))
        except (ValueError, OSError):
            continue  # a platform that lacks this one limit still has the others and the parent's clock


def _leave_network() -> None:
    """Moves to a network namespace without interfaces, where the kernel lets an ordinary user do so."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "unshare"):
        # An ordinary user needs a user namespace for this; the administrator would lose rights to files in one.
        libc.unshare(_CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWUSER | _CLONE_NEWNET)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        place, _, flags = arguments
        # A number is a descriptor that is open already, such as the one for the report.
        if isinstance(flags, int) and flags & _WRITING and not isinstance(place, int):
            raise PermissionError(f"a reader may not write: {place!r}")
    elif event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader may not do this: {event}")
