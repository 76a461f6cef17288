"""Every error that a user can meet, in one tree.

RegelwijzerError
├── UsageError            wrong command, option, question or setting     exit 2
├── CorpusError           the corpus is missing, damaged or inconsistent exit 3
│   └── ReadingError      one document file could not be read            exit 1
├── IndexUnusableError    no index, or one that must not be used         exit 3
├── BusyError             another process holds the writer's lock        exit 1, retryable
├── StorageError          disk full, folder not writable, database down  exit 1, retryable
├── ModelError            the language model or embedder failed          exit 1, retryable
└── AccessError           not signed in, not allowed, too many requests  exit 1

An error carries a stable ``code`` for programs, and two Dutch sentences for people: what is wrong (``message``) and what
to do about it (``remedy``). Only the edges (command line, web, API) print errors and pick exit codes.
"""

from __future__ import annotations

import errno
import re


class RegelwijzerError(Exception):
    """Base of all errors with a Dutch message, a remedy, an exit code and a hint whether trying again helps."""

    exit_code = 1
    retryable = False

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(f"{message} {remedy}")
        self.code = code
        self.message = message
        self.remedy = remedy

    def line(self) -> str:
        """The error as one line: what is wrong, then what to do."""
        return " ".join(f"{self.message} {self.remedy}".split())


class UsageError(RegelwijzerError):
    """The user asked for something that cannot be done as asked."""

    exit_code = 2


class CorpusError(RegelwijzerError):
    """The corpus is absent, damaged or contradicts itself."""

    exit_code = 3


class ReadingError(CorpusError):
    """A single document file could not be read; the others are unharmed."""

    exit_code = 1


class IndexUnusableError(RegelwijzerError):
    """There is no index, or the one that is there must not be used."""

    exit_code = 3


class BusyError(RegelwijzerError):
    """Another process is writing; nothing was changed."""

    retryable = True


class StorageError(RegelwijzerError):
    """The disk, a folder or the database refused; nothing was lost."""

    retryable = True


class ModelError(RegelwijzerError):
    """A language model or embedder could not do its work."""

    retryable = True


class AccessError(RegelwijzerError):
    """The user is not known, not allowed, or asks too often."""


_SYSTEM = {
    errno.EACCES: "geen toestemming",
    errno.EPERM: "geen toestemming",
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de schijf is vol",
    errno.ENOENT: "het bestand of de map bestaat niet",
    errno.EISDIR: "het is een map",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EEXIST: "er staat al iets onder deze naam",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EROFS: "op deze schijf mag niet worden geschreven",
    errno.EMFILE: "er zijn te veel bestanden open",
    errno.ENFILE: "er zijn te veel bestanden open",
    errno.EIO: "de schijf geeft een fout",
    errno.ECONNREFUSED: "de verbinding is geweigerd",
}


def system_reason(error: BaseException) -> str:
    """Why the operating system refused something, in Dutch, as part of a sentence."""
    number = getattr(error, "errno", None)
    if number is None:
        return "onbekende oorzaak"
    return _SYSTEM.get(number, f"het systeem gaf fout {number}")


_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_TOML = tuple(
    (re.compile(english, re.IGNORECASE), dutch)
    for english, dutch in (
        ("invalid date", "Deze datum bestaat niet."),
        ("cannot (overwrite|declare|mutate)|duplicate", "Deze sleutel of dit kopje staat er twee keer."),
        ("expected newline", "Er staat nog iets achter de waarde, of een tekst staat niet tussen aanhalingstekens."),
        ("expected '='", "Hier ontbreekt een is-gelijkteken."),
        (r"expected '\]", "Dit kopje eindigt niet op ]."),
        ("invalid value", "Deze waarde kan niet; een tekst staat tussen aanhalingstekens."),
        (r"unterminated|unclosed|end of document|expected '\"|character '\\n'", "De tekst of lijst is niet afgesloten."),
        ("recursion", "Er staan te veel haakjes in elkaar."),
    )
)


def toml_fault(error: Exception, source: str) -> tuple[int, str]:
    """On which line of ``source`` the TOML parser gave up, and why, as a Dutch sentence."""
    reason = str(error)
    found = _LINE.search(reason)
    last = 1 if isinstance(error, RecursionError) else source.count("\n") + 1
    line = int(found[1]) if found else last
    return line, next((dutch for english, dutch in _TOML if english.search(reason)), "Dit is geen geldige TOML.")
