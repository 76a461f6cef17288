"""``regelwijzer corpus …`` and ``doctor`` over a copy of the real corpus, through the real root command."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from model_server import Reply, model_server

from assistant.cli import main
from assistant.cli.doctor import pinned
from assistant.corpus.library import Library
from assistant.home import PROJECT

LETTER, RULES = "dnn-brief-financiering", "zn-inkooptekst-casemanagement"


@dataclass
class Result:
    """What a command did."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self):  # type: ignore[no-untyped-def]
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "corpus", tmp_path / "corpus")
    return tmp_path


@pytest.fixture
def run(home: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def go(*arguments: str) -> Result:
        capfdbinary.readouterr()
        code = main(["--home", str(home), *arguments])
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return Result(code, out, err.decode())

    return go


def test_list_has_a_line_a_document_also_for_missing_ones(run: Run) -> None:
    result = run("corpus", "list")
    rows = [line.split("\t") for line in result.text.splitlines()]
    assert result.code == 0
    assert {len(row) for row in rows} == {5}
    by_id = {row[0]: row for row in rows}
    assert by_id[RULES][1:4] == ["inkoopbeleid", "gepubliceerd", "2026-01-01 t/m 2027-12-31"]
    assert by_id["zvw"][2] == "ontbreekt"
    assert [value["id"] for value in run("corpus", "list", "--json").json] == [row[0] for row in rows]


def test_show_tells_how_a_document_was_read(run: Run) -> None:
    shown = run("corpus", "show", LETTER)
    assert shown.code == 0
    assert "brief" in shown.text
    assert "3 bladzijden" in shown.text
    value = run("corpus", "show", LETTER, "--json").json
    assert value["kind"] == "brief"
    assert value["valid_from"] == "2025-11-25"
    assert value["valid_until"] is None
    assert value["reading"]["verdict"] == "ok"
    assert value["versions"] == []


def test_show_of_a_missing_document_says_what_is_known_and_how_to_add_it(run: Run) -> None:
    shown = run("corpus", "show", "nza-beleidsregel-verpleging-verzorging")
    assert shown.code == 0
    assert "https://puc.overheid.nl/nza/doc/PUC_789876_22/" in shown.text
    assert "ketenzorg dementie" in shown.text
    assert "corpus add BESTAND --id nza-beleidsregel-verpleging-verzorging" in shown.text
    assert run("corpus", "show", "zvw", "--json").json["reading"] is None


@pytest.mark.parametrize("name", [LETTER, RULES])
def test_text_is_the_canonical_text_byte_for_byte(run: Run, home: Path, name: str) -> None:
    document = Library(home / "corpus", home / "index" / "cache").document(name)
    result = run("corpus", "text", name, "--version", document.version)
    assert (result.code, result.out, result.err) == (0, document.text.encode(), "")
    assert not result.out.endswith(b"\n")
    assert run("corpus", "text", name).out == result.out


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["show", "onbekend"], 3, LETTER),
        (["text", "onbekend"], 3, LETTER),
        (["text", LETTER, "--version", "abc"], 3, "Versie 'abc'"),
        (["text", "zvw"], 3, "wetten.overheid.nl"),
        (["publish", LETTER], 2, "al gepubliceerd"),
        (["retire", "zvw"], 2, "ontbreekt"),
        (["diff", LETTER], 2, "maar één versie"),
        (["add", "/nergens/x.pdf"], 2, "bestaat niet"),
        (["add", "/proc/self/mem"], 2, "kan niet worden gelezen (de schijf geeft een fout)"),
        (["add", "/nergens/x.pdf", "--date", "31-12-2026"], 2, "2026-03-01"),
        (["add", "/nergens/x.pdf", "--date", "2026-02-30"], 2, "geen datum"),
    ],
)
def test_an_error_is_one_dutch_line_on_standard_error(run: Run, arguments: list[str], code: int, part: str) -> None:
    result = run("corpus", *arguments)
    assert (result.code, result.out) == (code, b"")
    assert part in result.err
    assert len(result.err.splitlines()) == 1


def test_check_of_the_shipped_corpus_finds_no_errors(run: Run) -> None:
    result = run("corpus", "check", "--json")
    assert result.code == 0
    assert result.json["ok"] is True
    assert {problem["severity"] for problem in result.json["problems"]} <= {"waarschuwing"}
    assert run("corpus", "check").code == 0


