from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.embedding import load_embedder
from assistant.embedding.train import main
from assistant.embedding.training.batches import Bags, _groups, joined
from assistant.embedding.training.data import read_articles
from assistant.embedding.training.frames import FRAMES, TOPIC
from assistant.embedding.training.lay import PAIRS, read_lay_questions
from assistant.embedding.training.noise import misspell
from assistant.embedding.training.publish import quantise
from assistant.embedding.training.scores import ndcg
from assistant.embedding.training.vocabulary import train_tokenizer

SHARED = Path(__file__).resolve().parents[3] / "shared" / "training"

bags = st.lists(st.lists(st.integers(1, 50), min_size=1, max_size=9), min_size=1, max_size=8)


def make(ids: list[list[int]]) -> Bags:
    flat = np.array([piece for pieces in ids for piece in pieces], dtype=np.int64)
    return Bags(flat, np.concatenate([[0], np.cumsum([len(pieces) for pieces in ids])]))


def unmake(made: Bags) -> list[list[int]]:
    return [made.flat[a:b].tolist() for a, b in zip(made.offsets, made.offsets[1:], strict=False)]


@given(bags, st.integers(1, 12), st.integers(0, 5))
def test_taking_cuts_a_stretch_out_of_each_bag(ids: list[list[int]], most: int, seed: int) -> None:
    rows = np.arange(len(ids))[::-1]
    taken = unmake(make(ids).take(rows, most, np.random.default_rng(seed)))
    for row, pieces in zip(rows, taken, strict=True):
        assert len(pieces) == min(most, len(ids[row]))
        assert any(ids[row][at : at + len(pieces)] == pieces for at in range(len(ids[row])))


@given(bags, st.integers(0, 5))
def test_filtering_never_empties_a_bag(ids: list[list[int]], seed: int) -> None:
    made = make(ids)
    keep = np.random.default_rng(seed).random(len(made.flat)) < 0.3
    filtered = unmake(made.where(keep))
    for before, after, kept in zip(ids, filtered, unmake(Bags(keep.astype(np.int64), made.offsets)), strict=True):
        assert after == ([piece for piece, yes in zip(before, kept, strict=True) if yes] or before)


def test_joining_keeps_every_bag() -> None:
    assert unmake(joined([make([[1, 2], [3]]), make([[4]])])) == [[1, 2], [3], [4]]


def test_groups_are_shared_by_the_same_rule_and_the_same_name_only() -> None:
    groups = _groups(np.array([7, 8]), ["kop", "term", "kop"], 2, np.array([8, 9])).tolist()
    assert groups[1] == groups[7]
    assert groups[2] == groups[4]
    assert len(set(groups)) == 7


@given(st.text(alphabet="abcdefghij ", max_size=40), st.integers(0, 50))
def test_a_misspelling_changes_at_most_one_word(text: str, seed: int) -> None:
    spoiled = misspell(text, random.Random(seed))
    before, after = text.split(), spoiled.split()
    if not any(len(word) >= 5 for word in before):
        assert spoiled == text
    else:
        assert len(before) <= len(after) <= len(before) + 1
        assert len(set(before) - set(after)) <= 1


@given(st.integers(0, 100))
def test_quantising_is_off_by_at_most_half_a_step(seed: int) -> None:
    vectors = np.random.default_rng(seed).standard_normal((6, 8)).astype(np.float32)
    rows, scales = quantise(vectors)
    assert np.all(np.abs(rows * scales[:, None] - vectors) <= scales[:, None] * 0.501)


def test_ndcg_of_known_rankings() -> None:
    scores = np.array([[3, 2, 1], [1, 2, 3]], dtype=np.float32)
    assert ndcg(scores, [frozenset({0}), frozenset({2})]) == pytest.approx(1)
    assert ndcg(scores, [frozenset({1}), frozenset({2})]) == pytest.approx((1 / np.log2(3) + 1) / 2)


def test_every_frame_has_one_place_for_the_topic() -> None:
    assert all(frame.count(TOPIC) == 1 for frame in FRAMES)
    assert len(set(FRAMES)) == len(FRAMES)


def test_the_tokenizer_folds_and_knows_no_word_borders() -> None:
    tokenizer = train_tokenizer(iter(["zorg coordinator", "netwerk zorg", "coordinator netwerk"] * 20), 80)
    assert tokenizer.encode("Coördinator—ZORG!").tokens == tokenizer.encode("coordinator zorg").tokens
    assert tokenizer.encode("zorgnetwerk").ids == tokenizer.encode("zorg netwerk").ids


def test_lay_pairs_are_whole_and_different() -> None:
    rows = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    assert all(set(row) == {"doc", "article", "question"} for row in rows)
    assert len({row["question"] for row in rows}) == len(rows) > 500


@pytest.mark.skipif(not SHARED.is_dir(), reason="the training text is not on this machine")
def test_every_lay_pair_names_an_article_that_exists() -> None:
    lay = read_lay_questions(read_articles(SHARED))
    assert len(lay.questions) + len(lay.held_out) == len(PAIRS.read_text("utf-8").splitlines())
    assert not {rule for _, rule in lay.questions} & {rule for _, rule in lay.held_out}


def test_a_run_writes_a_model_that_loads_and_the_same_seed_makes_it_again(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for out in ("one", "two"):
        main(["--data", str(data), "--out", str(tmp_path / out), "--steps", "3", "--pieces", "400", "--paragraphs", "100"])
    one, two = load_embedder(str(tmp_path / "one")), load_embedder(str(tmp_path / "two"))
    assert one.fingerprint == two.fingerprint
    assert one.embed_queries(["zorg"]).shape == (1, 256)
    card = (tmp_path / "one" / "README.md").read_text("utf-8")
    assert "--seed 13" in card
    assert str(tmp_path) not in card
    assert "dense" in capsys.readouterr().out
