"""A question without what it denies."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.records import Question
from assistant.retrieval.parts import without_denied
from assistant.service import Service

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Wie betaalt de casemanager zonder Wlz-indicatie?", "wie betaalt de casemanager"),
        ("Hij heeft nog geen Wlz-indicatie. Betaalt de zorgverzekeraar?", "hij heeft betaalt de zorgverzekeraar"),
        ("Wie betaalt de casemanager met een Wlz-indicatie?", ""),
        ("Kan dat zonder Wlz-indicatie?", ""),
    ],
)
def test_what_is_denied_is_left_out_where_a_question_is_left(built_service: Service, text: str, rule: str) -> None:
    assert without_denied(built_service.open().analyst.analyse(Question(text, DAY))) == rule


def test_who_has_no_indication_gets_the_rule_beside_it(built_service: Service) -> None:
    answer = built_service.ask(Question("Wie betaalt de casemanager zonder Wlz-indicatie?", DAY))
    quoted = [citation.quote for citation in answer.citations]
    assert any("basispakket" in quote for quote in quoted)
    assert any("valt onder de Wlz" in quote for quote in quoted)