def test_check_names_every_problem_and_exits_3(run: Run, home: Path) -> None:
    catalogue = home / "corpus" / "catalogue.toml"
    text = catalogue.read_text("utf-8").replace('kind = "brief"', 'kind = "roman"')
    catalogue.write_text(text, "utf-8")
    (home / "corpus" / "documents" / f"{RULES}.txt").unlink()
    (home / "corpus" / "questions" / "niemand.toml").write_text("", "utf-8")
    result = run("corpus", "check")
    line = text[: text.index('kind = "roman"')].count("\n") + 1
    assert result.code == 3
    assert f"fout: catalogue.toml, regel {line} ({LETTER}): De soort 'roman' is onbekend." in result.text
    assert "bestaat niet" in result.text
    assert "2 fouten" in result.text.splitlines()[-1]
    assert run("corpus", "check", "--json").json["ok"] is False


def test_check_warns_of_what_belongs_to_nothing(run: Run, home: Path) -> None:
    (home / "corpus" / "documents" / "kladje.txt").write_text("x", "utf-8")
    (home / "corpus" / "glossary.toml").unlink()
    unanswered = home / "corpus" / "unanswered.toml"
    unanswered.write_text(unanswered.read_text("utf-8").replace(f'"{RULES}"', '"onzin"', 1), "utf-8")
    result = run("corpus", "check")
    assert result.code == 0
    assert "waarschuwing: documents/kladje.txt: " in result.text
    assert "waarschuwing: glossary.toml: " in result.text
    assert "'documents' noemt 'onzin'" in result.text


def test_check_goes_on_past_a_document_that_cannot_be_read(run: Run, home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "kapot.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    (home / "corpus" / "documents" / "kapot.pdf").write_bytes(broken.read_bytes())
    digest = hashlib.sha256(broken.read_bytes()).hexdigest()
    with (home / "corpus" / "catalogue.toml").open("a", encoding="utf-8") as stream:
        stream.write(
            '\n[[document]]\nid = "kapot"\ntitle = "Kapot"\npublisher = ""\nkind = "brief"\nstatus = "gepubliceerd"\n'
            f'file = "documents/kapot.pdf"\nsha256 = "{digest}"\n'
        )
    result = run("corpus", "check")
    assert result.code == 3
    assert "documents/kapot.pdf (kapot)" in result.text
    assert "1 fout" in result.text.splitlines()[-1]
    assert run("corpus", "text", LETTER).code == 0
    assert run("corpus", "text", "kapot").code == 1


def test_check_without_a_corpus(run: Run, home: Path) -> None:
    shutil.rmtree(home / "corpus")
    result = run("corpus", "check")
    assert result.code == 3
    assert "Er is geen catalogus." in result.text
    listed = run("corpus", "list")
    assert (listed.code, listed.out) == (3, b"")


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--kind", "onzin"], "De soort 'onzin' is onbekend. Kies met --kind uit: wet, "),
        ([], "Noem de soort met --kind."),
        (["--kind", "wet", "--valid-from", "2027-01-01", "--valid-until", "2026-01-01"], "Verbeter --valid-from"),
        (
            ["--kind", "wet", "--replaces", "onzin"],
            f"--replaces noemt 'onzin'; dat document is onbekend. Bekend zijn: {LETTER}",
        ),
        (["--kind", "wet", "--replaces", "klad"], "zou dan zichzelf vervangen"),
        (["--kind", "wet", "--source-url", "overal"], "--source-url is 'overal'"),
        (["--id", RULES, "--kind", "onzin"], "De soort 'onzin' is onbekend."),
        (["--id", RULES, "--kind", "wet"], "met kind 'inkoopbeleid'; een nieuwe versie verandert dat niet. Laat --kind weg"),
        (["--id", RULES, "--valid-from", "2028-01-01"], "Verbeter --valid-from of --valid-until."),
    ],
)
def test_add_refuses_what_the_catalogue_could_not_hold(
    run: Run, home: Path, tmp_path: Path, options: list[str], part: str
) -> None:
    before = (home / "corpus" / "catalogue.toml").read_bytes()
    newer = tmp_path / "klad.txt"
    newer.write_text("Klad\n\nDit is een klad.\n", "utf-8")
    result = run("corpus", "add", str(newer), *options)
    assert (result.code, result.out) == (2, b"")
    assert part in result.err
    assert "catalogue.toml, regel" not in result.err
    assert len(result.err.splitlines()) == 1
    assert (home / "corpus" / "catalogue.toml").read_bytes() == before
    assert not (home / "corpus" / "versions.toml").exists()


