"""Archives that are not what they seem: each is refused before anything is written outside its own folder."""

from __future__ import annotations

import hashlib
import json
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.backup import archive
from assistant.backup.archive import MANIFEST, is_ours, new_archive, unpack
from assistant.errors import RegelwijzerError, StorageError, UsageError

Files = dict[str, bytes]
GOOD: Files = {"corpus/catalogue.toml": b"# leeg\n", "regelwijzer.toml": b"[web]\nport = 80\n"}


def manifest_of(files: Files) -> dict[str, Any]:
    listed = {name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()}
    return {"schema": "backup/1", "made": "2026-11-22", "files": listed}


def make(path: Path, files: Files, manifest: object = None, mode: int = stat.S_IFREG | 0o600) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            info = ZipInfo(name)
            info.external_attr = mode << 16
            info.compress_type = ZIP_DEFLATED
            zipped.writestr(info, data)
        zipped.writestr(MANIFEST, json.dumps(manifest_of(files) if manifest is None else manifest))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in" / "staging"
    place.mkdir(parents=True)
    return place


def test_what_was_written_comes_out_again(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "b.zip"
    source = tmp_path / "bron"
    source.write_bytes(b"\0\xff" * 1000)
    with new_archive(path) as writing:
        writing.add("corpus/a.bin", source)
        writing.add_bytes("regelwijzer.toml", b"")
        writing.close({"made": "nu"})
    assert unpack(path, folder)["made"] == "nu"
    assert (folder / "corpus" / "a.bin").read_bytes() == source.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_fails_halfway_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    with pytest.raises(StorageError), new_archive(path) as writing:
        writing.add("corpus/a", tmp_path / "nergens")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "corpus/../../evil",
        "/etc/evil",
        "corpus//evil",
        "corpus/./evil",
        "corpus\\..\\evil",
        "C:/evil",
        "corpus/a:b",
        "corpus/a\nb",
        "corpus/",
        "corpus",
        "data/other.sqlite3",
        "index/current",
        "evil",
        "",
    ],
)
def test_a_name_that_is_not_ours_is_refused(name: str, tmp_path: Path, folder: Path) -> None:
    assert not is_ours(name)
    if name:
        with pytest.raises(UsageError):
            unpack(make(tmp_path / "b.zip", {**GOOD, name: b"x"}), folder)
        assert [path for path in tmp_path.rglob("*") if "evil" in path.name] == []


def test_a_link_is_refused(tmp_path: Path, folder: Path) -> None:
    path = make(tmp_path / "b.zip", {"corpus/link": b"/etc/passwd"}, mode=stat.S_IFLNK | 0o777)
    with pytest.raises(UsageError, match="wat er niet in hoort"):
        unpack(path, folder)
    assert list(folder.iterdir()) == []


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    manifest = manifest_of(GOOD)
    change(manifest)
    return manifest


@pytest.mark.parametrize(
    "manifest",
    [
        [],
        {},
        {"schema": "backup/1"},
        {"schema": "backup/1", "files": []},
        {"schema": "backup/9", "files": {}},
        changed(lambda m: m["files"].pop("regelwijzer.toml")),
        changed(lambda m: m["files"].update({"corpus/meer": {"size": 1, "sha256": "0"}})),
        changed(lambda m: m["files"]["regelwijzer.toml"].update(sha256="0" * 64)),
        changed(lambda m: m["files"]["regelwijzer.toml"].update(size=3)),
        changed(lambda m: m["files"]["regelwijzer.toml"].update(size="veel")),
        changed(lambda m: m["files"]["regelwijzer.toml"].update(size=float("inf"))),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(manifest: object, tmp_path: Path, folder: Path) -> None:
    with pytest.raises(UsageError):
        unpack(make(tmp_path / "b.zip", GOOD, manifest), folder)


def test_an_archive_with_a_password_is_refused(tmp_path: Path, folder: Path) -> None:
    path = make(tmp_path / "b.zip", GOOD)
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(mark, bytes(data)):
            data[found.start() + flags] |= 1
    path.write_bytes(data)
    with pytest.raises(UsageError, match="geen \\(gave\\) reservekopie"):
        unpack(path, folder)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_SUSPECT_SIZE", 1 << 20)
    path = make(tmp_path / "b.zip", {"corpus/bom": b"\0" * (8 << 20)})
    with pytest.raises(UsageError, match="GB"):
        unpack(path, folder)
    assert list(folder.iterdir()) == []


def test_no_room_is_said_before_anything_is_written(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_LEFT_FREE", 1 << 62)
    with pytest.raises(StorageError, match="vrij"):
        unpack(make(tmp_path / "b.zip", GOOD), folder)
    assert list(folder.iterdir()) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_refused_or_whole(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever byte is changed or wherever it is cut off: an error of ours, or every file as it was."""
    root = tmp_path_factory.mktemp("schade")
    whole = make(root / "b.zip", GOOD).read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.booleans())
    broken = whole[:at] if cut else whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    (root / "b.zip").write_bytes(broken)
    folder = root / "staging"
    folder.mkdir()
    try:
        unpack(root / "b.zip", folder)
    except RegelwijzerError:
        return
    assert {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()} == GOOD
