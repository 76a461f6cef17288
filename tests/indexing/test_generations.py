"""Rolling back, the overview, and the reader's eye on what the index was made with."""

from __future__ import annotations

from pathlib import Path

import pytest
from index_material import HashedWords, material

from assistant.errors import IndexUnusableError
from assistant.indexing import Expected, build_generation, open_current, rollback, status, verify
from assistant.indexing.generations import names

FITS = Expected(embedder="hashed-words-64", rules={"structure": "1"}, corpus_hash="corpus-2")


def test_rolling_back_and_building_again(two: Path) -> None:
    newest, older = names(two)
    assert rollback(two).name == older
    with open_current(two, FITS) as found:  # the corpus has moved on, which rolling back allows, and says
        assert found.name == older
        assert [notice.code for notice in found.notices] == ["index-rolled-back"]
    assert status(two).rolled_back
    with pytest.raises(IndexUnusableError, match="geen eerdere"):
        rollback(two)
    with open_current(two) as found:
        assert found.name == older
    built = build_generation(two, material(5), HashedWords()).name
    assert names(two) == [built, newest, older]
    assert not status(two).rolled_back


def test_rolling_back_skips_a_damaged_generation(two: Path) -> None:
    build_generation(two, material(5), HashedWords())
    _, middle, oldest = names(two)
    vectors = two / "generations" / middle / "vectors.npy"
    vectors.write_bytes(vectors.read_bytes()[:-1] + b"\x7f")
    assert rollback(two).name == oldest


def test_status_tells_names_sizes_and_trouble(two: Path) -> None:
    newest, older = names(two)
    found = status(two)
    assert (found.current, found.building, found.problem) == (newest, False, "")
    assert [info.name for info in found.generations] == [newest, older]
    assert all(info.size > 10_000 and not info.problem for info in found.generations)
    (two / "generations" / older / "keys.json").unlink()
    assert "keys.json" in status(two).generations[1].problem


def test_status_of_nothing(tmp_path: Path) -> None:
    found = status(tmp_path / "none")
    assert (found.current, found.generations, found.problem) == ("", (), "Er is nog geen index.")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("expected", "code"),
    [
        (Expected(embedder="something else"), "index-embedder"),
        (Expected(rules={"structure": "2"}), "index-rules"),
        (Expected(corpus_hash="corpus-1"), "index-corpus"),
    ],
)
def test_an_index_made_with_something_else_is_refused(two: Path, expected: Expected, code: str) -> None:
    with pytest.raises(IndexUnusableError, match="regelwijzer index build") as caught:
        open_current(two, expected)
    assert (caught.value.code, caught.value.exit_code) == (code, 3)


def test_an_index_that_fits_opens(two: Path) -> None:
    with open_current(two, FITS) as found:
        assert found.notices == ()


def test_verify_of_an_unknown_name(two: Path) -> None:
    with pytest.raises(IndexUnusableError, match="geen index met de naam"):
        verify(two, "../../etc")
