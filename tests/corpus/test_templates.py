"""Questions made from a sentence: its clause turned round, what its kind asks for, and the words that people say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.clauses import clause_of, plain_text
from assistant.corpus.glossary import Concept
from assistant.corpus.templates import MOST, Templates
from assistant.corpus.topics import TopicFinder
from assistant.records import Passage, SectionKind, Unit, UnitRole

CONCEPTS = (
    Concept("indicatie", variants=("indiceren",), lay=("goedkeuring voor zorg", "toestemming", "officieel oordeel")),
    Concept("wijkverpleegkundige", variants=("wijkverpleegkundigen",), lay=("zuster aan huis",), abbreviations=("wvk",)),
    Concept("dagbesteding", lay=("dagje uit", "club overdag")),
    Concept("woonvorm", explanation="Een plek om te wonen."),
)


def passage(*units: Unit, section: tuple[str, ...] = ("Dagbesteding",)) -> Passage:
    return Passage("p", "d", "v", 0, 10, "", 1, "1", section, SectionKind.TEXT, units)


def asked(text: str, role: UnitRole = UnitRole.SENTENCE, lead: str = "") -> tuple[str, ...]:
    first = (Unit(0, 1, lead, UnitRole.LEAD_IN),) if lead else ()
    unit = Unit(2, 3, text, role)
    return Templates(TopicFinder(CONCEPTS)).questions(passage(*first, unit), unit)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("De gemeente betaalt de dagbesteding.", "Betaalt de gemeente de dagbesteding?"),
        ("3. De wijkverpleegkundige mag zorg indiceren (p10).", "Mag de wijkverpleegkundige zorg indiceren?"),
        ("Vanaf 2027 is er geen dagbesteding meer.", "Is er vanaf 2027 geen dagbesteding meer?"),
        (
            "Als de zorg zwaarder wordt, wordt de indicatie aangepast.",
            "Wordt de indicatie aangepast als de zorg zwaarder wordt?",
        ),
        ("Iedere hulp, die daartoe bevoegd is, mag dit doen.", "Mag iedere hulp, die daartoe bevoegd is dit doen?"),
        ("De zorg die thuis nodig is valt onder de wet.", "Valt de zorg die thuis nodig is onder de wet?"),
        ("Met vriendelijke groet,", None),
        ("zorgoverdracht bij opname;", None),
    ],
)
def test_a_statement_becomes_a_question_by_moving_its_verb(sentence: str, question: str | None) -> None:
    clause = clause_of(plain_text(sentence))
    assert (clause.yes_no() if clause else None) == question


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Alleen een wijkverpleegkundige mag deze zorg indiceren.", "Wie mag deze zorg indiceren?"),
        ("Het tarief bedraagt 75 euro per uur.", "Hoeveel bedraagt het tarief?"),
        ("De regeling eindigt op 1 januari 2027.", "Wanneer eindigt de regeling?"),
        ("De zorg valt onder de wet indien een indicatie is gegeven.", "Wanneer valt de zorg onder de wet?"),
        ("De gemeente betaalt niets omdat de wet dat zegt.", "Waarom betaalt de gemeente niets?"),
        ("Dagbesteding is een plek om overdag te zijn.", "Wat is dagbesteding?"),
        ("Dagbesteding is gratis, behalve in het weekeinde.", "Welke uitzonderingen zijn er bij dagbesteding?"),
    ],
)
def test_the_kind_of_sentence_decides_what_is_asked(sentence: str, question: str) -> None:
    assert question in asked(sentence)


def test_lists_are_asked_for_as_a_whole_and_by_item() -> None:
    assert "Wat hoort er allemaal bij dagbesteding?" in asked("Dagbesteding omvat het volgende:", UnitRole.LEAD_IN)
    item = asked("• eten en drinken;", UnitRole.ITEM, lead="Dagbesteding omvat:")
    assert "Hoort eten en drinken bij dagbesteding?" in item
    assert any("club overdag" in question for question in item)


def test_what_people_say_stands_for_the_terms_of_the_field() -> None:
    made = asked("De wvk mag zorg indiceren.")
    lay = [question for question in made if question.endswith("hoe zit dat?")]
    for word in (*CONCEPTS[0].lay, *CONCEPTS[1].lay):
        assert any(word.casefold() in question.casefold() for question in lay)
    assert not any("wvk" in question for question in lay)


@pytest.mark.parametrize("text", ["25 november 2025", "Voorzitter", "Geachte heer,"])
def test_what_tells_nothing_gets_no_questions(text: str) -> None:
    assert asked(text) == ()


@given(st.text(max_size=300), st.sampled_from(UnitRole))
def test_any_text_gives_whole_questions_without_doubles(text: str, role: UnitRole) -> None:
    made = asked(text, role, lead="Dagbesteding omvat:")
    assert len(made) <= MOST
    assert len({question.casefold() for question in made}) == len(made)
    assert all(question.endswith("?") and "\n" not in question for question in made)
