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
    "question", ["En in het ziekenhuis?", "bij een Wlz-indicatie?", "Waarom?", "Wie bepaalt dat?", "Geldt dit ook thuis?"]
)
def test_what_cannot_stand_alone_keeps_its_words_and_takes_those_before(question: str) -> None:
    resolved = resolve(question, [QUESTION])
    assert resolved.leans_on == (QUESTION,)
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
    assert (resolved.text, resolved.leans_on) == (question, ())


def test_a_row_of_fragments_stays_in_the_question_that_began_it() -> None:
    resolved = resolve("En de wijkverpleegkundigen?", [QUESTION, "En de huisarts?"])
    assert resolved.text == "Mogen de wijkverpleegkundigen casemanagement dementie indiceren?"


def test_a_fragment_goes_into_the_last_question_with_a_verb_of_its_own() -> None:
    resolved = resolve("En de huisarts?", [QUESTION, "En wie mag het uitvoeren?"])
    assert resolved.text.startswith("Mag de huisarts het uitvoeren (na de vraag: ")
    assert QUESTION.rstrip("?") in resolved.text


def test_what_came_between_is_not_lost() -> None:
    history = ["Mag een wijkverpleegkundige casemanagement doen?", "En als mijn cliënt een Wlz-indicatie heeft?"]
    resolved = resolve("En wie betaalt dat?", history)
    assert resolved.own == "wie betaalt dat?"
    assert resolved.leans_on == ("als mijn cliënt een Wlz-indicatie heeft?", history[0])


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("en voor 2028?", "Geldt deze inkooptekst ook voor 2027?", "Geldt deze inkooptekst ook voor 2028?"),
        ("en daarna?", "Hoe worden netwerken in 2026 betaald?", "Hoe worden netwerken na 2026 betaald?"),
        ("En het jaar erna?", "Wat verandert er in 2026?", "Wat verandert er in 2027?"),
        ("en op de lange termijn", "Wat verandert er in 2026?", "Wat verandert er op de lange termijn?"),
        ("en punt 8?", "Wat staat er in punt 7?", "Wat staat er in punt 8?"),
        ("en 11?", "Wat staat er in punt 7?", "Wat staat er in punt 11?"),
        ("en punt 2 van de brief?", "Wat staat er in punt 7 van de inkooptekst?", "Wat staat er in punt 2 van de brief?"),
    ],
)
def test_another_time_or_place_takes_the_place_of_the_first(question: str, before: str, whole: str) -> None:
    assert resolve(question, [before]).text == whole
    assert resolve(question, [before]).leans_on == ()


@pytest.mark.parametrize("question", ["Nee, ik bedoel het netwerk", "sorry, ik bedoelde uitvoeren"])
def test_a_correction_is_not_put_into_the_question_that_it_corrects(question: str) -> None:
    resolved = resolve(question, [QUESTION])
    assert resolved.own == question.split(maxsplit=3)[-1].removeprefix("bedoel ").removeprefix("bedoelde ")
    assert not resolved.grafted


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
    assert resolved.own
    if not history:
        assert resolved.own == question


@given(TEXT)
def test_the_earlier_question_is_found_again_in_the_wording(text: str) -> None:
    resolved = resolve(text, [QUESTION])
    if resolved.leans_on and not resolved.grafted:
        assert earlier_in(resolved.text) == QUESTION
    else:
        assert earlier_in(resolved.text) == ""
