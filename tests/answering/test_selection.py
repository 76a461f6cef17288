"""Evidence is made of whole units, never torn from what it needs, and never quoted twice."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.selection import SelectionRules, select, widen
from assistant.answering.units import ScoredUnit
from assistant.records import Passage, Question, SectionKind, UnitRole
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