def test_a_version_that_does_not_hold_yet_is_warned_of(run: Run, home: Path, tmp_path: Path) -> None:
    newer = tmp_path / "nieuw.txt"
    newer.write_bytes((home / "corpus" / "documents" / f"{RULES}.txt").read_bytes() + b"\nEn nog een zin.\n")
    said = "geldt pas vanaf 2999-01-01; tot die dag wordt niets uit dit document geciteerd."
    assert (
        said
        in run("corpus", "add", str(newer), "--id", RULES, "--valid-from", "2999-01-01", "--valid-until", "2999-12-31").err
    )
    assert said not in run("corpus", "check").text  # the version of today is still in use
    published = run("corpus", "publish", RULES)
    (line,) = [line for line in published.err.splitlines() if said in line]
    assert line.endswith(f"Voeg haar liever toe als nieuw document met --replaces {RULES}.")
    checked = run("corpus", "check")
    assert checked.code == 0
    assert said in checked.text


def test_a_new_document_that_does_not_hold_yet_is_no_trouble(run: Run, tmp_path: Path) -> None:
    newer = tmp_path / "later.txt"
    newer.write_text("Later\n\nDit gaat later gelden.\n", "utf-8")
    added = run("corpus", "add", str(newer), "--kind", "brief", "--valid-from", "2999-01-01", "--replaces", LETTER)
    assert "geldt pas" not in added.err
    assert "geldt pas" not in run("corpus", "publish", "later").err
    assert "geldt pas" not in run("corpus", "check").text


def test_what_is_replaced_says_by_what_and_how_to_end_it(run: Run, home: Path, tmp_path: Path) -> None:
    newer = tmp_path / "nieuw.txt"
    newer.write_text("Nieuw\n\nDit komt in de plaats van de inkooptekst.\n", "utf-8")
    run("corpus", "add", str(newer), "--kind", "inkoopbeleid", "--valid-from", "2027-07-01", "--replaces", RULES)
    assert "vervangen" not in run("corpus", "show", RULES).text  # by a draft nothing is replaced
    run("corpus", "publish", "nieuw")
    assert "  vervangen door: nieuw (vanaf 2027-07-01)\n" in run("corpus", "show", RULES).text
    assert run("corpus", "show", RULES, "--json").json["replaced_by"] == ["nieuw"]
    row = next(line for line in run("corpus", "list").text.splitlines() if line.startswith(RULES)).split("\t")
    assert row[2] == "gepubliceerd; vervangen door nieuw (vanaf 2027-07-01)"

    checked = run("corpus", "check")
    (line,) = [line for line in checked.text.splitlines() if "vervangen door 'nieuw'" in line]
    assert checked.code == 0
    assert "valid_until = 2027-06-30" in line
    assert f"'regelwijzer corpus retire {RULES}'" in line
    catalogue = home / "corpus" / "catalogue.toml"
    text = catalogue.read_text("utf-8")
    assert f"regel {text[: text.index('valid_until = 2027-12-31')].count(chr(10)) + 1} " in line
    catalogue.write_text(text.replace("valid_until = 2027-12-31", "valid_until = 2027-06-30"), "utf-8")
    assert "vervangen door" not in run("corpus", "check").text


def test_add_diff_publish_show_retire(run: Run, home: Path, tmp_path: Path) -> None:
    original = home / "corpus" / "documents" / f"{RULES}.txt"
    old = run("corpus", "show", RULES, "--json").json["version"]
    newer = tmp_path / "nieuw.txt"
    newer.write_bytes(original.read_bytes().replace(b"laagdrempelig aanspreekpunt", b"bereikbaar aanspreekpunt"))

    added = run("corpus", "add", str(newer), "--id", RULES, "--valid-until", "2028-12-31")
    assert added.code == 0
    assert "status: concept" in added.text
    assert "lezing: ok" in added.text
    assert f"corpus publish {RULES}" in added.err
    assert run("corpus", "show", RULES, "--json").json["version"] == old

    changes = run("corpus", "diff", RULES, "--json").json
    assert changes["from"] == old
    assert changes["changes"]
    assert all("aanspreekpunt" in change["new"] for change in changes["changes"])
    shown = run("corpus", "diff", RULES).text
    assert shown.startswith("- (bladzijde 1)")
    assert "\n+ (bladzijde 1)" in shown

    assert run("corpus", "publish", RULES).code == 0
    value = run("corpus", "show", RULES, "--json").json
    assert value["version"] == changes["to"]
    assert value["valid_until"] == "2028-12-31"
    assert [record["version"] for record in value["versions"]] == [old]
    assert run("corpus", "show", RULES, "--version", old, "--json").json["valid_until"] == "2027-12-31"
    assert run("corpus", "text", RULES, "--version", old).code == 0
    assert run("corpus", "retire", RULES).code == 0
    assert run("corpus", "show", RULES, "--json").json["status"] == "ingetrokken"


