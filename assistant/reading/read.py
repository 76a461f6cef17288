"""Reads one file to a Document, always in a child process, and always to a verdict."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from assistant.reading.compose import compose
from assistant.reading.faults import Fault, Verdict
from assistant.reading.garbled import garbled_pages
from assistant.reading.limits import Limits
from assistant.reading.messages import doubt, explain
from assistant.reading.raw import RawDocument
from assistant.reading.sandbox import run_child
from assistant.reading.wire import Report
from assistant.records import Document

# Goes into every index manifest: raise it when the same file would be read to another text or other blocks.
READER_VERSION: str = "2"


@dataclass(frozen=True, slots=True)
class Reading:
    """How reading a file ended. ``document`` is there for the verdicts ok and partial; the sentences are Dutch.

    ``doubts`` say which pages to compare with the original, and why.
    """

    verdict: Verdict
    document: Document | None
    pages: int
    failed_pages: tuple[int, ...]
    message: str
    remedy: str
    doubts: tuple[str, ...] = ()


def read_file(path: Path, document_id: str, *, limits: Limits | None = None) -> Reading:
    """Reads the file at ``path``; whatever the file holds, this returns a verdict within the limits and never raises."""
    bounds = limits or Limits()
    try:
        descriptor = _open(path, bounds)
    except Fault as fault:
        return _reading(Report(fault.verdict, fault.reason), document_id)
    try:
        return _reading(run_child(descriptor, path.name, bounds), document_id)
    finally:
        os.close(descriptor)


def _open(path: Path, limits: Limits) -> int:
    """A descriptor of the regular file at ``path``; raises Fault. Never waits on a pipe or device of that name."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Fault(Verdict.DAMAGED, "missing") from error
    except IsADirectoryError as error:
        raise Fault(Verdict.UNSUPPORTED, "not-a-file") from error
    except (OSError, ValueError) as error:
        raise Fault(Verdict.DAMAGED, "forbidden" if isinstance(error, PermissionError) else "missing") from error
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode) and 0 < status.st_size <= limits.file_bytes:
        return descriptor
    os.close(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise Fault(Verdict.UNSUPPORTED, "not-a-file")
    raise Fault(Verdict.DAMAGED, "empty") if status.st_size == 0 else Fault(Verdict.TOO_HEAVY, "file-size")


def _reading(report: Report, document_id: str) -> Reading:
    raw = report.raw
    failed = raw.failed_pages if raw else ()
    message, remedy = explain(report.verdict, report.reason, failed)
    readable = raw is not None and report.verdict in (Verdict.OK, Verdict.PARTIAL)
    document = compose(raw, document_id, report.version) if raw is not None and readable else None
    pages = len(document.pages) if document else report.pages
    doubts = _doubts(raw, document) if raw is not None and document is not None else ()
    return Reading(report.verdict, document, pages, failed, message, remedy, doubts)


def _doubts(raw: RawDocument, document: Document) -> tuple[str, ...]:
    found = ("order", raw.doubtful_pages), ("letters", garbled_pages(document))
    return tuple(doubt(kind, pages) for kind, pages in found if pages)
