"""Parts of documents by name and number, in questions and in headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.places import place_of_heading, places_in
from assistant.language.tokens import fold


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Wat staat er in punt 9?", {("punt", "9")}),
        ("en het derde punt?", {("punt", "3")}),
        ("punt drie", {("punt", "3")}),
        ("de punten 3, 4 en 5", {("punt", "3"), ("punt", "4"), ("punt", "5")}),
        ("artikel 2.1, eerste lid, onder a", {("artikel", "2.1"), ("lid", "1"), ("onderdeel", "a")}),
        ("art. 11 lid 2", {("artikel", "11"), ("lid", "2")}),
        ("In afwijking van het eerste en derde lid", {("lid", "1"), ("lid", "3")}),
        ("het 2e lid van artikel 3:1a", {("lid", "2"), ("artikel", "3:1a")}),
        ("hoofdstuk IV", {("hoofdstuk", "iv")}),
        ("What does point 11 say?", {("punt", "11")}),
        ("§3 en art.4", {("paragraaf", "3"), ("artikel", "4")}),
        ("op dat punt een vraag", set()),
        ("Welke arts, welk artikeltje, welke noten en leden, titelc of punten?", set()),
        ("lid van de raad, onder de 65", set()),
        ("casemanagement onder 4 uur", set()),
        ("op dit punt 3% korting", set()),
    ],
)
def test_places_in_a_question(text: str, named: set[tuple[str, str]]) -> None:
    assert {place for place, _, _ in places_in(text)} == named


@pytest.mark.parametrize("text", ["Mag dat volgens punt 3?", "het derde punt", "punt drie of vier", "lid 2 van artikel 4"])
def test_a_name_ends_where_it_stands(text: str) -> None:
    line = fold(text)
    ends = {line[start:end] for _, start, end in places_in(text)}
    assert ends
    assert all(name == name.strip() and name in line for name in ends)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert all(0 <= start < end <= len(fold(text)) for _, start, end in places_in(text))


@pytest.mark.parametrize(
    ("heading", "named"),
    [
        ("Artikel 2.1 Persoonlijk plan", ("artikel", "2.1")),
        ("punt 9", ("punt", "9")),
        ("2.3 Doelgroep", ("paragraaf", "2.3")),
        ("Bijlage 1 behorende bij artikel 3", ("bijlage", "1")),
    ],
)
def test_headings_name_their_place(heading: str, named: tuple[str, str]) -> None:
    assert named in place_of_heading(heading)


@pytest.mark.parametrize("heading", ["Inleiding", "2026 en verder", "Financiering netwerken dementie"])
def test_other_headings_name_none(heading: str) -> None:
    assert place_of_heading(heading) == []