def test_diff_of_equal_texts_says_so_beside_the_result(run: Run) -> None:
    version = run("corpus", "show", LETTER, "--json").json["version"]
    result = run("corpus", "diff", LETTER, "--from", version, "--to", version)
    assert (result.code, result.out) == (0, b"")
    assert "gelijk" in result.err


class TestDoctor:
    def test_without_an_index_it_says_how_to_make_one(self, run: Run) -> None:
        result = run("doctor")
        lines = result.text.splitlines()
        assert result.code == 1
        assert all(line.startswith(("✓ ", "! ")) for line in lines)
        subjects = [line[2:].split(":")[0] for line in lines]
        assert list(dict.fromkeys(subjects)) == [
            *("Python", "Pakketten", "Corpus", "Index", "Taalmodel", "Schijfruimte", "Mappen")
        ]
        (index,) = [line for line in lines if "Index:" in line]
        assert index.startswith("! ")
        assert "regelwijzer index build" in index
        assert any(line.startswith("✓ Corpus: 2 documenten gepubliceerd, 9 bekend") for line in lines)

    def test_trouble_in_the_corpus_does_not_stop_the_other_checks(self, run: Run, home: Path) -> None:
        (home / "corpus" / "catalogue.toml").write_text("a = \n", "utf-8")
        lines = run("doctor").text.splitlines()
        assert any(line.startswith("! Corpus: catalogue.toml, regel 1") for line in lines)
        assert any("Schijfruimte" in line for line in lines)

    def test_a_language_model_is_made_and_not_asked(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "✓ Taalmodel: geen; de antwoorden bestaan uit citaten." in run("doctor").text.splitlines()
        with model_server(lambda _: Reply(b"", 500)) as served:
            monkeypatch.setenv("REGELWIJZER_ANSWERING__MODEL", "openai:m")
            monkeypatch.setenv("REGELWIJZER_ANSWERING__BASE_URL", served.address)
            lines = run("doctor").text.splitlines()
            assert served.requests == []
        assert any(line.startswith(f"✓ Taalmodel: openai:m op {served.address} is klaar") for line in lines)

    def test_a_language_model_that_cannot_be_made_is_told_with_its_remedy(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REGELWIJZER_ANSWERING__MODEL", "nergens:m")
        lines = run("doctor").text.splitlines()
        assert any(line.startswith("! Taalmodel: ") and "Controleer answering.model" in line for line in lines)
        assert any("Mappen" in line for line in lines)

    def test_it_makes_no_folders(self, run: Run, home: Path) -> None:
        shutil.rmtree(home / "corpus")
        before = sorted(home.iterdir())
        run("doctor")
        assert sorted(home.iterdir()) == before


def test_pins_are_read_by_normalised_name(tmp_path: Path) -> None:
    path = tmp_path / "constraints.txt"
    path.write_text('# kop\nAda_Lib.x==1.2  # uitleg\nb==3; python_version > "3"\nc>=1\n\n', "utf-8")
    assert pinned(path) == {"ada-lib-x": "1.2", "b": "3"}
    assert pinned(tmp_path / "nergens") == {}


def test_what_is_wrong_with_an_empty_version_is_its_option(run: Run) -> None:
    result = run("corpus", "text", LETTER, "--version", "")
    assert result.code == 2
    assert "--version is leeg" in result.err


def test_add_lists_the_kinds_and_a_batch_its_keys(run: Run) -> None:
    assert "beroepsprofiel" in run("corpus", "add", "--help").text
    assert "as_of" in run("ask", "--help").text


def test_a_draft_that_was_never_published_is_corrected_without_a_word_of_replacing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    path.write_text("Brief\n\nDe gemeente betaalt het voorschot.\n", "utf-8")
    given = (
        "--id",
        "nieuw",
        "--kind",
        "brief",
        "--valid-from",
        "2999-01-01",
        "--name",
        "voorschotbrief",
        "--name",
        "brief 7",
    )
    assert run("corpus", "add", str(path), *given).code == 0
    assert run("corpus", "show", "nieuw", "--json").json["names"] == ["voorschotbrief", "brief 7"]
    path.write_text("Brief\n\nDe gemeente betaalt het hele voorschot.\n", "utf-8")
    again = run("corpus", "add", str(path), "--id", "nieuw")
    assert again.code == 0
    assert "--replaces" not in again.err
