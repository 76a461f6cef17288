"""One reader per file format, each to a Document of clean text and typed blocks; always in a child process."""

from assistant.reading.bwb import in_force_from
from assistant.reading.faults import Verdict
from assistant.reading.limits import Limits
from assistant.reading.read import READER_VERSION, Reading, read_file

__all__ = ["READER_VERSION", "Limits", "Reading", "Verdict", "in_force_from", "read_file"]
