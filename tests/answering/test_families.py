"""A document without example questions is heard beside those that have hundreds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from publishing import built, publish

from assistant.home import Home
from assistant.records import Question, Status
from assistant.service import Service

DAY = date(2026, 3, 1)
NEW = "regeling-dagbesteding"
TEXT = """Regeling dagbesteding in de wijk

Artikel 1 Aanmelden

De cliënt meldt zich voor de dagbesteding aan bij het wijkteam van zijn gemeente.

Artikel 2 Vervoer

De aanbieder van de dagbesteding regelt het vervoer van en naar huis. Voor het vervoer betaalt de cliënt 4 euro per rit.

Artikel 3 Netwerk

De aanbieder neemt deel aan het netwerk dementie en betaalt daarvoor elk jaar 300 euro contributie.
"""


ASKED = "Wie brengt mijn moeder met de auto naar de activiteiten in het buurthuis?"  # in other words than the text
OLD, HEIR = "Regeling dagbesteding in de wijk", "Regeling dagbesteding 2027"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, built_home: Home) -> Iterator[Service]:
    """The project's corpus with one more document, for which nobody wrote a question."""
    home = Home(Path(shutil.copytree(built_home.root, tmp_path_factory.mktemp("families") / "home")))
    publish(home, NEW, OLD, TEXT, valid_from="2025-01-01")
    with built(home) as made:
        yield made


@pytest.fixture
def home(service: Service, tmp_path: Path) -> Home:
    """A copy of that corpus, to do anything with."""
    return Home(Path(shutil.copytree(service.home.root, tmp_path / "home")))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Wie regelt het vervoer naar de dagbesteding?", "regelt het vervoer"),
        ("Hoeveel betaalt de cliënt voor het vervoer per rit?", "4 euro per rit"),
        ("Bij wie meldt een cliënt zich aan voor dagbesteding?", "wijkteam"),
        ("Hoeveel contributie betaalt de aanbieder voor het netwerk dementie?", "300 euro contributie"),
    ],
)
def test_it_answers_what_it_alone_says(service: Service, question: str, said: str) -> None:
    answer = service.ask(Question(question, DAY))
    assert answer.status is Status.ANSWERED
    assert any(citation.document == NEW and said in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Wie mag casemanagement dementie indiceren?", "zn-inkooptekst-casemanagement"),
        ("Waarom krijgen netwerken geen structurele financiering?", "dnn-brief-financiering"),
    ],
)
def test_the_others_answer_as_before(service: Service, built_service: Service, question: str, document: str) -> None:
    before, after = (each.ask(Question(question, DAY)) for each in (built_service, service))
    assert before.citations
    assert document in {citation.document for citation in after.citations}
    assert {citation.quote for citation in before.citations} <= {citation.quote for citation in after.citations}


def test_each_family_puts_forward_its_own_passages(service: Service) -> None:
    desk = service.open()
    question = desk.analyst.analyse(Question("Wie betaalt het netwerk dementie?", DAY))
    found = [{hit.passage.document for hit in hits} for hits in desk.retriever.search_each(question, 3)]
    assert {frozenset(documents) for documents in found} >= {frozenset({NEW})}
    first = [hit.passage.document for hit in desk.retriever.search(question, 2)]
    assert NEW in first


def test_documents_with_and_without_questions_are_families_of_their_own(service: Service, built_service: Service) -> None:
    assert len(set(built_service.generation.families.values())) == 1
    families = service.generation.families
    assert [name for name in families if families[name] == families[NEW]] == [NEW]


def test_a_refusal_shows_what_comes_nearest_in_a_document_that_speaks_for_itself_alone(service: Service) -> None:
    with_plain = service.ask(Question("Hoeveel kinderen heeft de wethouder die over dagbesteding gaat?", DAY))
    assert with_plain.status in (Status.NOT_IN_DOCUMENTS, Status.NOT_LOADED)
    assert [citation.document for citation in with_plain.nearest] == [NEW] * 3
    assert len({citation.quote for citation in with_plain.nearest}) == 3


RIDE = "De aanbieder van de dagbesteding regelt het vervoer van en naar huis."
FARE = "Voor het vervoer betaalt de cliënt 4 euro per rit."
GIVEN = {
    "Moet ik zelf betalen voor de casemanager?": "of which the others say much",
    "Hoe doet u dat dan wel niet?": "of which no word tells anything",
    "Wie mag indiceren? En wat betaalt het netwerk?": "in two parts, each of which others answer",
}


@pytest.fixture(scope="module")
def asked_before(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The same corpus, where the keeper gives the answers to a few questions."""
    home = Home(Path(shutil.copytree(service.home.root, tmp_path_factory.mktemp("asked") / "home")))
    units = {RIDE: [ASKED], FARE: list(GIVEN)}
    text = "".join(f'[[unit]]\nquote = "{quote}"\nquestions = {json.dumps(asked)}\n' for quote, asked in units.items())
    (home.corpus / f"questions/{NEW}.toml").write_text(text, "utf-8")
    with built(home) as made:
        yield made


def test_the_keepers_own_question_is_answered_as_the_keeper_said(service: Service, asked_before: Service) -> None:
    assert not service.ask(Question(ASKED, DAY)).citations
    for text in (ASKED, ASKED.lower().rstrip("?")):
        answer = asked_before.ask(Question(text, DAY))
        assert answer.status is Status.ANSWERED
        assert "regelt het vervoer" in answer.citations[0].quote


@pytest.mark.parametrize("asked", GIVEN, ids=GIVEN.values())
def test_what_the_keeper_gave_as_the_answer_stands_alone(asked_before: Service, asked: str) -> None:
    answer = asked_before.ask(Question(asked, DAY))
    assert answer.status is Status.ANSWERED
    (citation,) = answer.citations
    assert citation.document == NEW
    assert FARE in citation.quote


def test_a_source_that_was_replaced_is_marked_from_the_day_of_its_heir(home: Home) -> None:
    text = "Regeling dagbesteding 2027\n\nDeze regeling gaat over de koffie.\n"
    publish(home, "heir", HEIR, text, valid_from="2027-01-01", replaces=f'"{NEW}"')
    asked = "Wie regelt het vervoer naar de dagbesteding?"
    with built(home) as both:
        before, after = (both.ask(Question(asked, day)) for day in (DAY, date(2027, 2, 1)))
    assert "replaced" not in {notice.code for notice in before.notices}
    said = [notice.text for notice in after.notices if notice.code == "replaced"]
    assert said == [f"‘{OLD}’ is vervangen door ‘{HEIR}’ (vanaf 1 januari 2027)."]
