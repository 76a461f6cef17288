"""``regelwijzer backup`` and ``restore`` over a real home, with conversations in it."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from filelock import FileLock
from running import QUESTION, RULES, Run

from assistant.home import PROJECT, Home
from assistant.settings import Settings
from assistant.store import Store

SETTINGS = """\
# wachtwoord: hond1 (niet doen)
[answering]
model = "openai:m"
base_url = "https://bob:hond2@model.voorbeeld.nl/v1?api_key=hond3&x=1"
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    shutil.copytree(PROJECT / "corpus", made.corpus)
    (made.corpus / "versions").mkdir()
    (made.corpus / "versions" / "oud.txt").write_bytes(b"oude versie\r\n")
    (made.root / "regelwijzer.toml").write_text(SETTINGS, "utf-8")
    talk(made, "Eerste")
    return made


def talk(home: Home, title: str) -> None:
    with Store.open(home, Settings().store) as store:
        store.conversations.create("anna", title)


def titles(home: Home) -> list[str]:
    with Store.open(home, Settings().store) as store:
        return sorted(each.title for each in store.conversations.list("anna"))


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def backed_up(home: Home, command: Callable[..., Run], tmp_path: Path) -> Path:
    path = tmp_path / "kopie.zip"
    assert command(home)("backup", str(path)).code == 0
    return path


def test_a_backup_says_what_is_in_it_and_what_is_not(home: Home, command: Callable[..., Run], tmp_path: Path) -> None:
    made = command(home)("backup", str(tmp_path / "kopie.zip"))
    assert made.code == 0
    assert "gesprekken" in made.out
    assert "wachtwoorden uit regelwijzer.toml" in made.err
    with ZipFile(tmp_path / "kopie.zip") as zipped:
        names = {*zipped.namelist()}
        whole = b"".join(zipped.read(name) for name in names if name != "data/regelwijzer.sqlite3")
        settings = tomllib.loads(zipped.read("regelwijzer.toml").decode())
        manifest = json.loads(zipped.read("manifest.json"))
    assert {"corpus/catalogue.toml", "corpus/versions/oud.txt", "data/regelwijzer.sqlite3"} < names
    assert not [name for name in names if "lock" in name]
    assert settings["answering"] == {"model": "openai:m", "base_url": "https://bob@model.voorbeeld.nl/v1?&x=1"}
    assert not any(secret in whole for secret in (b"hond1", b"hond2", b"hond3"))
    assert manifest["schema"] == "backup/1"
    assert {*manifest["files"]} == names - {"manifest.json"}


def test_on_a_fresh_machine_everything_is_back(
    home: Home, backed_up: Path, command: Callable[..., Run], tmp_path: Path
) -> None:
    fresh = Home(tmp_path / "nieuw")
    done = command(fresh)("restore", str(backed_up))
    assert done.code == 0
    assert "2 documenten, met de gesprekken" in done.out
    assert "regelwijzer index build" in done.err
    assert "bewaard in" not in done.err
    assert tree(fresh.corpus) == tree(home.corpus)
    assert titles(fresh) == ["Eerste"]
    assert tomllib.loads((fresh.root / "regelwijzer.toml").read_text("utf-8"))["answering"]["model"] == "openai:m"
    assert sorted(path.name for path in fresh.root.iterdir()) == ["corpus", "data", "regelwijzer.toml"]
    run = command(fresh)
    (fresh.root / "regelwijzer.toml").unlink()  # its language model is not there
    assert run("corpus", "check").code == 0
    assert run("index", "build").code == 0
    assert RULES in run("ask", "--json", QUESTION).out


