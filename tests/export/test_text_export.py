"""The text for the clipboard: all parts in order, quotes to the letter, references whole."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from export_samples import ANSWER, CITATIONS, CREATED, LINK, QUOTE_LETTER, QUOTE_LIST, REFUSAL, SOURCES
from hypothesis import given
from hypothesis import strategies as st

from assistant.export import quote_with_reference, reference, to_text
from assistant.export.markdown import Flow, flows
from assistant.export.report import source_of
from assistant.export.words import DUTCH, ENGLISH, words_of
from assistant.records import Mode, Status


def test_everything_in_its_order() -> None:
    text = to_text(ANSWER, SOURCES, created=CREATED, link=LINK)
    parts = [
        "Antwoord van Regelwijzer\n========",
        "Verandert de financiering in 2026?",
        "Zo begrepen: Verandert de financiering van dementienetwerken in 2026?",
        "Peildatum: 22 november 2026",
        "Uitkomst: De documenten beantwoorden een deel van deze vraag.",
        "Brief over de financiering. Brief: stelt zelf geen regels.",
        "\n\nDat betekent dat er [1]\n\n1. eerste punt\n2. tweede punt [2]\n\n",
        "Zie het loket (https://loket.example) of https://nza.example/x. <script>alert(1)</script>",
        "[1] Brief over de financiering",
        f"“{QUOTE_LETTER}”",
        "Uitgever: Dementie Netwerk Nederland",
        "Soort document: brief. vertelt wat is afgesproken en gezien; het stelt zelf geen regels",
        "Geldigheid: geldig vanaf 25 november 2025",
        "Plaats: bladzijde ii, Brief\nGeraadpleegd op: 22 november 2026",
        "[2] Inkoop van casemanagement",
        f"“{QUOTE_LIST}”",
        "Geldigheid: geldig van 1 januari 2026 tot en met 31 december 2027",
        "Plaats: bladzijde 2, Casemanagement dementie › punt 3\nGeraadpleegd op: 22 november 2026",
        "Officieel adres: https://zn.example/inkoop?a=1&b=2",
        "• Een brief stelt geen regels.",
        "• Beleidsregel verpleging (BR/REG-26108)\nOfficieel adres: https://puc.overheid.nl/nza/doc/PUC_789876_22/",
        "Dit antwoord is gemaakt door een AI-systeem (Regelwijzer). Controleer de bronnen.",
        "De citaten staan letterlijk in de genoemde documenten.",
        "Gemaakt op: 22 november 2026, 09.05 uur",
        "Stand van de documenten: 21 november 2026, 23.14 uur",
        f"Vaste link: {LINK}",
        "Technische gegevens: zoekindex 20261121T231409000001-5a374b93; dnn-brief 111111111111; zn-inkoop 8fd66a53abe6",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_a_refusal_shows_the_nearest_passages() -> None:
    text = to_text(REFUSAL, SOURCES, created=CREATED)
    assert "Passages die er het dichtst bij komen" in text
    assert QUOTE_LETTER in text
    for absent in ("\nBronnen\n", "Zo begrepen", "Vaste link", "De citaten staan"):
        assert absent not in text


@pytest.mark.parametrize("status", Status)
def test_every_status_is_said_in_words(status: Status) -> None:
    lines = to_text(replace(ANSWER, status=status), (), created=CREATED).splitlines()
    line = next(line for line in lines if line.startswith("Uitkomst: "))
    assert line.endswith(".")
    assert status.value not in line


def test_a_language_model_is_named() -> None:
    assert "geschreven door een taalmodel" in to_text(replace(ANSWER, mode=Mode.GENERATED), SOURCES, created=CREATED)


def test_reference_in_one_line() -> None:
    assert reference(CITATIONS[1], SOURCES[1], retrieved=date(2026, 11, 22)) == (
        "‘Inkoop van casemanagement’; Zorgverzekeraars Nederland; "
        "inkoopbeleid. zegt hoe zorgverzekeraars deze zorg inkopen; geldig van 1 januari 2026 tot en met 31 december 2027; "
        "bladzijde 2, Casemanagement dementie › punt 3; geraadpleegd op 22 november 2026; "
        "https://zn.example/inkoop?a=1&b=2"
    )
    bare = replace(CITATIONS[0], title="Brief", valid_from=None, page_label="", section=())
    assert reference(bare, None) == "‘Brief’; brief; geldigheid onbekend; bladzijde 2"


def test_a_quote_is_copied_to_the_letter() -> None:
    copied = quote_with_reference(CITATIONS[1], SOURCES[1])
    assert copied == f"“{QUOTE_LIST}”\n({reference(CITATIONS[1], SOURCES[1])})"


def test_the_source_of_the_cited_version_comes_first() -> None:
    newer = replace(SOURCES[0], version="22" * 32, title="Nieuw")
    assert source_of(CITATIONS[0], (newer, SOURCES[0])) == SOURCES[0]
    assert source_of(CITATIONS[0], (newer,)) == newer
    assert source_of(CITATIONS[0], SOURCES[1:]) is None


def test_markdown_as_flows() -> None:
    markdown = "# Kop\n\n- een\n- twee **vet**\n  vervolg\n\n> citaat\n>\n> regel twee\n\n"
    markdown += "3. drie\n4. vier\n\n![alt](http://x/y.png)\n\n    code"
    assert list(flows(markdown)) == [
        (Flow.HEADING, "Kop"),
        (Flow.ITEM, "een"),
        (Flow.ITEM, "twee vet vervolg"),
        (Flow.QUOTE, "citaat"),
        (Flow.QUOTE, "regel twee"),
        (Flow.NUMBERED, "3. drie"),
        (Flow.NUMBERED, "4. vier"),
        (Flow.TEXT, "alt (http://x/y.png)"),
        (Flow.TEXT, "code"),
    ]


WORDS = st.text("abc defé€’1•", min_size=1, max_size=40)


@given(st.lists(WORDS, min_size=1, max_size=4), WORDS)
def test_every_quote_of_any_answer_is_there_to_the_letter(quotes: list[str], question: str) -> None:
    citations = tuple(replace(CITATIONS[0], number=number, quote=quote) for number, quote in enumerate(quotes, start=1))
    answer = replace(ANSWER, citations=citations, question=replace(ANSWER.question, text=question))
    text = to_text(answer, SOURCES, created=CREATED)
    for citation in citations:
        assert f"[{citation.number}] {citation.title}\n\n“{citation.quote}”" in text


def test_in_english_only_the_words_around_the_quotes_change() -> None:
    text = to_text(ANSWER, SOURCES, created=CREATED, link=LINK, language="en")
    for part in (
        "Answer by Regelwijzer\n========",
        "Reference date: 22 November 2026",
        "Outcome: The documents answer this question in part.",
        f"“{QUOTE_LETTER}”",
        f"“{QUOTE_LIST}”",
        "Kind of document (in Dutch): brief. vertelt wat is afgesproken en gezien; het stelt zelf geen regels",
        "Validity: valid from 1 January 2026 until 31 December 2027",
        "Place: page 2, Casemanagement dementie › punt 3",
        "Consulted on: 22 November 2026",
        "This answer was made by an AI system (Regelwijzer). Check the sources.",
        "Made on: 22 November 2026 at 09:05",
    ):
        assert part in text
    quotes = {line for quote in (QUOTE_LETTER, QUOTE_LIST) for line in f"“{quote}”".splitlines()}
    own = "\n".join(line for line in text.splitlines() if line not in quotes)
    for word in ("Bronnen", "bladzijde", "geldig ", "Uitkomst", "Peildatum", "geraadpleegd", "Gemaakt", "Uitgever"):
        assert word not in own
    assert "valid from 1 January 2026" in quote_with_reference(CITATIONS[1], SOURCES[1], language="en")


def test_both_languages_have_every_word() -> None:
    for one, other in ((DUTCH, ENGLISH), (ENGLISH, DUTCH)):
        for name, value in vars(one).items():
            assert value
            assert value != getattr(other, name), name
            if isinstance(value, str):
                assert re.findall(r"\{\w+\}", value) == re.findall(r"\{\w+\}", getattr(other, name)), name
    assert set(DUTCH.statuses) == set(ENGLISH.statuses) == set(Status)
    assert set(DUTCH.modes) == set(ENGLISH.modes) == set(Mode)
    assert words_of("fr") is DUTCH
