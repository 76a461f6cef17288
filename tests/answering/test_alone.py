"""What tells the right sentence of a document without example questions from the others, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

import pytest
from publishing import built, publish

from assistant.answering.sufficiency import lead_of
from assistant.answering.units import ScoredUnit
from assistant.home import PROJECT, Home
from assistant.records import Question
from assistant.service import Desk, Service

DAY = date(2026, 3, 1)
NEW = "regeling-logeren"
TEXT = """Regeling logeren

Artikel 1 Scootmobiel

De inwoner zorgt voor een droge stalling. De inwoner betaalt daarvoor niets.

Artikel 2 Rolstoel

De inwoner zorgt voor een droge stalling. De inwoner betaalt daarvoor tien euro.
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A corpus of one document, for which nobody wrote a question."""
    home = Home(tmp_path_factory.mktemp("alone"))
    (home.corpus / "documents").mkdir(parents=True)
    kinds, _, _ = (PROJECT / "evals/plain/catalogue.toml").read_text("utf-8").partition("[[document]]")
    (home.corpus / "catalogue.toml").write_text(kinds, "utf-8")
    publish(home, NEW, "Regeling logeren", TEXT)
    with built(home) as made:
        yield made.open()


def scored(desk: Desk, text: str) -> list[ScoredUnit]:
    looked = desk.look(Question(text, DAY))
    return desk.answerer.scored(looked.question, looked.hits)


def test_the_heading_speaks_for_the_sentences_under_it(desk: Desk) -> None:
    units = {unit.passage.section[-1]: unit for unit in scored(desk, "Wat betaalt de inwoner voor de rolstoel?")}
    rolstoel, scootmobiel = (
        next(unit for name, unit in units.items() if word in name) for word in ("Rolstoel", "Scootmobiel")
    )
    assert rolstoel.features.under > scootmobiel.features.under
    assert all(unit.features.under >= unit.features.said > 0 for unit in (rolstoel, scootmobiel))


def test_a_sentence_is_compared_by_its_own_vector(desk: Desk) -> None:
    units = scored(desk, "De inwoner zorgt voor een droge stalling.")
    lines = {unit.unit.text: unit.features.line for unit in units}
    assert lines["De inwoner zorgt voor een droge stalling."] == pytest.approx(1, abs=1e-5)
    assert lines["De inwoner betaalt daarvoor niets."] < 0.9


def test_neither_counts_where_the_keepers_questions_do(built_service: Service) -> None:
    units = scored(built_service.open(), "Wie mag casemanagement dementie indiceren?")
    assert units
    assert all(unit.features.line == unit.features.under == 0 for unit in units)


def test_the_lead_is_the_share_of_a_passage_among_all(desk: Desk) -> None:
    units = scored(desk, "Wat betaalt de inwoner voor de rolstoel?")
    best = units[0]
    assert lead_of(best, [unit for unit in units if unit.passage.id == best.passage.id]) == 0
    shares = [math.exp(lead_of(unit, units)) for unit in {unit.passage.id: unit for unit in units}.values()]
    assert sum(shares) == pytest.approx(1)
    assert lead_of(best, units) == pytest.approx(math.log(max(shares)))
