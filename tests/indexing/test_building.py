"""Building: what is stored, what is reused, what is refused, and what is left behind (nothing)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from index_material import HashedWords, document, material

from assistant.errors import CorpusError, IndexUnusableError, ModelError
from assistant.indexing import (
    BuildOptions,
    IndexInput,
    build_generation,
    building,
    list_generations,
    open_current,
    verify,
)
from assistant.indexing.asked import write_asked
from assistant.indexing.generations import generations_folder, names
from assistant.language.tokens import grams, terms


def contents(folder: Path) -> set[str]:
    """The names in the generations folder, hidden ones too."""
    return {entry.name for entry in generations_folder(folder).iterdir()}


def test_everything_comes_back_exactly(two: Path) -> None:
    given = material(31, corpus_hash="corpus-2")
    with open_current(two) as found:
        assert found.sources == given.sources
        assert tuple(found.passages) == given.passages
        assert {(d.id, d.version): d for d in given.documents} == dict(found.documents)
        assert found.questions == given.questions
        assert [found.document_keys[row][0] for row in found.document_rows] == [p.document for p in given.passages]
        assert [found.row_of[passage.id] for passage in given.passages] == list(range(len(given.passages)))
        assert found.manifest.rules == given.rules
        assert found.manifest.corpus_hash == "corpus-2"
        assert found.notices == ()
        expected = HashedWords().embed_passages(["Inkooptekst › punt 1\n" + given.passages[0].text])
        np.testing.assert_allclose(found.vectors.matrix[0], expected[0], atol=1e-6)


def test_headings_and_example_questions_are_found(two: Path) -> None:
    with open_current(two) as found:
        assert found.words.scores({"bijbetalen": 1.0}).nonzero()[0].tolist() == [4]
        assert found.words.scores({"inkooptekst": 1.0}).nonzero()[0].tolist() == [0, 1, 2, 3, 4, 5]
        assert found.grams.scores({"bijbe": 1.0}).nonzero()[0].tolist() == [4]


def test_both_indexes_hold_the_tokens_that_a_question_is_cut_into(two: Path) -> None:
    with open_current(two) as found:
        for row, passage in enumerate(found.passages):
            asked = " ".join(text for unit in found.questions.get(passage.id, ()) for text in unit)
            headed = " ".join(passage.section)
            for index, cut in ((found.words, terms), (found.grams, grams)):
                tokens = {*cut(headed), *cut(passage.text), *cut(asked)}
                assert all(index.scores({token: 1.0})[row] > 0 for token in tokens)
                assert index.lengths[row] == len(cut(headed)) + len(cut(passage.text))
        parts = [part for passage in found.passages for part in (" ".join(passage.section), passage.text)]
        everything = {gram for part in parts for gram in grams(part)}
        asked_grams = {gram for unit in found.questions.values() for texts in unit for gram in grams(" ".join(texts))}
        assert len(found.grams) == len(everything | asked_grams)


def test_unchanged_texts_are_not_embedded_again(two: Path) -> None:
    seen: list[str] = []

    class Watching(HashedWords):
        def embed_passages(self, texts):  # type: ignore[no-untyped-def]
            seen.extend(texts)
            return super().embed_passages(texts)

    manifest = build_generation(two, material(33), Watching())
    assert len(seen) == 2
    assert (manifest.counts["embedded"], manifest.counts["reused"]) == (2, 37)
    with open_current(two) as found:
        expected = HashedWords().embed_passages(["Bijlage › punt 1\n" + found.passages[6].text])[0]
        np.testing.assert_allclose(found.vectors.matrix[6], expected, atol=1e-6)


def test_another_embedder_reuses_nothing(two: Path) -> None:
    manifest = build_generation(two, material(31), HashedWords(fingerprint="other"))
    assert manifest.counts["reused"] == 0


def test_a_damaged_generation_lends_no_vectors(two: Path) -> None:
    vectors = generations_folder(two) / names(two)[0] / "vectors.npy"
    raw = bytearray(vectors.read_bytes())
    raw[-1] ^= 1
    vectors.write_bytes(bytes(raw))
    manifest = build_generation(two, material(31), HashedWords())
    assert (manifest.counts["reused"], manifest.counts["embedded"]) == (36, 1)


def test_what_was_learned_is_taken_over_only_from_the_same_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned: list[IndexInput] = []

    def learning(folder: Path, given: IndexInput) -> int:
        learned.append(given)
        return write_asked(folder, given)

    monkeypatch.setattr(building, "write_asked", learning)
    first = material(5)
    other_text = replace(first, unanswered=(("Wat kost een uur?", ""),), judged=("inkooptekst",))
    more_asked = replace(other_text, questions={first.passages[2].id: (("Wie mag dit?",),)})
    rows = [build_generation(tmp_path, given, HashedWords()).counts["asked"] for given in (first, first)]
    assert learned == [first]
    rows += [
        build_generation(tmp_path, given, HashedWords()).counts["asked"] for given in (other_text, more_asked, more_asked)
    ]
    assert learned == [first, other_text, more_asked]
    assert rows == [rows[0], rows[0], rows[0] + 1, 3, 3]
    one, two = (generations_folder(tmp_path) / name / "asked" for name in names(tmp_path)[:2])
    assert {file.relative_to(one): file.read_bytes() for file in one.rglob("*.*")} == {
        file.relative_to(two): file.read_bytes() for file in two.rglob("*.*")
    }
    (one / "made-from").write_text("beschadigd", "ascii")
    (two / "owners.npy").write_bytes(b"")
    build_generation(tmp_path, more_asked, HashedWords())
    assert len(learned) == 4


def test_equal_texts_are_embedded_once(tmp_path: Path) -> None:
    doc, passages = document("wet", ["Vervallen.", "Vervallen."])
    same = tuple(replace(passage, section=("Wet",)) for passage in passages)
    calls: list[int] = []

    class Counting(HashedWords):
        def embed_passages(self, texts):  # type: ignore[no-untyped-def]
            calls.append(len(texts))
            return super().embed_passages(texts)

    build_generation(tmp_path, IndexInput((), (doc,), same), Counting())
    assert calls == [1]


def test_progress_runs_through_every_stage_to_its_end(tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    build_generation(tmp_path, material(30), HashedWords(), BuildOptions(batch=10), lambda *step: heard.append(step))
    last = {stage: (done, total) for stage, done, total in heard}
    assert last == dict.fromkeys(("embed", "terms", "chroma", "verify"), (36, 36))
    assert [done for stage, done, _ in heard if stage == "embed"] == [0, 10, 20, 30, 36]


def test_passages_without_words_are_kept_and_harmless(tmp_path: Path) -> None:
    doc, passages = document("wet", ["§§§ — …", "Een regel over dementie.", "Dat is het en dit is dat."])
    bare = tuple(replace(passage, section=()) for passage in passages)
    build_generation(tmp_path, IndexInput((), (doc,), bare), HashedWords())
    with open_current(tmp_path) as found:
        query = HashedWords().embed_queries(["dementie"])[0]
        assert found.vectors.search(query, 5)[0][0] == 1
    assert verify(tmp_path) == []


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    built = [build_generation(tmp_path, material(n), HashedWords(), BuildOptions(keep=2)).name for n in (1, 2, 3)]
    assert contents(tmp_path) == set(built[1:])
    assert [info.current for info in list_generations(tmp_path)] == [True, False]


def test_what_dead_builders_left_is_removed(two: Path) -> None:
    (generations_folder(two) / ".building-x").mkdir()
    (generations_folder(two) / ".building-x" / "vectors.npy").write_bytes(b"half")
    (generations_folder(two) / ".trash-y").mkdir()
    build_generation(two, material(31), HashedWords())
    assert contents(two) == set(names(two))


def test_a_clock_set_back_does_not_age_the_new_generation(two: Path) -> None:
    newest = names(two)[0]
    later = f"2999{newest[4:]}"
    (generations_folder(two) / newest).rename(generations_folder(two) / later)
    assert build_generation(two, material(31), HashedWords()).name > later


class Nan(HashedWords):
    def embed_passages(self, texts):  # type: ignore[no-untyped-def]
        return np.full((len(texts), 64), np.nan, dtype=np.float32)


class Short(HashedWords):
    def embed_passages(self, texts):  # type: ignore[no-untyped-def]
        return super().embed_passages(texts)[:, :8]


@pytest.mark.parametrize("embedder", [Nan(), Short()])
def test_bad_vectors_are_refused(two: Path, embedder: HashedWords) -> None:
    before = contents(two)
    fresh = replace(embedder, fingerprint="fresh")
    with pytest.raises(ModelError, match="hashed-words"):
        build_generation(two, material(40), fresh)
    assert contents(two) == before


def broken(change: str) -> IndexInput:
    good = material(3)
    first, second = good.passages[:2]
    return {
        "empty": IndexInput((), (), ()),
        "blank": replace(good, passages=(replace(first, text=" ", start=16, end=17, units=()),), questions={}),
        "not literal": replace(good, passages=(replace(first, text="Iets anders."), *good.passages[1:])),
        "unit not literal": replace(
            good, passages=(replace(first, units=(replace(first.units[0], text="x"),)),), questions={}
        ),
        "same id": replace(good, passages=(first, replace(second, id=first.id)), questions={}),
        "no document": replace(good, documents=good.documents[1:]),
        "same document": replace(good, documents=(*good.documents, good.documents[0])),
        "strange question": replace(good, questions={"nergens": (("Wat?",),)}),
    }[change]


@pytest.mark.parametrize(
    "change",
    ["empty", "blank", "not literal", "unit not literal", "same id", "no document", "same document", "strange question"],
)
def test_material_that_cannot_be_cited_is_refused_before_any_work(two: Path, change: str) -> None:
    before = contents(two)
    with pytest.raises(CorpusError) as caught:
        build_generation(two, broken(change), HashedWords())
    assert caught.value.exit_code == 3
    assert contents(two) == before


def test_a_build_into_a_file_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file")
    with pytest.raises(Exception, match="beschrijfbaar"):
        build_generation(tmp_path / "index", material(), HashedWords())


def test_a_failure_while_embedding_leaves_the_old_index(two: Path) -> None:
    class Failing(HashedWords):
        def embed_passages(self, texts):  # type: ignore[no-untyped-def]
            raise ModelError("model-down", "Het model is weg.", "Zet het terug.")

    before, current = contents(two), open_current(two).name
    with pytest.raises(ModelError):
        build_generation(two, material(99, tag="!"), Failing(fingerprint="failing"))
    assert contents(two) == before
    assert open_current(two).name == current


def test_nothing_at_all(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError) as caught:
        open_current(tmp_path)
    assert caught.value.line() == "Er is nog geen index. Maak die met: regelwijzer index build"
    assert caught.value.exit_code == 3
