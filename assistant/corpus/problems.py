"""What can be wrong in the corpus's own files, each with its file, line and entry, in Dutch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.errors import CorpusError


class Severity(StrEnum):
    """An error keeps the corpus from being used; a warning asks for the keeper's attention."""

    ERROR = "fout"
    WARNING = "waarschuwing"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``line`` counts from 1 and is 0 where no line can be named."""

    code: str
    file: str
    line: int
    entry: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR

    @property
    def where(self) -> str:
        """File, line and entry as a reader is shown them."""
        place = f"{self.file}, regel {self.line}" if self.line else self.file
        return f"{place} ({self.entry})" if self.entry else place

    def text(self) -> str:
        """The whole problem as one line."""
        return " ".join(f"{self.where}: {self.message} {self.remedy}".split())

    def error(self) -> CorpusError:
        """The problem as the error that stops a command."""
        return CorpusError(self.code, f"{self.where}: {self.message}", self.remedy)


def is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR
