"""Lines of tables and keys, also around multi-line strings and arrays."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.problems import Problem
from assistant.corpus.tomlfile import TomlFile, line_map, parse_toml, read_toml

TRICKY = '''\
# [niet] een = "kop"
[kinds.wet]
label = "a # geen commentaar"   # [[document]]
[[document]]
id = "een"
names = [
  "[[document]]",
  'id = "nee"',
]
holds = """
[[document]]
id = "nee" \\"""
"""
title = 'x'
[[document]]
id = \'\'\'
[kop]\'\'\'
"quoted key" = 1
'''


def test_line_map_skips_strings_arrays_and_comments() -> None:
    lines = line_map(TRICKY)
    assert lines[("kinds", "wet")] == 2
    assert lines[("kinds", "wet", "label")] == 3
    assert lines[("document", 0)] == 4
    assert lines[("document", 0, "names")] == 6
    assert lines[("document", 0, "title")] == 14
    assert lines[("document", 1)] == 15
    assert lines[("document", 1, "quoted key")] == 18
    assert ("kop",) not in lines
    assert ("document", 2) not in lines


def test_a_missing_key_has_the_line_of_its_table() -> None:
    file = parse_toml(TRICKY, "t.toml")
    assert isinstance(file, TomlFile)
    assert file.line("document", 1, "publisher") == 15
    assert file.line("nowhere") == 0


_TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n[]\"'#="), max_size=30).map(
    lambda text: text.lstrip("\n")  # TOML drops a line end right after the opening quotes
)


@given(st.lists(st.dictionaries(st.sampled_from(["id", "title", "holds"]), _TEXTS, min_size=1), min_size=1, max_size=5))
def test_every_entry_and_key_is_found_whatever_the_values_hold(entries: list[dict[str, str]]) -> None:
    parts = []
    for entry in entries:
        lines = ["[[document]]"]
        for key, value in entry.items():
            lines.append(f"{key} = {tomlkit.string(value, multiline=chr(10) in value).as_string()}")
        parts.append("\n".join(lines))
    source = "\n".join(parts)
    assert tomllib.loads(source)["document"] == entries
    lines_of = line_map(source)
    rows = source.split("\n")
    for index, entry in enumerate(entries):
        assert rows[lines_of[("document", index)] - 1] == "[[document]]"
        for key in entry:
            assert rows[lines_of[("document", index, key)] - 1].startswith(f"{key} =")
    assert len([place for place in lines_of if len(place) == 2]) == len(entries)


@pytest.mark.parametrize(
    ("source", "line", "part"),
    [
        ('a = 1\nb = "x\nc = 2\n', 2, "niet afgesloten"),
        ("a = 1\n\n[x\n", 3, "kopje"),
        ("a = 1\na = 2\n", 2, "twee keer"),
        ("a = 2026-02-30\n", 1, "datum bestaat niet"),
        ("[a]\n[b]\n[a]\n", 3, "twee keer"),
        ("a = [1,\n2\n", 3, "niet afgesloten"),
        ("a = 1 2\n", 1, "achter de waarde"),
        ("a = 1\nb : 2\n", 2, "is-gelijkteken"),
        ("[a\nb = 2\n", 1, "kopje"),
        ("a = tekst\n", 1, "aanhalingstekens"),
        (f"a = {'[' * 2000}\n", 1, "haakjes"),
        ("a = \n", 1, "waarde"),
    ],
)
def test_a_syntax_error_names_its_line_and_kind_in_dutch(source: str, line: int, part: str) -> None:
    problem = parse_toml(source, "catalogue.toml")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.file, problem.line) == ("toml-syntax", "catalogue.toml", line)
    assert part in problem.message


def test_bytes_that_are_no_utf8_name_their_line(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b'a = "1"\nb = "caf\xe9"\n')
    problem = read_toml(path, "x.toml")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.line) == ("toml-encoding", 2)


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b'\xef\xbb\xbfa = 1\r\n[b]\r\nc = "d"\r\n')
    file = read_toml(path, "x.toml")
    assert isinstance(file, TomlFile)
    assert file.values == {"a": 1, "b": {"c": "d"}}
    assert file.line("b", "c") == 3
