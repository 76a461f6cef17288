"""What one document is about is no part of an answer from another that never speaks of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answering.subjects import Subjects
from assistant.home import Home
from assistant.records import Question
from assistant.service import Desk, Service
from assistant.settings import Settings

LETTER, PURCHASE = "dnn-brief-financiering", "zn-inkooptekst-casemanagement"


@pytest.fixture(scope="module")
def desk(built_home: Home) -> Iterator[Desk]:
    service = Service(built_home, Settings())
    yield service.open()
    service.close()


@pytest.mark.parametrize(
    ("question", "documents", "foreign"),
    [
        ("Is casemanagement versnipperd gefinancierd?", {LETTER}, {"casemanagement"}),
        ("Is casemanagement versnipperd?", {PURCHASE}, set()),
        ("Is casemanagement versnipperd gefinancierd?", {LETTER, PURCHASE}, set()),
        ("Mag een sociaal werker een netwerk dementie indiceren?", {PURCHASE}, {"netwerk dementie"}),
        ("Mag een sociaal werker een netwerk dementie indiceren?", {LETTER}, set()),
        ("Wat kost een brood bij de bakker?", {LETTER}, set()),
    ],
)
def test_what_another_document_is_about_is_foreign_to_one_that_never_says_it(
    desk: Desk, question: str, documents: set[str], foreign: set[str]
) -> None:
    keys = desk.analyst.analyse(Question(question, date(2026, 3, 1))).keys
    found = Subjects(desk.generation).foreign(keys, documents)
    assert {key.text for key, is_foreign in zip(keys, found, strict=True) if is_foreign} == foreign
