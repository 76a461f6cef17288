"""What a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.asks import asks_of, counted_in
from assistant.retrieval.question import Ask


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("Wie mag indiceren?", Ask.WHO),
        ("Door wie wordt dat betaald?", Ask.WHO),
        ("Mag een huisarts indiceren?", Ask.WHETHER),
        ("En mag dat ook thuis?", Ask.WHETHER),
        ("Wanneer begint casemanagement?", Ask.WHEN),
        ("Hoeveel euro krijgt een netwerk?", Ask.MONEY),
        ("Wat kost een casemanager?", Ask.MONEY),
        ("How much does it cost?", Ask.MONEY),
        ("Wat is het uurtarief van een casemanager?", Ask.MONEY),
        ("tarief casemanagement 2026", Ask.MONEY),
        ("Wat krijgt een casemanager per uur betaald?", Ask.MONEY),
        ("Hoeveel dagen krijg ik vergoed?", Ask.DURATION),
        ("Welke kosten mogen niet uit het budget?", Ask.EXCLUDED),
        ("Op welke zorg is dit niet van toepassing?", Ask.EXCLUDED),
        ("Hoeveel netwerken zijn er?", Ask.COUNT),
        ("Hoe vaak komt de casemanager?", Ask.FREQUENCY),
        ("How often does she visit?", Ask.FREQUENCY),
        ("Hoe lang duurt casemanagement?", Ask.DURATION),
        ("Wat is het telefoonnummer van DNN?", Ask.CONTACT),
        ("Waarom is er één inkooptekst?", Ask.WHY),
        ("Waar vraag ik het aan?", Ask.WHERE),
        ("Welke zorgelementen horen erbij?", Ask.LIST),
        ("Wat is een casemanager?", Ask.DEFINITION),
        ("Hoe vraag ik casemanagement aan?", Ask.PROCEDURE),
        ("casemanagement dementie", Ask.WHAT),
    ],
)
def test_it_is_heard(text: str, ask: Ask) -> None:
    assert ask in asks_of(text)


@pytest.mark.parametrize("text", ["Hoeveel netwerken zijn er?", "Hoe lang duurt het?", "Hoe vaak mag dat?"])
def test_a_number_is_no_procedure(text: str) -> None:
    assert Ask.PROCEDURE not in asks_of(text)


@pytest.mark.parametrize(
    "text",
    ["Wat is de niet-pluisfase?", "Waarom mag dat niet?", "Wat als zij niet betaalt?", "Waar staat dat dit niet mag?"],
)
def test_nothing_is_excluded(text: str) -> None:
    assert Ask.EXCLUDED not in asks_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hoeveel dagen krijg ik vergoed?",
        "Welke kosten mogen niet uit het budget?",
        "Wat krijg ik vergoed?",
        "Wat is geoormerkt geld?",
        "Mag de huisarts dit doen?",
    ],
)
def test_no_amount_is_asked(text: str) -> None:
    assert Ask.MONEY not in asks_of(text)


def test_the_thing_that_is_counted() -> None:
    assert counted_in("Hoeveel netwerken zijn er?")[0] == "netwerken"
    assert counted_in("Hoeveel van de netwerken doen mee?")[0] == "netwerken"
    assert counted_in("Wie telt dat?") == ()


@given(st.text(max_size=80))
def test_every_text_asks_for_something(text: str) -> None:
    assert asks_of(text)
