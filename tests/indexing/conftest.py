"""Fixtures of the index tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from index_material import HashedWords, material

from assistant.indexing import build_generation


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Private copies of Chroma go to a folder of the test's own, which must be empty of them in the end."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert not list(folder.glob("regelwijzer-*/chroma")), "a private copy was left behind"


@pytest.fixture(scope="session")
def two_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with two generations, never to be changed."""
    folder = tmp_path_factory.mktemp("built")
    build_generation(folder, material(30), HashedWords())
    build_generation(folder, material(31, corpus_hash="corpus-2"), HashedWords())
    return folder


@pytest.fixture
def two(two_built: Path, tmp_path: Path) -> Path:
    """A copy of that index, to do anything with."""
    return Path(shutil.copytree(two_built, tmp_path / "index"))
