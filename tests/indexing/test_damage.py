"""Every file of a generation, damaged in every way: noticed before use or by verification, and the older one answers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import IndexUnusableError
from assistant.indexing import open_current, verify
from assistant.indexing.generations import names
from assistant.indexing.manifest import read_manifest


def newest(folder: Path) -> Path:
    return folder / "generations" / names(folder)[0]


def remove(path: Path) -> None:
    path.unlink()


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 0x10
    path.write_bytes(bytes(raw))


def files(folder: Path) -> list[str]:
    return [*sorted(read_manifest(newest(folder)).files), "manifest.json"]


@pytest.mark.parametrize("damage", [remove, truncate, empty, flip])
def test_damage_to_any_file_is_noticed_and_the_older_generation_answers(two: Path, damage: Callable[[Path], None]) -> None:
    older = names(two)[1]
    tried = 0
    for name in files(two):
        path = newest(two) / name
        whole = path.read_bytes()
        if not whole:
            continue  # an empty file cannot be damaged further
        damage(path)
        with open_current(two) as found:
            assert found.name == older, f"{damage.__name__} {name} went unnoticed"
            assert [notice.code for notice in found.notices] == ["index-older"]
            assert found.words.scores({"casemanagement": 1.0}).any()
        path.write_bytes(whole)
        tried += 1
    assert tried > 20
    with open_current(two) as found:
        assert found.name != older


def test_verification_names_what_is_wrong(two: Path) -> None:
    assert verify(two) == []
    for name in ("vectors.npy", "chroma/chroma.sqlite3"):
        flip(newest(two) / name)
        assert name in verify(two)[0]
        flip(newest(two) / name)
    (newest(two) / "chroma" / "stray").write_bytes(b"x")
    assert "stray" in verify(two)[0]


def test_when_none_is_good_the_command_is_named(two: Path) -> None:
    for name in names(two):
        flip(two / "generations" / name / "keys.json")
    with pytest.raises(IndexUnusableError, match="regelwijzer index build") as caught:
        open_current(two)
    assert (caught.value.code, caught.value.exit_code) == ("index-damaged", 3)


@pytest.mark.parametrize(
    "pointer", ["", "{", "[]", '{"generation": 3}', '{"generation": "../..", "rolled_back": false}', "\x00" * 9]
)
def test_a_damaged_pointer_does_not_stop_the_answers(two: Path, pointer: str) -> None:
    (two / "current").write_text(pointer)
    with open_current(two) as found:
        assert found.name == names(two)[0]
        assert [notice.code for notice in found.notices] == ["index-older"]


def test_a_pointer_to_nothing_does_not_stop_the_answers(two: Path) -> None:
    shutil.rmtree(newest(two))
    with open_current(two) as found:
        assert found.name == names(two)[0]


def test_a_generation_of_another_program_or_version_is_foreign(two: Path) -> None:
    other = names(two)[1]
    shutil.rmtree(two / "generations" / other)
    path = newest(two) / "manifest.json"
    body = json.loads(path.read_text())
    for text, code in (
        (json.dumps({**body, "schema": 99}), "index-foreign"),
        ('{"format": "something else"}', "index-damaged"),
        ("[1, 2]", "index-damaged"),
        (json.dumps({**body, "corpus_hash": "changed"}), "index-damaged"),
    ):
        path.write_text(text)
        with pytest.raises(IndexUnusableError) as caught:
            open_current(two)
        assert caught.value.code == code


def test_a_renamed_generation_is_foreign(two: Path) -> None:
    current, older = names(two)
    shutil.rmtree(newest(two))
    (two / "generations" / older).rename(two / "generations" / current)
    with pytest.raises(IndexUnusableError) as caught:
        open_current(two)
    assert caught.value.code == "index-foreign"