def test_what_is_replaced_is_kept_beside_it(home: Home, backed_up: Path, command: Callable[..., Run]) -> None:
    before = tree(home.corpus)
    talk(home, "Tweede")
    (home.corpus / "glossary.toml").unlink()
    (home.corpus / "versions" / "oud.txt").write_bytes(b"kapot")
    changed = tree(home.corpus)
    done = command(home)("restore", str(backed_up))
    assert done.code == 0
    assert tree(home.corpus) == before
    assert titles(home) == ["Eerste"]
    assert (home.root / "regelwijzer.toml").read_text("utf-8") == SETTINGS
    assert "Uw eigen regelwijzer.toml is gebleven" in done.err
    (kept,) = home.root.glob("voor-terugzetten-*")
    assert tree(kept / "corpus") == changed
    shutil.copytree(kept / "data", kept / "home" / "data")
    assert titles(Home(kept / "home")) == ["Eerste", "Tweede"]


def test_a_broken_corpus_is_no_hindrance(home: Home, backed_up: Path, command: Callable[..., Run]) -> None:
    (home.corpus / "catalogue.toml").write_text("kapot = \n", "utf-8")
    assert command(home)("restore", str(backed_up)).code == 0
    assert command(home)("corpus", "check").code == 0


def damage(home: Home) -> bytes:
    noise = b"geen database " * 500
    (home.data / "regelwijzer.sqlite3").write_bytes(noise)
    return noise


def test_a_damaged_database_is_set_aside(home: Home, backed_up: Path, command: Callable[..., Run]) -> None:
    """Whoever meets one is told to restore a backup, so that must work."""
    noise = damage(home)
    assert "regelwijzer restore" in command(home)("account", "list").error(1)
    done = command(home)("restore", str(backed_up))
    assert (done.code, titles(home)) == (0, ["Eerste"])
    (kept,) = home.root.glob("voor-terugzetten-*")
    assert (kept / "data" / "regelwijzer.sqlite3").read_bytes() == noise


