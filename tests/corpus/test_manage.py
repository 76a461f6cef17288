"""Adding, publishing and retiring: the answers' documents change in one step, and nothing is ever lost."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_corpus import LETTER, RULES, Shop, make_shop, sha

from assistant.corpus import atomic
from assistant.corpus.catalogue import load_catalogue
from assistant.corpus.checking import check_corpus
from assistant.corpus.differences import versions_to_compare
from assistant.corpus.manage import Details, add_file, publish, retire
from assistant.corpus.problems import is_error
from assistant.errors import BusyError, CorpusError, ReadingError, StorageError, UsageError
from assistant.records import DocumentStatus

TODAY = date(2026, 11, 22)
NEWER = RULES.replace("Alleen een", "Elke")
NEWEST = RULES.replace("Alleen een", "Geen enkele")


@pytest.fixture
def new_file(tmp_path: Path) -> Path:
    path = tmp_path / "Nieuwe Régels.TXT"
    path.write_bytes(NEWER.encode())
    return path


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one test read, the next need not read again."""
    return tmp_path_factory.getbasetemp() / "readings"


def is_sound(shop: Shop) -> bool:
    """No errors but that all may be retired, and every version on record can still be read."""
    library = shop.library()
    for record in library.versions:
        assert library.document(record.document, record.version).version == record.version
    return not [found for found in check_corpus(library, TODAY) if is_error(found) and found.code != "corpus-empty"]


def test_a_new_document_is_a_draft_until_it_is_published(shop: Shop, new_file: Path) -> None:
    details = Details(kind="brief", title="Nieuw", valid_from=date(2027, 1, 1))
    added = add_file(shop.library(), new_file, details, TODAY)
    assert (added.source.id, added.source.status, added.is_new_version) == ("nieuwe-regels", DocumentStatus.DRAFT, False)
    assert added.source.version == sha(NEWER)
    assert added.source.file == "documents/nieuwe-regels.txt"
    assert added.source.valid_from == date(2027, 1, 1)
    assert [read.source.id for read in shop.library().readings()] == ["brief", "regels"]
    assert publish(shop.library(), "nieuwe-regels", TODAY).status is DocumentStatus.PUBLISHED
    assert [read.source.id for read in shop.library().readings()] == ["brief", "regels", "nieuwe-regels"]
    assert "# zoals hij heet" in shop.catalogue.read_text("utf-8")
    assert new_file.read_bytes() == NEWER.encode()
    assert is_sound(shop)


def test_a_law_is_taken_in_with_the_day_from_which_it_holds(shop: Shop, tmp_path: Path) -> None:
    law = tmp_path / "wet.xml"
    text = "<wettekst><artikel><kop><nr>1</nr></kop><al>De zorg wordt vergoed.</al></artikel></wettekst>"
    law.write_text(f'<toestand inwerkingtreding="2025-07-01"><wetgeving>{text}</wetgeving></toestand>', "utf-8")
    assert add_file(shop.library(), law, Details(kind="brief"), TODAY).source.valid_from == date(2025, 7, 1)
    given = Details(kind="brief", valid_from=date(2026, 1, 1))
    law.write_text(law.read_text("utf-8").replace("vergoed", "betaald"), "utf-8")
    assert add_file(shop.library(), law, given, TODAY).source.valid_from == date(2026, 1, 1)


def test_a_new_document_needs_a_known_kind(shop: Shop, new_file: Path) -> None:
    before = shop.tree()
    for kind, code in ((None, "kind-needed"), ("roman", "unknown-kind")):
        with pytest.raises(UsageError) as caught:
            add_file(shop.library(), new_file, Details(kind=kind), TODAY)
        assert caught.value.code == code
        assert "wet, brief" in caught.value.remedy
    assert shop.tree() == before


def test_a_missing_document_is_filled_in(shop: Shop, new_file: Path) -> None:
    added = add_file(shop.library(), new_file, Details(id="zvw"), TODAY)
    assert (added.source.status, added.is_new_version) == (DocumentStatus.DRAFT, False)
    assert added.source.holds == "Wat verzekerd is."
    assert publish(shop.library(), "zvw", TODAY).title == "Zorgverzekeringswet"
    assert is_sound(shop)


