"""Follow-ups become whole questions; a question that stands by itself is left as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import QUESTION

from assistant.retrieval.followup import earlier_in, resolve

ASKED = [QUESTION, "En de huisarts?", "En in 2027?", "Waarom?", "Geldt dat ook bij de Wlz?", "Hoe dan?"]
TEXT = st.sampled_from(ASKED) | st.text(min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("En de huisarts?", "Mag de huisarts casemanagement dementie indiceren?"),
        ("de wijkverpleegkundige", "Mag de wijkverpleegkundige casemanagement dementie indiceren?"),
    ],
)
def test_a_fragment_takes_its_place_in_the_question_before(question: str, whole: str) -> None:
    assert resolve(question, [QUESTION]).text == whole


@pytest.mark.parametrize(
    "question", ["En in 2027?", "bij een Wlz-indicatie?", "Waarom?", "Wie bepaalt dat?", "Geldt dit ook thuis?"]
)
def test_what_cannot_stand_alone_keeps_its_words_and_takes_those_before(question: str) -> None:
    resolved = resolve(question, [QUESTION])
    assert resolved.leans_on == QUESTION
    assert "indiceren" in resolved.text
    last = question.rstrip("?").split()[-1]
    assert last.lower() in resolved.text.lower()


@pytest.mark.parametrize(
    "question",
    [
        "Wat is de rol van een netwerkcoördinator in het netwerk dementie?",
        "Hoe worden de regionale netwerken dementie in 2026 gefinancierd?",
        "Welke zorgelementen horen bij casemanagement dementie?",
    ],
)
def test_a_new_topic_takes_nothing(question: str) -> None:
    resolved = resolve(question, [QUESTION, "En de huisarts?"])
    assert (resolved.text, resolved.leans_on) == (question, "")


def test_a_follow_up_on_a_follow_up() -> None:
    resolved = resolve("En in 2027?", [QUESTION, "En de huisarts?"])
    assert "indiceren" in resolved.text
    assert "2027" in resolved.text


def test_only_the_questions_that_it_leans_on_count() -> None:
    other = "Hoe worden de regionale netwerken dementie in 2026 gefinancierd?"
    assert resolve("En de huisarts?", [other, QUESTION]) == resolve("En de huisarts?", [QUESTION])


@given(TEXT)
def test_without_history_every_question_is_whole(question: str) -> None:
    assert resolve(question, []).text == question


@given(TEXT, st.lists(TEXT, max_size=4))
def test_the_result_is_never_less_than_the_question(question: str, history: list[str]) -> None:
    resolved = resolve(question, history)
    assert resolved.text
    if not resolved.leans_on:
        assert resolved.text == question


@given(TEXT)
def test_the_earlier_question_is_found_again_in_the_wording(text: str) -> None:
    resolved = resolve(text, [QUESTION])
    leans = bool(resolved.leans_on) and not resolved.grafted
    assert earlier_in(resolved.text) == (QUESTION if leans else "")
