"""Every file of a generation, damaged in every way: noticed before use or by verification, and the older one answers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import IndexUnusableError
from assistant.indexing import open_current, verify, verifying
from assistant.indexing.contents import Contents
from assistant.indexing.generations import names
from assistant.indexing.manifest import check_files, read_manifest, stamp_files


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


def ask(contents: Contents) -> None:
    """Reads what a question reads, and holds the sizes of what comes of it."""
    question = "Moet ik bijbetalen voor casemanagement bij dementie?"
    tokens = dict.fromkeys(("casemanagement", "dementie", "case", "asem", "ment"), 1.0)
    for index in (contents.words, contents.grams):
        assert len(index.scores(tokens)) == len(contents.passages)
        assert np.isfinite(index.scores(tokens)).all()
    asked = contents.asked
    assert len(asked.likeness(question)) == asked.index.passages
    for place in asked.phrasing.likelihoods(question):
        asked.phrasing.heard(question, place)
    asked.phrasing.odds(question)


ARRAYS = [
    *(f"{folder}/{name}.npy" for folder in ("words", "grams", "asked") for name in ("keys", "indptr", "rows", "impacts")),
    *(f"{folder}/lengths.npy" for folder in ("words", "grams", "asked")),
    "asked/owners.npy",
    *(
        f"asked/phrasing/{name}.npy"
        for name in ("starts", "holders", "held", "masses", "idf", "answered", "places", "keys-0", "keys-1")
    ),
]


@pytest.fixture(scope="module")
def one(two_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a generation, whose files are damaged and mended again."""
    return Path(shutil.copytree(newest(two_built), tmp_path_factory.mktemp("one") / "generation"))


@pytest.mark.parametrize("name", ARRAYS)
@settings(max_examples=30, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), given_bytes=st.binary(min_size=1, max_size=8))
def test_no_number_of_a_large_file_costs_more_than_its_question(
    one: Path, name: str, place: float, given_bytes: bytes
) -> None:
    """A large file is not hashed when it is opened: a wrong number in it must be refused before it is counted with."""
    path = one / name
    whole = path.read_bytes()
    at = min(int(place * len(whole)), len(whole) - len(given_bytes))
    path.unlink()  # what is mapped in memory keeps the bytes that it has
    path.write_bytes(whole[:at] + given_bytes + whole[at + len(given_bytes) :])
    with suppress(IndexUnusableError):
        ask(Contents(one))
    path.unlink()
    path.write_bytes(whole)


@pytest.mark.parametrize("name", ["words/rows.npy", "grams/rows.npy", "asked/rows.npy", "asked/phrasing/holders.npy"])
def test_a_row_far_too_high_is_damage(one: Path, name: str) -> None:
    path = one / name
    whole = path.read_bytes()
    rows = np.load(path)
    path.unlink()
    np.save(path, np.full_like(rows, np.iinfo(np.int32).max))
    with pytest.raises(IndexUnusableError, match="regelwijzer index build"):
        ask(Contents(one))
    path.unlink()
    path.write_bytes(whole)


def test_a_file_of_some_megagiven_bytesis_checked_when_it_is_opened(two: Path) -> None:
    """The arrays of the corpus that comes with the program are of this size."""
    place = newest(two)
    (place / "large.npy").write_bytes(bytes(6 << 20))
    whole = replace(read_manifest(place), files=stamp_files(place))
    check_files(place, whole, thorough=False)
    flip(place / "large.npy")
    with pytest.raises(IndexUnusableError, match="veranderd"):
        check_files(place, whole, thorough=False)


def test_verification_names_what_is_wrong(two: Path) -> None:
    assert verify(two) == []
    for name in ("vectors.npy", "chroma/chroma.sqlite3"):
        flip(newest(two) / name)
        assert verify(two)[0].endswith(f"{name} is veranderd")  # it becomes part of a sentence
        flip(newest(two) / name)
    (newest(two) / "chroma" / "stray").write_bytes(b"x")
    assert "stray" in verify(two)[0]


def test_verification_of_an_index_that_may_only_be_read(two: Path, tmp_path: Path) -> None:
    """Chroma writes in what it opens: the copy that is made of it must not have the rights of the original."""
    for path in [*newest(two).rglob("*"), newest(two)]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    whole = read_manifest(newest(two))
    place = verifying._place(newest(two), whole, tmp_path / "chroma", "")
    assert place.folder is not None
    copies = [place.folder, *place.folder.rglob("*")]
    assert len(copies) > 3
    assert all(path.stat().st_mode & 0o200 for path in copies)
    assert verify(two) == []
    for path in [newest(two), *newest(two).rglob("*")]:
        path.chmod(0o755)


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


def test_a_file_that_holds_something_else_is_told_in_dutch(two: Path) -> None:
    (newest(two) / "keys.json").write_text("[1]")
    with pytest.raises(IndexUnusableError) as raised:
        Contents(newest(two))
    assert raised.value.message == f"De index is beschadigd: in {newest(two).name} klopt een bestand niet."


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
