"""A TOML file with the line on which every table and key stands, so that each error can name its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from assistant.corpus.problems import Problem
from assistant.errors import system_reason, toml_fault

Place = tuple[str | int, ...]

_REMEMBERED = 16  # files: a build reads each several times, and to parse thousands of questions takes tenths of a second
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+)\s*=""")
_PARTS = re.compile(r"""\s*("[^"]*"|'[^']*'|[^.\s]+)\s*(?:\.|$)""")
_STRING_END = {
    '"""': re.compile(r'(?:[^"\\]|\\.|"(?!""))*("""+)'),
    "'''": re.compile(r"(?:[^']|'(?!''))*('''+)"),
}


@dataclass(frozen=True)
class TomlFile:
    """The parsed values of one file, its name for messages, and its source for looking up lines."""

    name: str
    source: str
    values: Mapping[str, Any]

    @cached_property
    def _lines(self) -> Mapping[Place, int]:
        return line_map(self.source)

    def line(self, *place: str | int) -> int:
        """The line of a table or key such as ``("document", 0, "title")``; else of what it stands in; else 0."""
        for length in range(len(place), 0, -1):
            if place[:length] in self._lines:
                return self._lines[place[:length]]
        return 0


def read_toml(path: Path, name: str) -> TomlFile | Problem:
    """Parses ``path``; what keeps it from being read or parsed comes back as the problem to show."""
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Problem("toml-encoding", name, line, "", "Dit bestand is geen UTF-8.", "Sla het op als UTF-8.")
    except OSError as error:
        reason = system_reason(error)
        return Problem("toml-unreadable", name, 0, "", f"Dit bestand is niet te lezen ({reason}).", "Controleer de rechten.")
    return parse_toml(source, name)


@lru_cache(maxsize=_REMEMBERED)
def parse_toml(source: str, name: str) -> TomlFile | Problem:
    """Parses TOML text that was already read. Who asks for the same text again gets the same values, not to be changed."""
    try:
        return TomlFile(name, source, tomllib.loads(source))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line, what = toml_fault(error, source)
        remedy = "Verbeter deze regel; let op aanhalingstekens, haakjes en het is-gelijkteken."
        return Problem("toml-syntax", name, line, "", what, remedy)


def line_map(source: str) -> dict[Place, int]:
    """The line (from 1) of every table header and key in valid TOML, by its place in the parsed values."""
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    skipper = _Skipper()
    for number, text in enumerate(source.split("\n"), start=1):
        if not skipper.inside:
            header = _HEADER.match(text)
            key = _KEY.match(text)
            if header:
                table = _table_place(header.group(2), header.group(1) == "[[", counts)
                lines.setdefault(table, number)
            elif key:
                lines.setdefault((*table, key.group(1).strip("\"'")), number)
        skipper.feed(text)
    return lines


def _table_place(dotted: str, is_array: bool, counts: dict[Place, int]) -> Place:
    place: Place = ()
    names = [part.strip("\"'") for part in _PARTS.findall(dotted)]
    for depth, name in enumerate(names):
        place = (*place, name)
        if is_array and depth == len(names) - 1:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place


class _Skipper:
    """Follows multi-line strings and arrays, in which a line is no header and no key."""

    _TOKENS = re.compile(r'"""|\'\'\'|"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*|[\[\]{}]')

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0

    @property
    def inside(self) -> bool:
        return bool(self._quote) or self._depth > 0

    def feed(self, text: str) -> None:
        position = 0
        while position < len(text):
            if self._quote:
                end = _end_of_string(text, position, self._quote)
                if end < 0:
                    return
                position, self._quote = end, ""
                continue
            token = self._TOKENS.search(text, position)
            if token is None:
                return
            position = token.end()
            if token.group() in ('"""', "'''"):
                self._quote = token.group()
            elif token.group() in "[{":
                self._depth += 1
            elif token.group() in "]}":
                self._depth -= 1


def _end_of_string(text: str, position: int, quote: str) -> int:
    """Where the multi-line string ends on this line, or -1; a backslash hides the next sign in basic strings only."""
    found = _STRING_END[quote].match(text, position)
    return found.end() if found else -1