def test_a_damaged_database_is_put_back_where_restoring_fails(
    home: Home, backed_up: Path, command: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    noise = damage(home)
    monkeypatch.setattr("assistant.store.maintenance.Maintenance.restore", fail)
    assert "alles is zoals het was" in command(home)("restore", str(backed_up)).error(1)
    assert (home.data / "regelwijzer.sqlite3").read_bytes() == noise


def test_names_that_differ_in_capitals_alone_come_back(home: Home, command: Callable[..., Run], tmp_path: Path) -> None:
    for name in ("BIJLAGE.txt", "bijlage.txt"):
        (home.corpus / "versions" / name).write_text(name, "utf-8")
    before = tree(home.corpus)
    assert command(home)("backup", str(tmp_path / "kopie.zip")).code == 0
    assert command(home)("restore", str(tmp_path / "kopie.zip")).code == 0
    assert tree(home.corpus) == before


def refused(home: Home, run: Run, path: Path) -> str:
    before = tree(home.root)
    result = run("restore", str(path))
    assert result.code in (1, 2)
    assert result.out == ""
    assert len(result.err.splitlines()) == 1
    assert {name: data for name, data in tree(home.root).items() if "sqlite" not in name} == {
        name: data for name, data in before.items() if "sqlite" not in name
    }
    assert titles(home) == ["Eerste"]
    return result.err


def repacked(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive with other contents and a manifest that fits them."""
    import hashlib

    with ZipFile(path) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    change(files)
    manifest["files"] = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()
    }
    with ZipFile(path, "w") as zipped:
        for name, data in {**files, "manifest.json": json.dumps(manifest).encode()}.items():
            zipped.writestr(name, data)
    return path


class TestRefused:
    def test_a_file_that_is_not_there_or_no_backup(self, home: Home, command: Callable[..., Run], tmp_path: Path) -> None:
        assert "bestaat niet" in refused(home, command(home), tmp_path / "nergens.zip")
        (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 nee")
        assert "geen (gave) reservekopie" in refused(home, command(home), tmp_path / "x.zip")

    def test_a_corpus_whose_files_do_not_fit_its_catalogue(
        self, home: Home, backed_up: Path, command: Callable[..., Run]
    ) -> None:
        path = repacked(backed_up, lambda files: files.update({f"corpus/documents/{RULES}.txt": b"anders"}))
        assert "geen (gave) reservekopie" in refused(home, command(home), path)

    def test_a_database_that_is_none(self, home: Home, backed_up: Path, command: Callable[..., Run]) -> None:
        path = repacked(backed_up, lambda files: files.update({"data/regelwijzer.sqlite3": b"x" * 5000}))
        assert "geen (gave) reservekopie" in refused(home, command(home), path)

    def test_settings_that_cannot_be_read(self, home: Home, backed_up: Path, command: Callable[..., Run]) -> None:
        path = repacked(backed_up, lambda files: files.update({"regelwijzer.toml": b"[onzin]\n"}))
        (home.root / "regelwijzer.toml").unlink()
        assert "onbekend onderdeel" in refused(home, command(home), path)

    def test_a_corpus_that_is_being_changed(self, home: Home, backed_up: Path, command: Callable[..., Run]) -> None:
        with FileLock(home.corpus / ".lock"):
            assert "Iemand anders" in refused(home, command(home), backed_up)
            assert "Iemand anders" in command(home)("backup", str(backed_up.with_name("2.zip"))).err
        assert not backed_up.with_name("2.zip").exists()

    def test_a_database_that_cannot_be_replaced_leaves_the_corpus(
        self, home: Home, backed_up: Path, command: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The last step fails: what came before it is undone."""

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("assistant.store.maintenance.Maintenance.restore", fail)
        (home.corpus / "versions" / "oud.txt").write_bytes(b"nu")
        assert "alles is zoals het was" in refused(home, command(home), backed_up)
        assert not [*home.root.glob("voor-terugzetten-*")]


class TestBackupRefused:
    def test_a_name_that_is_taken(self, home: Home, backed_up: Path, command: Callable[..., Run]) -> None:
        before = backed_up.read_bytes()
        result = command(home)("backup", str(backed_up))
        assert (result.code, len(result.err.splitlines())) == (2, 1)
        assert backed_up.read_bytes() == before

    def test_a_place_inside_the_corpus_or_that_is_not_there(self, home: Home, command: Callable[..., Run]) -> None:
        before = tree(home.root)
        for path, code in ((home.corpus / "kopie.zip", 2), (home.root / "nergens" / "kopie.zip", 1)):
            result = command(home)("backup", str(path))
            assert (result.code, len(result.err.splitlines())) == (code, 1)
        assert tree(home.root).keys() == before.keys()

    def test_a_home_without_a_corpus(self, command: Callable[..., Run], tmp_path: Path) -> None:
        empty = Home(tmp_path / "leeg")
        assert command(empty)("backup", str(tmp_path / "kopie.zip")).code == 3
        assert not (tmp_path / "kopie.zip").exists()


def test_a_corpus_without_conversations_and_one_in_postgresql(
    home: Home, command: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(home.data)
    made = command(home)("backup", str(tmp_path / "1.zip"))
    assert "geen gesprekken (die zijn er nog niet)" in made.out
    assert not home.data.exists()
    assert "zonder gesprekken" in command(Home(tmp_path / "nieuw"))("restore", str(tmp_path / "1.zip")).out
    monkeypatch.setenv("REGELWIJZER_STORE__URL", "postgresql://anna:geheim@localhost:1/x")
    made = command(home)("backup", str(tmp_path / "2.zip"))
    assert made.code == 0
    assert "pg_dump" in made.err


def test_conversations_of_a_backup_are_not_put_into_postgresql(
    backed_up: Path, command: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGELWIJZER_STORE__URL", "postgresql://anna:geheim@localhost:1/x")
    done = command(Home(tmp_path / "nieuw"))("restore", str(backed_up))
    assert done.code == 0
    assert "zonder gesprekken" in done.out
    assert "niet teruggezet" in done.err
