"""How much a word tells, and in which language a question is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.information import information, language_of, zipf


def test_rare_words_tell_more_than_common_ones() -> None:
    assert information("de") < information("zorg") < information("verpleegkundige") <= information("casemanagement") <= 1.0
    assert information("qxzzq") == information("2026") == 1.0


@given(st.text(max_size=20))
def test_information_is_between_nothing_and_all(word: str) -> None:
    assert 0.0 <= information(word) <= 1.0
    assert zipf(word) >= 0.0


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wie mag casemanagement dementie indiceren?", "nl"),
        ("casemanagement indicatie huisarts", "nl"),
        ("Zvw?", "nl"),
        ("", "nl"),
        ("Who is allowed to assess the need for case management?", "en"),
        ("Wer darf entscheiden, ob jemand diese Pflege bekommt und wie lange?", "de"),
        ("Qui peut décider si cette personne a droit aux soins?", "fr"),
        ("من يمكنه تحديد الحاجة", "und"),
        ("谁可以评估", "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


@given(st.text(max_size=60))
def test_any_text_has_a_language(text: str) -> None:
    assert language_of(text) in {"nl", "en", "de", "fr", "es", "tr", "pl", "und"}
