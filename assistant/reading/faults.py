"""How reading a file can end, and the one exception with which a reader ends it early."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """How reading a file ended."""

    OK = "ok"
    PARTIAL = "partial"
    SCANNED = "scanned"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_HEAVY = "too_heavy"
    UNSUPPORTED = "unsupported"


class Fault(Exception):
    """A file that a reader cannot read; ``reason`` is a stable code that :mod:`assistant.reading.messages` explains."""

    def __init__(self, verdict: Verdict, reason: str, pages: int = 0) -> None:
        super().__init__(f"{verdict}: {reason}")
        self.verdict = verdict
        self.reason = reason
        self.pages = pages
