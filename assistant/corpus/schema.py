"""Strict checks of TOML tables against a small declared schema; problems are in Dutch and name the line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from assistant.corpus.problems import Problem
from assistant.corpus.tomlfile import Place, TomlFile

SHA_PATTERN = re.compile(r"[0-9a-f]{64}")
SHA_HINT = "Een sha256 bestaat uit 64 cijfers en letters a-f; 'sha256sum BESTAND' geeft hem."

_EXPECTED: Mapping[type, str] = {
    str: 'een tekst tussen aanhalingstekens, zoals "tekst"',
    int: "een geheel getal, zoals 3",
    date: "een datum zonder aanhalingstekens, zoals 2026-01-31",
    list: 'een lijst van teksten, zoals ["een", "twee"]',
    dict: "een eigen onderdeel tussen rechte haken",
}


@dataclass(frozen=True, slots=True)
class Key:
    """What a key may hold: its type (``list`` means a list of strings), and whether it must be there and not be empty."""

    type: type
    required: bool = False
    filled: bool = False
    choices: Collection[str] = ()
    pattern: re.Pattern[str] | None = None
    hint: str = ""  # Dutch: what the pattern asks for


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file to check: where it stands and what people call it."""

    file: TomlFile
    place: Place
    name: str
    values: Mapping[str, Any]

    def problem(self, code: str, key: str, message: str, remedy: str) -> Problem:
        """A problem with one key of this table (or with the table itself, for an empty key)."""
        place = (*self.place, key) if key else self.place
        return Problem(code, self.file.name, self.file.line(*place), self.name, message, remedy)


def check_table(table: Table, keys: Mapping[str, Key]) -> Iterator[Problem]:
    """Unknown and missing keys, wrong types, empty and unknown values."""
    for name in table.values:
        if name not in keys:
            known = ", ".join(keys)
            yield table.problem("unknown-key", name, f"'{name}' is hier onbekend.", f"Bekend zijn: {known}.")
    for name, key in keys.items():
        if name in table.values:
            yield from _check_value(table, name, key, table.values[name])
        elif key.required:
            yield table.problem("missing-key", "", f"'{name}' ontbreekt.", f"Vul het aan met {_EXPECTED[key.type]}.")


def _check_value(table: Table, name: str, key: Key, value: Any) -> Iterator[Problem]:
    if not _has_type(value, key.type):
        yield table.problem(
            "wrong-type", name, f"'{name}' heeft een waarde die niet kan.", f"Nodig is {_EXPECTED[key.type]}."
        )
    elif key.filled and (not value or (isinstance(value, str) and not value.strip())):
        yield table.problem("empty-value", name, f"'{name}' is leeg.", f"Nodig is {_EXPECTED[key.type]}.")
    elif key.type is list and any(not item.strip() for item in value):
        yield table.problem("empty-value", name, f"'{name}' bevat een lege tekst.", "Vul de tekst in of haal hem weg.")
    elif key.choices and value not in key.choices:
        yield table.problem(
            "unknown-value", name, f"'{name}' is '{value}'; dat is onbekend.", f"Kies uit: {', '.join(key.choices)}."
        )
    elif key.pattern and not key.pattern.fullmatch(value):
        yield table.problem("bad-value", name, f"'{name}' is '{value}'; dat kan niet.", key.hint)


def _has_type(value: Any, wanted: type) -> bool:
    if wanted is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    if wanted is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if wanted is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, wanted)


def tables_in(file: TomlFile, section: str, label: str, name_key: str) -> Iterator[Table | Problem]:
    """The tables of an array such as ``[[document]]``, each named by its ``name_key``."""
    found = file.values.get(section, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        line = file.line(section) or file.line(section, 0)
        yield Problem(
            "wrong-type", file.name, line, "", f"'{section}' moet een lijst van onderdelen zijn.", f"Schrijf [[{section}]]."
        )
        return
    for index, values in enumerate(found):
        name = values.get(name_key)
        yield Table(file, (section, index), name if isinstance(name, str) and name else f"{label} {index + 1}", values)


def unknown_sections(file: TomlFile, known: Collection[str]) -> Iterator[Problem]:
    """Top-level names that the file may not have."""
    for name in file.values:
        if name not in known:
            line = file.line(name) or file.line(name, 0)
            yield Problem(
                "unknown-key", file.name, line, "", f"'{name}' is hier onbekend.", f"Bekend zijn: {', '.join(known)}."
            )