def test_a_new_version_waits_and_then_replaces_the_old_one_which_stays(shop: Shop, new_file: Path) -> None:
    details = Details(id="regels", valid_from=date(2027, 1, 1))
    added = add_file(shop.library(), new_file, details, TODAY)
    assert added.is_new_version
    assert load_catalogue(shop.folder).by_id["regels"].version == sha(RULES)
    assert shop.library().document("regels", sha(NEWER)).version == sha(NEWER)
    assert versions_to_compare(shop.library(), "regels", None, None) == (sha(RULES), sha(NEWER))

    now = publish(shop.library(), "regels", TODAY)
    assert (now.version, now.status, now.valid_from) == (sha(NEWER), DocumentStatus.PUBLISHED, date(2027, 1, 1))
    assert shop.library().document("regels", sha(RULES)).version == sha(RULES)
    old = shop.library().source("regels", sha(RULES))
    assert (old.valid_from, old.status) == (date(2026, 1, 1), DocumentStatus.RETIRED)
    assert (shop.folder / "versions" / f"{sha(RULES)}.txt").read_bytes() == RULES.encode()
    assert versions_to_compare(shop.library(), "regels", None, None) == (sha(RULES), sha(NEWER))
    assert is_sound(shop)


def test_going_back_is_adding_the_old_file_again(shop: Shop, new_file: Path, tmp_path: Path) -> None:
    first = shop.catalogue.read_text("utf-8")
    old_file = tmp_path / "oud.txt"
    old_file.write_bytes(RULES.encode())
    add_file(shop.library(), new_file, Details(id="regels", valid_from=date(2027, 1, 1)), TODAY)
    publish(shop.library(), "regels", TODAY)
    add_file(shop.library(), old_file, Details(id="regels"), TODAY)
    publish(shop.library(), "regels", TODAY)
    assert shop.catalogue.read_text("utf-8") == first
    assert shop.library().document("regels", sha(NEWER)).version == sha(NEWER)
    assert is_sound(shop)


def test_a_second_draft_takes_the_place_of_the_first(shop: Shop, new_file: Path, tmp_path: Path) -> None:
    third = tmp_path / "derde.txt"
    third.write_bytes(NEWEST.encode())
    add_file(shop.library(), new_file, Details(id="regels"), TODAY)
    add_file(shop.library(), third, Details(id="regels"), TODAY)
    assert publish(shop.library(), "regels", TODAY).version == sha(NEWEST)
    assert {record.version for record in shop.library().versions} == {sha(RULES), sha(NEWER)}
    assert is_sound(shop)


def test_a_draft_of_a_new_document_can_get_another_file(shop: Shop, new_file: Path, tmp_path: Path) -> None:
    third = tmp_path / "derde.txt"
    third.write_bytes(NEWEST.encode())
    add_file(shop.library(), new_file, Details(id="zvw"), TODAY)
    added = add_file(shop.library(), third, Details(id="zvw", title="Anders"), TODAY)
    assert (added.source.version, added.source.title, added.source.status) == (sha(NEWEST), "Anders", DocumentStatus.DRAFT)
    assert shop.library().document("zvw", sha(NEWER)).version == sha(NEWER)
    assert is_sound(shop)


def test_retiring_takes_a_document_out_and_publishing_brings_it_back(shop: Shop) -> None:
    assert retire(shop.library(), "brief").status is DocumentStatus.RETIRED
    assert [read.source.id for read in shop.library().readings()] == ["regels"]
    assert shop.library().document("brief").version == sha(LETTER)
    with pytest.raises(UsageError):
        retire(shop.library(), "brief")
    assert publish(shop.library(), "brief", TODAY).status is DocumentStatus.PUBLISHED
    assert is_sound(shop)


def test_what_cannot_be_done_changes_nothing(shop: Shop, tmp_path: Path, new_file: Path) -> None:
    before = shop.tree()
    scan, known, bad = tmp_path / "kapot.pdf", tmp_path / "bekend.txt", tmp_path / "€.txt"
    scan.write_bytes(b"%PDF-1.7 nothing")
    known.write_bytes(LETTER.encode())
    bad.write_bytes(b"Tekst van een bestand.")
    library = shop.library()
    cases = [
        (lambda: add_file(library, tmp_path / "nergens.txt", Details(), TODAY), UsageError, "no-such-file"),
        (lambda: add_file(library, tmp_path, Details(), TODAY), UsageError, "no-such-file"),
        (lambda: add_file(library, scan, Details(kind="wet"), TODAY), ReadingError, "document-unreadable"),
        (lambda: add_file(library, known, Details(kind="wet"), TODAY), UsageError, "already-there"),
        (lambda: add_file(library, known, Details(id="brief"), TODAY), UsageError, "already-there"),
        (lambda: add_file(library, bad, Details(kind="wet"), TODAY), UsageError, "bad-id"),
        (lambda: add_file(library, bad, Details(id="../x", kind="wet"), TODAY), UsageError, "bad-id"),
        (lambda: add_file(library, new_file, Details(id="zvw", source_url="ftp://x"), TODAY), UsageError, "bad-value"),
        (
            lambda: add_file(library, new_file, Details(id="zvw", valid_from=TODAY, valid_until=date(2020, 1, 1)), TODAY),
            UsageError,
            "impossible-dates",
        ),
        (lambda: publish(library, "zvw", TODAY), CorpusError, "document-not-loaded"),
        (lambda: publish(library, "brief", TODAY), UsageError, "already-published"),
        (lambda: publish(library, "x", TODAY), CorpusError, "unknown-document"),
        (lambda: retire(library, "zvw"), UsageError, "not-published"),
        (lambda: retire(library, "x"), CorpusError, "unknown-document"),
    ]
    for act, kind, code in cases:
        with pytest.raises(kind) as caught:
            act()
        assert caught.value.code == code
    assert shop.tree() == before


