"""Misspelt words are mended by the words that are known; what is known is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.spelling import Speller

KNOWN = "casemanagement indiceren verpleegkundige huisarts netwerkcoordinator zorgplan zorg plan mantelzorg dementie".split()


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(KNOWN)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("kasemanagement", ("casemanagement",)),
        ("casemanagemnet", ("casemanagement",)),
        ("indiseren", ("indiceren",)),
        ("verpleegkundiche", ("verpleegkundige",)),
        ("netwerkcoordinater", ("netwerkcoordinator",)),
    ],
)
def test_what_sounds_alike_is_mended(speller: Speller, written: str, meant: tuple[str, ...]) -> None:
    assert speller.correct(written) == meant


@pytest.mark.parametrize("word", [*KNOWN, "fiets", "house", "xq", "2026", "br26108", "qqqqwwwwzzzz"])
def test_what_is_known_or_like_nothing_is_left_alone(speller: Speller, word: str) -> None:
    assert speller.correct(word) == ()


def test_two_words_that_are_one_are_joined(speller: Speller) -> None:
    assert speller.join(["het", "zorg", "plan", "van"]) == [(1, 3, "zorgplan")]
    assert speller.join(["zorg"]) == []


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", max_size=24))
def test_a_mended_word_is_known(speller: Speller, word: str) -> None:
    assert set(speller.correct(word)) <= set(KNOWN)
