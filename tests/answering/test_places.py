"""Parts of the documents that a question names: read out, put first, or said not to be there."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.records import Answer, Question, Status
from assistant.service import Service

DAY = date(2026, 3, 1)
LETTER, POLICY = "dnn-brief-financiering", "zn-inkooptekst-casemanagement"


@pytest.fixture
def ask(built_service: Service):  # type: ignore[no-untyped-def]
    def go(text: str, *history: str) -> Answer:
        return built_service.ask(Question(text, DAY, history))

    return go


@pytest.mark.parametrize(
    ("question", "document", "starts"),
    [
        ("Wat staat er in punt 9?", POLICY, ["9."]),
        ("Wat zegt punt 3 en 4 van de inkooptekst?", POLICY, ["3.", "4."]),
        ("en het elfde punt?", POLICY, ["11."]),
        ("what does point 8 say?", POLICY, ["8."]),
        ("voetnoot 1", LETTER, ["1 "]),
    ],
)
def test_a_place_that_is_asked_for_is_read_out(ask, question, document, starts) -> None:  # type: ignore[no-untyped-def]
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert [citation.document for citation in answer.citations] == [document] * len(starts)
    assert all(c.quote.startswith(start) for c, start in zip(answer.citations, starts, strict=True))


def test_the_document_that_the_question_speaks_of_is_read(ask) -> None:  # type: ignore[no-untyped-def]
    assert {citation.document for citation in ask("Wat is het derde punt van de brief?").citations} == {LETTER}
    assert {citation.document for citation in ask("punt 3").citations} == {LETTER, POLICY}


def test_a_place_beside_a_question_speaks_first(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("Mag een huisarts volgens punt 3 indiceren?")
    assert answer.citations[0].section[-1] == "punt 3"
    assert answer.text.startswith("**Nee.**")


def test_what_a_place_does_not_hold_is_not_answered_from_it(ask) -> None:  # type: ignore[no-untyped-def]
    assert ask("Hoeveel euro kost het volgens punt 11?").status is Status.NOT_IN_DOCUMENTS


@pytest.mark.parametrize("question", ["Wat staat er in punt 14?", "Volgens punt 22 mag de huisarts indiceren, klopt dat?"])
def test_a_place_that_is_nowhere_is_said_to_be_nowhere(ask, question) -> None:  # type: ignore[no-untyped-def]
    answer = ask(question)
    assert answer.status is Status.NOT_IN_DOCUMENTS
    assert "Geen van de documenten hier heeft ‘punt" in answer.text


def test_a_place_in_a_missing_document_is_not_looked_for_in_others(ask) -> None:  # type: ignore[no-untyped-def]
    answer = ask("Wat staat er in punt 8 van de duiding?")
    assert answer.status is Status.NOT_LOADED
    assert not answer.citations
