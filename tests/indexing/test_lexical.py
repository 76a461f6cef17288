"""The lexical index against the bm25s library, and the rule for example questions."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.indexing.lexical import (
    LexicalBuilder,
    LexicalIndex,
    cut_apart,
    cut_grams,
    cut_words,
    gram_keys,
    term_key,
    word_keys,
)
from assistant.language.tokens import grams, terms

Words = dict[int, list[str]]


def build(folder: Path, texts: list[list[str]], asked: Words | None = None, headings: Words | None = None) -> LexicalIndex:
    builder = LexicalBuilder(k1=1.5, b=0.75)
    known: dict[str, int] = {}
    for row, text in enumerate(texts):
        parts = ((headings or {}).get(row, []), text, (asked or {}).get(row, []))
        builder.add(*(word_keys(part, known) for part in parts))
    builder.write(folder)
    return LexicalIndex(folder)


@pytest.mark.parametrize("passages", [1, 7, 2500])
def test_scores_are_those_of_bm25s(tmp_path: Path, passages: int) -> None:
    random = np.random.default_rng(passages)
    texts = [[f"woord{n}" for n in random.zipf(1.3, random.integers(1, 40)) % 500] for _ in range(passages)]
    ours = build(tmp_path / "words", texts)
    theirs = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    theirs.index(texts, show_progress=False)
    for row in range(0, passages, max(1, passages // 20)):
        query = sorted(set(texts[row]))
        expected = theirs.get_scores(query)
        np.testing.assert_allclose(ours.scores(dict.fromkeys(query, 1.0)), expected, rtol=1e-4, atol=1e-5)


@given(st.text(max_size=60))
def test_gram_keys_are_the_keys_of_the_grams(text: str) -> None:
    assert Counter(gram_keys(terms(text)).tolist()) == Counter(term_key(gram) for gram in grams(text))


@given(st.lists(st.text(max_size=30), max_size=6))
def test_texts_that_are_cut_together_are_cut_as_each_alone(texts: list[str]) -> None:
    split = [terms(text) for text in texts]
    grams_of_each, words_of_each = (cut_apart(cut(split), len(split)) for cut in (cut_grams, cut_words))
    assert [keys.tolist() for keys in grams_of_each] == [gram_keys(each).tolist() for each in split]
    assert [keys.tolist() for keys in words_of_each] == [list(map(term_key, each)) for each in split]


@given(st.sets(st.text(alphabet="abcdefgh0 ", min_size=1, max_size=12), min_size=2))
def test_terms_have_keys_of_their_own(terms: set[str]) -> None:
    assert len({term_key(term) for term in terms}) == len(terms)


def test_weights_multiply_and_unknown_terms_add_nothing(tmp_path: Path) -> None:
    index = build(tmp_path / "w", [["a", "b"], ["b", "c"], ["langerdanzevenletters"]])
    alone, other = index.scores({"a": 1.0}), index.scores({"b": 1.0})
    np.testing.assert_allclose(index.scores({"a": 0.5, "b": 2.0, "zzz": 9.0}), 0.5 * alone + 2 * other, rtol=1e-6)
    assert index.scores({}).tolist() == [0, 0, 0]
    assert index.scores({"langerdanzevenletters": 1.0}).nonzero()[0].tolist() == [2]
    assert (index.document_frequency("b"), index.document_frequency("zzz")) == (2, 0)
    assert index.idf("zzz") > index.idf("a") > index.idf("b") > 0


def test_example_questions_add_words_but_no_length(tmp_path: Path) -> None:
    texts = [["regel", "een"], ["regel", "twee"], ["iets", "anders"]]
    without = build(tmp_path / "without", texts)
    having = build(tmp_path / "having", texts, {0: ["bijbetalen", "kosten", "geld", "iets"]})
    plain, asked = without.scores({"regel": 1.0}), having.scores({"regel": 1.0})
    np.testing.assert_array_equal(plain, asked)
    assert asked[0] == asked[1]
    assert having.scores({"bijbetalen": 1.0})[0] > 0
    assert having.document_frequency("iets") == 2


def test_a_short_text_wins_nothing_on_the_words_of_its_heading(tmp_path: Path) -> None:
    texts = [["zorg"], ["zorg", *(f"woord{n}" for n in range(40))], ["iets", "anders"]]
    heading = ["wet", "langdurige", "zorg", "artikel"]
    index = build(tmp_path / "w", texts, headings=dict.fromkeys(range(2), heading))
    short, long, other = index.scores({"langdurige": 1.0}).tolist()
    assert short == long > other == 0


def test_a_word_of_heading_and_text_counts_for_both(tmp_path: Path) -> None:
    index = build(tmp_path / "w", [["zorg"], ["zorg"], ["huis"]], headings={0: ["zorg"], 2: ["zorg"]})
    both, text, heading = index.scores({"zorg": 1.0}).tolist()
    assert both > max(text, heading) > 0
    assert index.document_frequency("zorg") == 3


def test_the_usual_heading_is_that_of_passages_that_have_one(tmp_path: Path) -> None:
    few = build(tmp_path / "few", [["a"], ["b"], ["c"]], headings={0: ["kop", "van", "drie"]})
    no_headings = build(tmp_path / "none", [["a"], ["b"], ["c"]])
    assert few.scores({"kop": 1.0})[0] == pytest.approx(few.scores({"a": 1.0})[0])
    np.testing.assert_array_equal(few.scores({"b": 1.0}), no_headings.scores({"b": 1.0}))


def test_a_passage_without_words_scores_nothing(tmp_path: Path) -> None:
    index = build(tmp_path / "w", [[], ["a"], []])
    assert index.scores({"a": 1.0}).nonzero()[0].tolist() == [1]
    assert index.problems() == []


def test_an_index_without_any_word_still_opens(tmp_path: Path) -> None:
    index = build(tmp_path / "w", [[], []])
    assert index.scores({"a": 1.0}).tolist() == [0, 0]
    assert index.document_frequency("a") == 0
