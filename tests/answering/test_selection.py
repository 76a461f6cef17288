"""Evidence is made of whole units, never torn from what it needs, and never quoted twice."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.selection import SelectionRules, select, widen
from assistant.answering.units import ScoredUnit
from assistant.records import Passage, Question, SectionKind, Unit, UnitRole
from assistant.service import Desk, Service

DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def desk(built_service: Service) -> Desk:
    return built_service.open()


@pytest.fixture(scope="module")
def passages(desk: Desk) -> list[Passage]:
    return list(desk.generation.passages)


def _scored(desk: Desk, text: str) -> list[ScoredUnit]:
    question = desk.analyst.analyse(Question(text, DAY))
    return desk.answerer.scored(question, desk.retriever.search(question, 24))


def test_a_unit_is_widened_to_whole_units_around_it(passages: list[Passage]) -> None:
    for passage in passages:
        for index in range(len(passage.units)):
            first, last = widen(passage, index, index)
            assert 0 <= first <= index <= last < len(passage.units)
            again = widen(passage, index, index)
            assert again == (first, last)


def test_a_short_list_is_quoted_whole_with_its_lead_in(passages: list[Passage]) -> None:
    lists = [passage for passage in passages if passage.kind is SectionKind.LIST and len(passage.text.split()) <= 150]
    for passage in lists:
        for index, unit in enumerate(passage.units):
            if unit.role in (UnitRole.ITEM, UnitRole.LEAD_IN):
                assert widen(passage, index, index) == (0, len(passage.units) - 1)


def test_a_short_point_is_quoted_whole(passages: list[Passage]) -> None:
    points = [passage for passage in passages if passage.kind is SectionKind.POINT and len(passage.text.split()) <= 60]
    assert points
    for passage in points:
        assert widen(passage, 0, 0) == (0, len(passage.units) - 1)


def made(kind: SectionKind, *units: tuple[str, UnitRole]) -> Passage:
    """A passage of these units, one a line."""
    placed, start = [], 0
    for text, role in units:
        placed.append(Unit(start, start + len(text), text, role))
        start += len(text) + 1
    whole = "\n".join(text for text, _ in units)
    return Passage("p", "d", "v", 0, len(whole), whole, 1, "1", ("Kop",), kind, tuple(placed))


LONG = " ".join(["woord"] * 60)


def test_a_list_item_is_never_quoted_without_what_leads_in_to_it() -> None:
    article = made(
        SectionKind.ARTICLE,
        (f"Een eerste zin van {LONG}.", UnitRole.SENTENCE),
        ("Geen recht op zorg heeft:", UnitRole.LEAD_IN),
        (f"a. wie {LONG};", UnitRole.ITEM),
        ("b. wie elders woont;", UnitRole.ITEM),
        ("c. wie weigert.", UnitRole.ITEM),
    )
    assert widen(article, 3, 3) == (1, 3)
    assert widen(article, 1, 1) == (1, 4)  # and what leads in to it not without its items


def test_a_table_is_quoted_with_its_header_and_a_header_never_alone() -> None:
    row = UnitRole.ROW
    short = made(SectionKind.TABLE, ("Zorg | Tarief", row), ("Licht | 1 euro", row), ("Zwaar | 2 euro", row))
    assert {widen(short, at, at) for at in range(3)} == {(0, 2)}
    long = made(SectionKind.TABLE, ("Zorg | Tarief", row), *((f"Rij {n} | {LONG}", row) for n in range(9)))
    assert widen(long, 0, 0) == (0, 1)


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        (("De regel is dit.", "Dit geldt niet voor kinderen.", "Het netwerk kiest zelf."), (0, 1)),
        (("ZN kan dat niet.", "VWS ziet ook geen mogelijkheid.", "Het netwerk kiest zelf."), (0, 1)),
        (("De regel is dit.", "Het netwerk kiest zelf."), (0, 0)),
        (("Hansje Pontier,", "Voorzitter"), (0, 1)),
        (("Het volgende geldt:", "Zorg is zorg.", "Klaar."), (0, 1)),
    ],
)
def test_a_quote_goes_on_while_sentences_point_back(units: tuple[str, ...], expected: tuple[int, int]) -> None:
    assert widen(made(SectionKind.TEXT, *((text, UnitRole.SENTENCE) for text in units)), 0, 0) == expected


WORDS = "wie mag casemanagement dementie indiceren netwerk subsidie punt huisarts 2026 familie kosten rol".split()


@settings(max_examples=120, deadline=None)
@given(
    asked=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
    margin=st.floats(0, 5),
    beside=st.floats(0, 5),
    most=st.integers(1, 8),
)
def test_evidence_is_literal_of_whole_units_and_disjoint(
    desk: Desk, asked: str, margin: float, beside: float, most: int
) -> None:
    rules = SelectionRules(margin=margin, beside=beside, most=most)
    chosen = [evidence for evidence, _ in select(_scored(desk, asked), rules)]
    assert 1 <= len(chosen) <= most
    for evidence in chosen:
        passage = evidence.passage
        assert passage.text[evidence.start - passage.start : evidence.end - passage.start] == evidence.text
        assert evidence.start in {unit.start for unit in passage.units}
        assert evidence.end in {unit.end for unit in passage.units}
    for one, other in combinations(chosen, 2):
        if one.passage.document == other.passage.document:
            assert one.end <= other.start or other.end <= one.start


def test_nothing_scored_is_nothing_chosen() -> None:
    assert select([]) == []


def test_the_unit_that_speaks_best_is_always_in_it(desk: Desk) -> None:
    for asked in ("wie mag indiceren", "rol netwerkcoordinator", "zorgelementen casemanagement"):
        scored = _scored(desk, asked)
        ((evidence, unit), *_) = select(scored)
        assert unit == scored[0]
        assert evidence.start <= scored[0].unit.start < scored[0].unit.end <= evidence.end