def test_a_wrong_catalogue_is_not_touched(shop: Shop, new_file: Path) -> None:
    shop.spoil('kind = "brief"', 'kind = "roman"')
    before = shop.tree()
    with pytest.raises(CorpusError) as caught:
        add_file(shop.library(), new_file, Details(kind="wet"), TODAY)
    assert caught.value.code == "unknown-kind"
    assert shop.tree() == before


def test_a_second_writer_is_refused_at_once(shop: Shop, new_file: Path) -> None:
    before = shop.tree()
    with FileLock(shop.folder / ".lock"), pytest.raises(BusyError):
        add_file(shop.library(), new_file, Details(kind="wet"), TODAY)
    assert shop.tree() == before


class TestInterrupted:
    """At every write in turn the disk is full, or the keeper presses Ctrl-C: the corpus stays sound, repeating mends."""

    @staticmethod
    def work(shop: Shop, new_file: Path) -> None:
        add_file(shop.library(), new_file, Details(id="regels"), TODAY)
        publish(shop.library(), "regels", TODAY)
        retire(shop.library(), "regels")

    @pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()])
    @pytest.mark.parametrize("at", range(7))  # so often do the three commands write
    def test_every_write(
        self,
        tmp_path: Path,
        shared_cache: Path,
        new_file: Path,
        monkeypatch: pytest.MonkeyPatch,
        at: int,
        stop: BaseException,
    ) -> None:
        shop = make_shop(tmp_path, shared_cache)
        before = {source.id for source in load_catalogue(shop.folder).sources}
        done = 0
        replace = os.replace

        def fail_at(source: os.PathLike[str], target: os.PathLike[str]) -> None:
            nonlocal done
            if Path(target).is_relative_to(shop.folder):
                done += 1
                if done == at + 1:
                    raise stop
            replace(source, target)

        with monkeypatch.context() as patched:
            patched.setattr(atomic.os, "replace", fail_at)
            with pytest.raises((StorageError, KeyboardInterrupt)):
                self.work(shop, new_file)
        assert is_sound(shop)
        assert before <= set(load_catalogue(shop.folder).by_id)
        assert shop.library().document("regels", sha(RULES)).version == sha(RULES)
        assert not [name for name in shop.tree() if name.endswith(".tmp")]
        current = load_catalogue(shop.folder).by_id["regels"]
        if current.version == sha(RULES):
            add_file(shop.library(), new_file, Details(id="regels"), TODAY)
        drafts = [record for record in shop.library().versions if record.state == "concept"]
        if drafts:
            publish(shop.library(), "regels", TODAY)
        assert load_catalogue(shop.folder).by_id["regels"].version == sha(NEWER)
        assert is_sound(shop)


_STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "publish", "retire"]), st.sampled_from(["brief", "regels", "zvw"]), st.integers(0, 3)),
    max_size=8,
)


@given(_STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_no_order_of_commands_loses_a_text(
    tmp_path_factory: pytest.TempPathFactory, shared_cache: Path, steps: list[tuple[str, str, int]]
) -> None:
    root = tmp_path_factory.mktemp("orders")
    shop = make_shop(root, shared_cache)
    texts = [f"Kop\n\nDit is tekst nummer {number} van de test.\n" for number in range(4)]
    seen = {("brief", sha(LETTER)), ("regels", sha(RULES))}
    for action, name, number in steps:
        library = shop.library()
        try:
            if action == "add":
                path = root / f"tekst-{number}.txt"
                path.write_text(texts[number], "utf-8")
                seen.add((name, add_file(library, path, Details(id=name), TODAY).source.version))
            elif action == "publish":
                publish(library, name, TODAY)
            else:
                retire(library, name)
        except (UsageError, CorpusError):
            continue
        for document, version in seen:
            assert shop.library().document(document, version).version == version
    assert is_sound(shop)


def test_a_record_of_versions_in_another_encoding_is_told(shop: Shop, new_file: Path) -> None:
    (shop.folder / "versions.toml").write_bytes("# één\n".encode("latin-1"))
    with pytest.raises(CorpusError, match=r"versions\.toml, regel 1: Dit bestand is geen UTF-8\."):
        add_file(shop.library(), new_file, Details(id="brief"), TODAY)
