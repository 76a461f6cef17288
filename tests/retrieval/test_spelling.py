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
        ("demenite", ("dementie",)),  # two letters swapped sound like nothing
        ("uhisarts", ("huisarts",)),
        ("mantlzorg", ("mantelzorg",)),
        ("huisartsverpleegkundiche", ("huisarts", "verpleegkundige")),
    ],
)
def test_what_looks_or_sounds_alike_is_mended(speller: Speller, written: str, meant: tuple[str, ...]) -> None:
    assert speller.correct(written) == meant


@pytest.mark.parametrize("word", [*KNOWN, "fiets", "house", "xq", "2026", "br26108", "qqqqwwwwzzzz"])
def test_what_is_known_or_like_nothing_is_left_alone(speller: Speller, word: str) -> None:
    assert speller.correct(word) == ()


@pytest.mark.parametrize("word", ["mondzorg", "poortwachter"])
def test_a_dutch_word_is_not_taken_for_another(word: str) -> None:
    assert Speller(["wondzorg", "poortwachters"]).correct(word) == ()


def test_a_long_dutch_compound_is_read_by_its_parts_and_a_short_one_is_not() -> None:
    speller = Speller(["langetermijn", "visie", "mond", "zorg", "lange", "termijn"])
    assert speller.correct("langetermijnvisie") == ("langetermijn", "visie")
    assert Speller(["lange", "termijn", "visie"]).correct("langetermijnvisie") == ("lange", "termijn", "visie")
    assert speller.correct("mondzorg") == ()


def test_what_sounds_alike_but_is_written_otherwise_is_another_word() -> None:
    assert Speller(["karin"]).correct("careyn") == ()


def test_of_two_words_as_close_the_one_that_occurs_more_is_meant() -> None:
    assert Speller({"tuin": 9, "tuig": 1}).correct("tuib") == ("tuin",)
    assert Speller({"tuin": 1, "tuig": 90}).correct("tuib") == ("tuig",)


@given(st.sampled_from([word for word in KNOWN if len(word) > 6]), st.data())
def test_two_letters_swapped_are_mended(speller: Speller, word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    swapped = f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"
    assert speller.correct(swapped) == (() if swapped == word else (word,))


def test_two_words_that_are_one_are_joined(speller: Speller) -> None:
    assert speller.join(["het", "zorg", "plan", "van"]) == [(1, 3, "zorgplan")]
    assert speller.join(["zorg"]) == []


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", max_size=24))
def test_a_mended_word_is_known(speller: Speller, word: str) -> None:
    assert set(speller.correct(word)) <= set(KNOWN)


@pytest.mark.parametrize("word", ["meetekenen", "doorleveren", "onderaannemers"])
def test_a_word_that_dutch_derives_from_another_is_not_mended_far(word: str) -> None:
    assert Speller(["betekenen", "opleveren", "onderaan", "nummers"]).correct(word) == ()


def test_a_slip_of_one_letter_is_mended_in_such_a_word_too() -> None:
    assert Speller(["aanpassen"]).correct("aanpasen") == ("aanpassen",)
