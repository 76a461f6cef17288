"""The catalogue: what it gives, and that everything wrong with it is named with its entry and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from small_corpus import Shop

from assistant.corpus.catalogue import check_catalogue, load_catalogue, parse_catalogue
from assistant.corpus.problems import Severity
from assistant.errors import CorpusError
from assistant.home import PROJECT
from assistant.records import DocumentStatus

TODAY = date(2026, 11, 22)


def test_the_catalogue_gives_kinds_and_documents_in_order(shop: Shop) -> None:
    catalogue = load_catalogue(shop.folder)
    assert [source.id for source in catalogue.sources] == ["brief", "regels", "zvw"]
    brief = catalogue.by_id["brief"]
    assert (brief.kind.rank, brief.kind.binding) == (6, "stelt geen regels")
    assert brief.date == date(2025, 11, 25)
    assert brief.names == ("de brief",)
    assert len(brief.version) == 64
    assert catalogue.by_id["zvw"].status is DocumentStatus.MISSING
    assert catalogue.by_id["zvw"].version == ""
    assert check_catalogue(shop.folder, TODAY) == []


SPOILED = [
    ('title = "De brief"  # zoals hij heet', "", "missing-key", "[[document]]", "'title' ontbreekt"),
    ('title = "De brief"', 'titel = "x"\ntitle = "De brief"', "unknown-key", None, "'titel' is hier onbekend"),
    ('title = "De brief"', 'title = ""', "empty-value", None, "'title' is leeg"),
    ('title = "De brief"', 'title = "  "', "empty-value", None, "'title' is leeg"),
    ('title = "De brief"', "title = 3", "wrong-type", None, "'title' heeft een waarde die niet kan"),
    ('names = ["de brief"]', 'names = "de brief"', "wrong-type", None, "'names'"),
    ('names = ["de brief"]', 'names = ["de brief", 3]', "wrong-type", None, "'names'"),
    ('names = ["de brief"]', 'names = [" "]', "empty-value", None, "'names'"),
    ('id = "brief"', 'id = "De Brief"', "bad-value", None, "'De Brief'"),
    ('id = "brief"', 'id = "../brief"', "bad-value", None, "'../brief'"),
    ('id = "regels"', 'id = "brief"', "duplicate-id", None, "staat ook al op regel"),
    ('kind = "brief"', 'kind = "roman"', "unknown-kind", None, "'roman' is onbekend"),
    ('status = "gepubliceerd"', 'status = "klaar"', "unknown-value", None, "'klaar'"),
    ("date = 2025-11-25", 'date = "2025-11-25"', "wrong-type", None, "'date'"),
    ("date = 2025-11-25", "date = 2025-11-25T10:00:00", "wrong-type", None, "'date'"),
    ("date = 2025-11-25", "date = 2026-02-30", "toml-syntax", None, "Deze datum bestaat niet"),
    ("valid_until = 2998-12-31", "valid_until = 2025-12-31", "impossible-dates", None, "2026-01-01 en 2025-12-31"),
    ("review_by = 2999-01-01", "review_by = 2025-01-01", "impossible-dates", None, "2025-11-25 en 2025-01-01"),
    ('publisher = "ZN"', 'publisher = "ZN"\nreplaces = "nergens"', "unknown-replaces", 1, "'nergens'"),
    ('publisher = "ZN"', 'publisher = "ZN"\nreplaces = "regels"', "replaces-circle", 1, "kring"),
    ('file = "documents/brief.txt"', 'file = "documents/weg.txt"', "file-missing", None, "'documents/weg.txt' bestaat niet"),
    ('file = "documents/brief.txt"', 'file = "documents"', "file-missing", None, "'documents' bestaat niet"),
    ('file = "documents/brief.txt"', 'file = "/etc/passwd"', "file-outside", None, "buiten de map"),
    ('file = "documents/brief.txt"', 'file = "../brief.txt"', "file-outside", None, "buiten de map"),
    ('file = "documents/brief.txt"', "file = 'C:\\brief.txt'", "file-outside", None, "buiten de map"),
    ('file = "documents/brief.txt"', 'file = "a\\u0000b"', "file-outside", None, "buiten de map"),
    ('file = "documents/brief.txt"', "", "missing-key", "[[document]]", "'file' ontbreekt"),
    ('file = "documents/regels.txt"', 'file = "documents/brief.txt"', "duplicate-file", None, "staat ook al op regel"),
    ('sha256 = "', 'sha256 = "g', "bad-value", None, "'sha256'"),
    ('holds = "Wat verzekerd is."', 'file = "documents/zvw.xml"', "missing-with-file", None, "ontbreekt volgens"),
    ('source_url = "https://', 'source_url = "javascript://', "bad-value", None, "'source_url'"),
    ("https://wetten.overheid.nl", "https://[wetten", "bad-value", None, "'source_url'"),
    ("https://wetten.overheid.nl", "https://wetten\uff0fnl", "bad-value", None, "'source_url'"),
    ("rank = 6", "rank = 0", "bad-value", None, "'rank'"),
    ("rank = 6", "rank = true", "wrong-type", None, "'rank'"),
    ('binding = "stelt geen regels"', "", "missing-key", "[kinds.brief]", "'binding' ontbreekt"),
    ("# Catalogus van de test", "versie = 1", "unknown-key", None, "'versie'"),
    ("# Catalogus van de test", "document = 3", "toml-syntax", "[[document]]", "twee keer"),
]


@pytest.mark.parametrize(
    ("old", "new", "code", "line_of", "part"), SPOILED, ids=[f"{row[2]}-{row[1][:24]}" for row in SPOILED]
)
def test_what_is_wrong_is_named_with_its_line(
    shop: Shop, old: str, new: str, code: str, line_of: str | int | None, part: str
) -> None:
    line = shop.spoil(old, new)
    if isinstance(line_of, int):
        line += line_of
    elif line_of is not None:
        line = shop.catalogue.read_text("utf-8").split("\n").index(line_of) + 1
    with pytest.raises(CorpusError) as caught:
        load_catalogue(shop.folder)
    assert caught.value.code == code
    assert f"catalogue.toml, regel {line}" in caught.value.message
    assert part in caught.value.message
    assert caught.value.remedy
    assert caught.value.exit_code == 3
    problems = check_catalogue(shop.folder, TODAY)
    assert (code, line) in [(problem.code, problem.line) for problem in problems if problem.severity is Severity.ERROR]


def test_a_changed_file_is_named_with_both_checksums(shop: Shop) -> None:
    (shop.folder / "documents" / "brief.txt").write_text("anders", "utf-8")
    (problem,) = check_catalogue(shop.folder, TODAY)
    assert problem.code == "file-changed"
    assert problem.entry == "brief"
    assert "documents/brief.txt" in problem.message
    assert "corpus add" in problem.remedy
    assert load_catalogue(shop.folder, verify_files=False).by_id["brief"].id == "brief"
    with pytest.raises(CorpusError, match="veranderd"):
        load_catalogue(shop.folder)


def test_a_link_out_of_the_folder_is_refused(shop: Shop, tmp_path: Path) -> None:
    outside = tmp_path / "buiten.txt"
    target = shop.folder / "documents" / "brief.txt"
    outside.write_bytes(target.read_bytes())
    target.unlink()
    target.symlink_to(outside)
    assert [problem.code for problem in check_catalogue(shop.folder, TODAY)] == ["file-outside"]


def test_the_check_collects_all_problems_in_the_order_of_the_file(shop: Shop) -> None:
    shop.spoil('kind = "brief"', 'kind = "roman"')
    shop.spoil("valid_until = 2998-12-31", "valid_until = 2025-12-31")
    shop.spoil('status = "ontbreekt"', 'status = "weg"')
    (shop.folder / "documents" / "regels.txt").unlink()
    problems = check_catalogue(shop.folder, TODAY)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert [problem.code for problem in errors] == ["unknown-kind", "impossible-dates", "file-missing", "unknown-value"]
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
    assert [problem.entry for problem in errors] == ["brief", "regels", "regels", "zvw"]


def test_replacing_in_a_circle_is_refused_without_end(shop: Shop) -> None:
    shop.spoil('publisher = "ZN"', 'publisher = "ZN"\nreplaces = "zvw"')
    shop.spoil('publisher = "Rijksoverheid"', 'publisher = "Rijksoverheid"\nreplaces = "regels"')
    shop.spoil('publisher = "DNN"', 'publisher = "DNN"\nreplaces = "zvw"')
    problems = check_catalogue(shop.folder, TODAY)
    assert [(problem.code, problem.entry) for problem in problems] == [
        ("replaces-circle", "regels"),
        ("replaces-circle", "zvw"),
    ]


def test_what_needs_attention_is_a_warning_and_loads(shop: Shop) -> None:
    shop.spoil("review_by = 2999-01-01", "review_by = 2026-01-01")
    shop.spoil("valid_until = 2998-12-31", "valid_until = 2026-06-30")
    problems = check_catalogue(shop.folder, TODAY)
    assert [(problem.code, problem.severity) for problem in problems] == [
        ("review-overdue", Severity.WARNING),
        ("validity-over", Severity.WARNING),
    ]
    assert len(load_catalogue(shop.folder).sources) == 3
    assert check_catalogue(shop.folder, date(2025, 12, 1)) == []


def test_no_catalogue_is_an_error_that_names_the_place(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        load_catalogue(tmp_path)
    assert caught.value.code == "catalogue-missing"
    assert str(tmp_path / "catalogue.toml") in caught.value.message
    assert [problem.code for problem in check_catalogue(tmp_path)] == ["catalogue-missing"]


@pytest.mark.parametrize("text", ["", "# niets\n", '[kinds.wet]\nlabel = "wet"\nrank = 1\nbinding = "geldt"\n'])
def test_an_empty_catalogue_loads_and_is_an_error_of_the_check(tmp_path: Path, text: str) -> None:
    (tmp_path / "catalogue.toml").write_text(text, "utf-8")
    assert load_catalogue(tmp_path).sources == ()
    (problem,) = check_catalogue(tmp_path)
    assert (problem.code, problem.severity) == ("corpus-empty", Severity.ERROR)


@pytest.mark.parametrize("text", ["kinds = 1", "[kinds]\nwet = 1", "document = 1", "document = [1]", "[document]\nid = 'a'"])
def test_a_wrong_shape_is_an_error_and_never_a_traceback(text: str) -> None:
    with pytest.raises(CorpusError) as caught:
        parse_catalogue(text)
    assert caught.value.code == "wrong-type"


def test_the_shipped_catalogue_is_in_order() -> None:
    folder = PROJECT / "corpus"
    assert [problem for problem in check_catalogue(folder) if problem.severity is Severity.ERROR] == []
    catalogue = load_catalogue(folder)
    published = [source.id for source in catalogue.with_status(DocumentStatus.PUBLISHED)]
    assert published == ["dnn-brief-financiering", "zn-inkooptekst-casemanagement"]
    missing = {source.id: source for source in catalogue.with_status(DocumentStatus.MISSING)}
    assert "BR/REG-26108" in missing["nza-beleidsregel-verpleging-verzorging"].names
    assert missing["zvw"].source_url == "https://wetten.overheid.nl/BWBR0018450"
    assert missing["expertiseprofiel-casemanager-dementie"].source_url == ""
    assert len(missing) == 9
    ranks = {kind.id: kind.rank for kind in catalogue.kinds.values()}
    order = ["wet", "beleidsregel", "duiding", "kwaliteitsstandaard", "inkoopbeleid", "brief"]
    assert sorted(order, key=ranks.__getitem__) == order
    assert len({ranks[name] for name in order}) == len(order)
