"""The process that reads one file: it binds itself to its limits, reads standard input and writes one report.

Started by :mod:`assistant.reading.sandbox`; its arguments are the file's name, the memory limit, the time limit and
the file descriptor of the report.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import sys
from importlib import import_module

from assistant.reading.faults import Fault, Verdict
from assistant.reading.formats import detect
from assistant.reading.limits import bind
from assistant.reading.raw import RawDocument
from assistant.reading.wire import Report, encode

_LEAST_FREED = 8 * 1024 * 1024


def main(arguments: list[str]) -> None:
    """Reads the file on standard input and writes the report; whatever happens, there is a report if memory allows."""
    name, memory, seconds, descriptor = arguments
    logging.disable(logging.CRITICAL)  # the libraries tell of every oddity of a file; the verdict says what matters
    reserve = bytearray(_LEAST_FREED)  # given back when memory runs out, so that there is room to say so
    bind(int(memory), float(seconds))
    try:
        report = _report(name, sys.stdin.buffer.read())
    except MemoryError:
        report = Report(Verdict.TOO_HEAVY, "memory")
    del reserve
    with os.fdopen(int(descriptor), "wb") as out:
        out.write(encode(report))


def _report(name: str, data: bytes) -> Report:
    version = hashlib.sha256(data).hexdigest()
    try:
        raw = _read(detect(data, name), data)
    except Fault as fault:
        return Report(fault.verdict, fault.reason, fault.pages, version)
    except MemoryError:
        raise
    except Exception:
        # The one place that catches everything: a parser of foreign files can fail in any way, and none of them may pass
        # for a defect of the program. The process ends right after this.
        return Report(Verdict.DAMAGED, "", 0, version)
    return Report(_verdict(raw), "" if raw.blocks else "no-text", len(raw.page_labels), version, raw)


def _read(kind: str, data: bytes) -> RawDocument:
    # Each reader brings its own heavy library, so only the one that is needed is loaded.
    try:
        reader = import_module(f"assistant.reading.{kind}")
    except ImportError as error:
        raise Fault(Verdict.UNSUPPORTED, "no-reader") from error
    with contextlib.redirect_stdout(sys.stderr):
        raw = reader.read(data)
    assert isinstance(raw, RawDocument)
    return raw


def _verdict(raw: RawDocument) -> Verdict:
    if not raw.blocks:
        return Verdict.DAMAGED
    return Verdict.PARTIAL if raw.failed_pages else Verdict.OK


if __name__ == "__main__":
    main(sys.argv[1:])
