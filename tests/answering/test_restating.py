"""A question that repeats a sentence and asks beyond it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.restating import Restated, restating

RULE = "Het indiceren is voorbehouden aan een bachelor- of masteropgeleide verpleegkundige."


@pytest.mark.parametrize(
    "question",
    ["Wie mag indiceren?", "Is het indiceren voorbehouden aan een bachelor- of masteropgeleide verpleegkundige?"],
)
def test_a_question_that_the_sentence_speaks_to_whole_goes_not_beyond_it(question: str) -> None:
    assert restating(question, RULE, RULE, left=0.0) == Restated(0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    "question",
    [
        "Het indiceren is voorbehouden aan een bachelor- of masteropgeleide verpleegkundige. Welk salaris krijgt die?",
        "Indiceren is voorbehouden aan een masteropgeleide verpleegkundige, maar wie controleert het register?",
        "Masteropgeleide verpleegkundige mag indiceren: in welk ziekenhuis begon dat?",
    ],
)
def test_one_that_repeats_it_and_asks_on_goes_beyond_it(question: str) -> None:
    assert restating(question, RULE, RULE, left=1.0).beyond > 0


def test_more_of_the_sentence_counts_for_more() -> None:
    whole = "Het indiceren is voorbehouden aan een bachelor- of masteropgeleide verpleegkundige in welk register?"
    part = "Het indiceren is voorbehouden aan een wie in welk register?"
    more, less = (restating(question, RULE, RULE, left=1.0) for question in (whole, part))
    assert more.copied > less.copied > 0
    assert more.restated > less.restated == 0


def test_a_story_of_ones_own_repeats_nothing() -> None:
    story = "Mijn moeder vergeet haar pillen en dwaalt door de straat. Bij wie kloppen wij dan aan?"
    assert restating(story, RULE, RULE, left=3.0) == Restated(0.0, 0.0, 0.0)


@given(st.text(max_size=80), st.text(max_size=80), st.floats(0, 10))
def test_any_texts_give_figures_that_are_not_negative(question: str, quote: str, left: float) -> None:
    found = restating(question, quote, quote, left)
    assert min(found.copied, found.restated, found.beyond) >= 0.0
