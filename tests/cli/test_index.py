"""``regelwijzer index``: build, status, verify, rollback; and what is said when index or corpus cannot be used."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from running import LETTER, QUESTION, Run

from assistant.home import PROJECT, Home
from assistant.service import Service
from assistant.settings import Settings

Spoil = Callable[[Home], None]
COMMAND = "regelwijzer index build"
FEW = 20  # units whose questions are kept, of each document


@pytest.fixture(scope="module")
def light_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The project's documents with few of their questions, indexed: where nothing hangs on the rest, learning costs time."""
    home = Home(tmp_path_factory.mktemp("light"))
    shutil.copytree(PROJECT / "corpus", home.corpus)
    (home.corpus / "unanswered.toml").unlink()
    for path in (home.corpus / "questions").iterdir():
        path.write_text("[[unit]]".join(path.read_text("utf-8").split("[[unit]]")[:FEW]), "utf-8")
    Service(home, Settings()).build_index()
    return home


@pytest.fixture
def own_home(light_home: Home, tmp_path: Path) -> Home:
    """A copy of that home, to do anything with."""
    return Home(Path(shutil.copytree(light_home.root, tmp_path / "home")))


@pytest.fixture
def here(command: Callable[..., Run], own_home: Home) -> Run:
    """Runs the command line over a home that the test may spoil."""
    return command(own_home)


def answers(run: Run) -> bool:
    result = run("ask", "--json", QUESTION)
    return result.code == 0 and result.json["status"] == "answered"


def current(home: Home) -> bytes:
    return (home.index / "current").read_bytes()


class TestLife:
    """What an index goes through, in one home: every step needs the one before it."""

    def test_build_status_verify_rollback(self, here: Run, own_home: Home) -> None:
        first = here("index", "status").out.split()[1].rstrip(",")
        assert here("index", "status", "--quiet").out == ""
        again = here("index", "build")
        assert (again.code, again.err) == (0, "")
        assert "0 nieuw ingebed" in again.out
        assert first not in here("index", "status").out
        assert here("index", "verify").out == "De index is goed.\n"
        back = here("index", "rollback")
        assert (back.code, back.err) == (0, "")
        assert first in back.out
        answer = here("ask", "--json", QUESTION).json
        assert answer["index"] == first
        assert answer["status"] == "answered"
        refused = here("index", "rollback").error(3)
        assert COMMAND in refused
        assert answers(here)

    def test_what_is_kept_follows_the_setting(self, here: Run, own_home: Home) -> None:
        (own_home.root / "regelwijzer.toml").write_text("[index]\nkeep = 1\n", "utf-8")
        assert here("index", "build").code == 0
        assert len(list((own_home.index / "generations").iterdir())) == 1


class TestNoIndex:
    @pytest.mark.parametrize(
        "arguments",
        [["ask", "x"], ["search", "x"], ["index", "status"], ["index", "status", "--quiet"], ["index", "verify"]],
        ids=" ".join,
    )
    def test_it_is_said_with_the_command_that_makes_one(self, here: Run, own_home: Home, arguments: list[str]) -> None:
        shutil.rmtree(own_home.index)
        assert COMMAND in here(*arguments).error(3)

    def test_a_batch_says_it_once_and_before_its_first_line(self, here: Run, own_home: Home, tmp_path: Path) -> None:
        shutil.rmtree(own_home.index)
        (tmp_path / "vragen.jsonl").write_text('{"question": "a"}\n{"question": "b"}\n', "utf-8")
        assert COMMAND in here("ask", "--batch", str(tmp_path / "vragen.jsonl")).error(3)

    def test_nothing_to_go_back_to(self, here: Run) -> None:
        assert COMMAND in here("index", "rollback").error(3)


def _edit(old: str, new: str, count: int = -1) -> Spoil:
    def spoil(home: Home) -> None:
        catalogue = home.corpus / "catalogue.toml"
        text = catalogue.read_text("utf-8")
        assert old in text
        catalogue.write_text(text.replace(old, new, count), "utf-8")

    return spoil


def _remove(name: str) -> Spoil:
    return lambda home: (home.corpus / name).unlink()


def _append(name: str, text: bytes) -> Spoil:
    return lambda home: (home.corpus / name).write_bytes((home.corpus / name).read_bytes() + text)


