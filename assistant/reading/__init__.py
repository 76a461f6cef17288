"""One reader per file format, each to a Document of clean text and typed blocks; always in a child process."""

from assistant.reading.faults import Verdict
from assistant.reading.limits import Limits
from assistant.reading.read import READER_VERSION, Reading, read_file

__all__ = ["READER_VERSION", "Limits", "Reading", "Verdict", "read_file"]
