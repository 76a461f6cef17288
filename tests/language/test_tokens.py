"""Folding, words, terms and grams: the same on both sides of the search."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.function_words import DUTCH, ENGLISH
from assistant.language.tokens import fold, grams, terms, words

TEXT = st.text(alphabet=st.characters() | st.sampled_from("aéËïß -’'1ﬁŁ\u0301"), max_size=80)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Coördinator", "coordinator"),
        ("CLIËNT", "client"),
        ("ﬁnanciën", "financien"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("½ uur", "1⁄2 uur"),
        ("Zorg™ № 3", "zorgtm no 3"),
        ("𝗭𝗼𝗿𝗴", "zorg"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("niet-pluisfase", ["niet", "pluisfase"]),
        ("cliënten's zorg", ["clienten", "s", "zorg"]),
        ("V&VN, art. 2.4.1 (Bzv)", ["v", "vn", "art", "2", "4", "1", "bzv"]),
        ("BR/REG-26108", ["br", "reg", "26108"]),
        ("€ 1.250,50", ["1", "250", "50"]),
        ("?!…", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_terms_are_words_without_those_that_carry_grammar() -> None:
    assert terms("Wie mag de indicatie voor casemanagement stellen?") == ["indicatie", "casemanagement", "stellen"]
    assert terms("Wie mag dat?") == []


def test_grams_run_over_the_borders_of_words() -> None:
    assert set(grams("niet pluis fase")) & set(grams("niet-pluisfase"))
    assert grams("zorg", (4,)) == [" zor", "zorg", "org "]
    assert grams("de") == []


@pytest.mark.parametrize("listed", [DUTCH, ENGLISH], ids=["Dutch", "English"])
def test_the_lists_hold_words_as_they_are_found(listed: frozenset[str]) -> None:
    assert {word for word in listed if words(word) != [word]} == set()


@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_words_are_plain_and_their_own_words(text: str) -> None:
    found = words(text)
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in found)
    assert words(" ".join(found)) == found
    assert set(terms(text)) <= set(found)


@given(TEXT)
def test_however_a_text_is_composed_its_words_are_the_same(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@given(TEXT)
def test_grams_have_their_sizes_and_come_from_the_terms(text: str) -> None:
    line = f" {' '.join(terms(text))} "
    assert all(len(gram) in (4, 5) and gram in line for gram in grams(text))