_LETTER_FILE = f"documents/{LETTER}.txt"
BROKEN_CORPUS: dict[str, tuple[Spoil, str]] = {
    "no catalogue": (_remove("catalogue.toml"), "Er is geen catalogus."),
    "no corpus": (lambda home: shutil.rmtree(home.corpus), "Er is geen catalogus."),
    "no published document": (
        _edit('status = "gepubliceerd"', 'status = "ingetrokken"'),
        "geen enkel document gepubliceerd",
    ),
    "missing file": (_remove(_LETTER_FILE), _LETTER_FILE),
    "wrong checksum": (_append(_LETTER_FILE, b"x"), _LETTER_FILE),
    "duplicate id": (_edit('id = "zvw"', 'id = "wlz"', 1), "id 'wlz' staat ook al op regel"),
    "impossible dates": (_edit("valid_until = 2027-12-31", "valid_until = 2020-12-31"), "valid_until"),
    "unknown kind": (_edit('kind = "brief"', 'kind = "roman"'), "De soort 'roman' is onbekend."),
    "no TOML": (_append("catalogue.toml", b"kapot\n"), "is-gelijkteken"),
    "no UTF-8": (_append("catalogue.toml", b"# \xff\xfe\n"), "geen UTF-8"),
    "broken glossary": (_append("glossary.toml", b"kapot\n"), "glossary.toml"),
    "broken questions": (_append(f"questions/{LETTER}.toml", b"kapot\n"), f"questions/{LETTER}.toml"),
}


@pytest.mark.parametrize(("spoil", "part"), BROKEN_CORPUS.values(), ids=BROKEN_CORPUS)
def test_a_corpus_that_cannot_be_used_is_not_built_and_harms_nothing(
    here: Run, own_home: Home, tmp_path: Path, spoil: Spoil, part: str
) -> None:
    kept = Path(shutil.copytree(own_home.corpus, tmp_path / "corpus"))
    before = current(own_home)
    spoil(own_home)
    assert part in here("index", "build").error(3)
    assert current(own_home) == before
    asked = here("ask", QUESTION)  # answered from the index, or refused; never anything else
    assert asked.code in (0, 3)
    if asked.code == 3:
        asked.error(3)
    shutil.rmtree(own_home.corpus, ignore_errors=True)
    kept.rename(own_home.corpus)
    assert answers(here)


def test_documents_that_changed_since_the_build_are_said(here: Run) -> None:
    assert here("corpus", "retire", LETTER).code == 0
    assert COMMAND in here("ask", QUESTION).error(3)
    assert COMMAND in here("index", "status", "--quiet").error(3)
    assert "1 documenten" in here("index", "build").out
    assert answers(here)
    gone = here("ask", "--json", "Hoeveel netwerken dementie zijn er volgens de brief?").json
    assert LETTER not in {citation["document"] for citation in gone["citations"] + gone["nearest"]}


class TestOtherModel:
    def test_another_prefix_is_another_index(self, here: Run, own_home: Home) -> None:
        (own_home.root / "regelwijzer.toml").write_text('[index]\npassage_prefix = "passage: "\n', "utf-8")
        line = here("ask", QUESTION).error(3)
        assert "ander inbeddingsmodel" in line
        assert COMMAND in line
        assert here("index", "build").code == 0
        assert answers(here)

    def test_a_model_that_is_not_there(self, here: Run, own_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REGELWIJZER_INDEX__EMBEDDER", "/nergens/model")
        before = current(own_home)
        assert "/nergens/model" in here("index", "build").error(1)
        assert "/nergens/model" in here("ask", QUESTION).error(1)
        assert current(own_home) == before


def _damage_passages(home: Home) -> None:
    (generation,) = (home.index / "generations").iterdir()
    path = next(path for path in sorted(generation.rglob("*")) if path.is_file() and path.suffix == ".npy")
    path.write_bytes(path.read_bytes()[:-1])


BROKEN_INDEX: dict[str, Spoil] = {
    "pointer gone": lambda home: (home.index / "current").unlink(),
    "pointer nonsense": lambda home: (home.index / "current").write_bytes(b"\xff{"),
    "pointer to nothing": lambda home: (home.index / "current").write_text('{"generation": "x"}'),
    "generation gone": lambda home: shutil.rmtree(home.index / "generations"),
    "file cut short": _damage_passages,
    "everything empty": lambda home: [p.write_bytes(b"") for p in home.index.rglob("*") if p.is_file()] and None,
}


@pytest.mark.parametrize("spoil", BROKEN_INDEX.values(), ids=BROKEN_INDEX)
def test_a_broken_index_answers_soundly_or_names_the_command(here: Run, own_home: Home, spoil: Spoil) -> None:
    spoil(own_home)
    asked = here("ask", "--json", QUESTION)
    if asked.code == 0:
        assert asked.json["status"] == "answered"
        return
    assert COMMAND in asked.error(3)
    assert here("index", "build").code == 0
    assert answers(here)


def test_a_second_build_is_refused_at_once(here: Run, own_home: Home) -> None:
    with FileLock(own_home.index / ".writer.lock"):
        line = here("index", "build").error(1)
    assert "Een ander proces is al bezig" in line
    assert answers(here)


def test_a_full_disk_keeps_the_old_index(here: Run, own_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real thing, on a disk that is really full, is in tests/indexing; this is how the command line tells it."""
    before = current(own_home)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    line = here("index", "build").error(1)
    assert "schijf is vol" in line
    assert "No space" not in line
    monkeypatch.undo()
    assert current(own_home) == before
    assert answers(here)
