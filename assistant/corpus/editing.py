"""Changes to the corpus's TOML files that leave the keeper's own comments and layout as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.items import AoT

from assistant.corpus.tomlfile import line_map


def append_entry(source: str, section: str, values: Mapping[str, Any]) -> str:
    """``source`` with one more ``[[section]]`` at its end."""
    entry = tomlkit.dumps({section: [dict(values)]})
    return f"{source.rstrip()}\n\n{entry}".lstrip()


def change_entry(source: str, section: str, index: int, values: Mapping[str, Any]) -> str:
    """``source`` with keys of the ``index``-th ``[[section]]`` set; keys that were not there come below its ``status``."""
    document = tomlkit.parse(_with_missing_keys(source, section, index, values))
    table = _entries(document, section)[index]
    for key, value in values.items():
        table[key] = value
    return tomlkit.dumps(document)


def remove_entry(source: str, section: str, index: int) -> str:
    """``source`` without the ``index``-th ``[[section]]``."""
    document = tomlkit.parse(source)
    del _entries(document, section)[index]
    return tomlkit.dumps(document)


def _with_missing_keys(source: str, section: str, index: int, values: Mapping[str, Any]) -> str:
    # tomlkit puts a new key below the comments that follow a table, where it looks as if it belonged to the next one.
    places = line_map(source)
    above = places.get((section, index, "status"), places[(section, index)])
    missing = {key: value for key, value in values.items() if (section, index, key) not in places}
    lines = source.split("\n")
    lines[above:above] = tomlkit.dumps(missing).rstrip("\n").split("\n") if missing else []
    return "\n".join(lines)


def _entries(document: tomlkit.TOMLDocument, section: str) -> AoT:
    entries = document[section]
    if not isinstance(entries, AoT):
        raise TypeError(f"{section} is no array of tables")
    return entries
