"""Documents by id and version, with a cache that may be lost or damaged at any time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_corpus import RULES, Shop, sha

from assistant.corpus import library as library_module
from assistant.corpus.library import Library, corpus_hash
from assistant.errors import CorpusError, ReadingError
from assistant.home import PROJECT
from assistant.reading import Verdict


def test_a_document_is_the_text_of_its_file_with_its_version(shop: Shop) -> None:
    document = shop.library().document("regels")
    assert document.version == sha(RULES)
    assert "Alleen een verpleegkundige mag indiceren." in document.text
    assert shop.library().document("regels", sha(RULES)) == document


def test_the_cache_gives_the_same_reading_without_reading_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shop.library().reading("brief")
    assert first.verdict is Verdict.OK

    def refuse(*_: object) -> None:
        raise AssertionError("the file was read again")

    monkeypatch.setattr(library_module, "read_file", refuse)
    assert shop.library().reading("brief") == first


def _lie(data: bytes) -> bytes:
    value = json.loads(data)
    value["document"]["text"] = value["document"]["text"].replace("brief", "boter")
    return json.dumps(value).encode()


def _other(data: bytes) -> bytes:
    return data.replace(b'"id":"brief"', b'"id":"regels"')


DAMAGE = [lambda _: b"", lambda data: data[: len(data) // 2], lambda _: b"\xff{}", lambda _: b"null", _lie, _other]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_cache_entry_is_read_again_and_mended(shop: Shop, damage) -> None:  # type: ignore[no-untyped-def]
    good = shop.library().reading("brief")
    (entry,) = shop.cache.iterdir()
    kept = entry.read_bytes()
    assert damage(kept) != kept
    entry.write_bytes(damage(kept))
    assert shop.library().reading("brief") == good
    assert entry.read_bytes() == kept


def test_a_cache_that_cannot_be_written_is_no_trouble(shop: Shop) -> None:
    shop.cache.parent.mkdir()
    shop.cache.write_text("a file where the folder should be", "utf-8")
    assert shop.library().document("brief").id == "brief"


def test_an_unknown_id_lists_the_known_ones(shop: Shop) -> None:
    with pytest.raises(CorpusError) as caught:
        shop.library().document("breif")
    assert caught.value.code == "unknown-document"
    assert "brief, regels, zvw" in caught.value.remedy


def test_an_unknown_version_lists_the_known_ones(shop: Shop) -> None:
    with pytest.raises(CorpusError) as caught:
        shop.library().document("regels", "0" * 64)
    assert caught.value.code == "unknown-version"
    assert sha(RULES) in caught.value.remedy


def test_a_missing_document_says_where_it_can_be_got(shop: Shop) -> None:
    with pytest.raises(CorpusError) as caught:
        shop.library().document("zvw")
    assert caught.value.code == "document-not-loaded"
    assert "https://wetten.overheid.nl/BWBR0018450" in caught.value.message
    assert "--id zvw" in caught.value.remedy


@pytest.mark.parametrize("spoil", [lambda path: path.write_text("anders", "utf-8"), lambda path: path.unlink()])
def test_a_changed_or_lost_file_is_never_served_not_even_from_the_cache(shop: Shop, spoil) -> None:  # type: ignore[no-untyped-def]
    shop.library().document("brief")
    spoil(shop.folder / "documents" / "brief.txt")
    with pytest.raises(CorpusError) as caught:
        shop.library().document("brief")
    assert caught.value.code == "file-changed"


def test_one_unreadable_document_does_not_keep_the_others(shop: Shop) -> None:
    broken = b"%PDF-1.7 and then nothing"
    (shop.folder / "documents" / "brief.pdf").write_bytes(broken)
    before = (shop.folder / "documents" / "brief.txt").read_bytes()
    shop.spoil("documents/brief.txt", "documents/brief.pdf")
    shop.spoil(sha(before), sha(broken))
    readings = {read.source.id: read.reading for read in shop.library().readings()}
    assert readings["brief"].document is None
    assert readings["regels"].verdict is Verdict.OK
    with pytest.raises(ReadingError) as caught:
        shop.library().document("brief")
    assert caught.value.exit_code == 1
    assert "'brief'" in caught.value.message


def test_nothing_published_is_an_error(shop: Shop) -> None:
    shop.spoil("gepubliceerd", "concept")
    shop.spoil("gepubliceerd", "ingetrokken")
    with pytest.raises(CorpusError) as caught:
        list(shop.library().readings())
    assert caught.value.code == "corpus-empty"
    assert shop.library().document("brief").id == "brief"


class TestCorpusHash:
    def test_comments_review_dates_and_owners_do_not_count(self, shop: Shop) -> None:
        before = corpus_hash(shop.folder)
        shop.spoil("# De regels hieronder", "# Gewijzigd")
        shop.spoil("review_by = 2999-01-01", 'review_by = 2998-01-01\nowner = "iemand"')
        (shop.folder / "glossary.toml").write_text("# niets", "utf-8")
        assert corpus_hash(shop.folder) == before

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("De brief", "De Brief"),
            ("gepubliceerd", "concept"),
            ("valid_from = 2026-01-01", "valid_from = 2026-01-02"),
            ("stelt geen regels", "stelt regels"),
            ("BWBR0018450", "BWBR0018451"),
        ],
    )
    def test_what_answers_show_does_count(self, shop: Shop, old: str, new: str) -> None:
        before = corpus_hash(shop.folder)
        shop.spoil(old, new)
        assert corpus_hash(shop.folder) != before

    def test_example_questions_count_for_published_documents_only(self, shop: Shop) -> None:
        before = corpus_hash(shop.folder)
        folder = shop.folder / "questions"
        folder.mkdir()
        (folder / "zvw.toml").write_text('[[unit]]\nquote = "x"\nquestions = ["y"]\n', "utf-8")
        assert corpus_hash(shop.folder) == before
        (folder / "brief.toml").write_text('[[unit]]\nquote = "x"\nquestions = ["y"]\n', "utf-8")
        assert corpus_hash(shop.folder) != before


def test_the_shipped_documents_hold_the_slice_invariant_through_the_cache(tmp_path: Path) -> None:
    for _ in range(2):  # read, then from the cache
        library = Library(PROJECT / "corpus", tmp_path)
        for read in library.readings():
            document = read.reading.document
            assert document is not None
            assert [page.number for page in document.pages] == [1, 2, 3]
            assert all(document.text[page.start : page.end] == page.text for page in document.pages)
