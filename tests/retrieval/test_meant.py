"""Words that only say which document is meant are no part of what its sentences must say."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.records import DocumentKind, DocumentStatus, Question, Source
from assistant.retrieval.analysis import Analyst
from assistant.retrieval.meant import Meaning

RULE = DocumentKind("beleidsregel", "beleidsregel", 2, "Bindt.")
LETTER = DocumentKind("brief", "brief", 6, "Bindt niet.")
SOURCES = (
    Source("keten", "Beleidsregel ketencoördinatie dementie", "Noorderlicht", RULE, DocumentStatus.PUBLISHED),
    Source("site", "Casemanager dementie", "Netwerk Dementie Rivierenland", LETTER, DocumentStatus.PUBLISHED),
    Source("wet", "Wet langdurige zorg", "Rijksoverheid", RULE, DocumentStatus.MISSING, names=("Wlz",)),
)


@pytest.mark.parametrize(
    ("text", "meant", "rest"),
    [
        ("Wat is een netwerk volgens de beleidsregel ketencoördinatie?", ["keten"], "Wat is een netwerk ?"),
        ("Hoeveel cliënten mag een casemanager bij Noorderlicht?", ["keten"], "Hoeveel cliënten mag een casemanager ?"),
        ("Wie komt er volgens Netwerk Dementie Rivierenland?", ["site"], "Wie komt er ?"),
        ("Wie betaalt ketencoördinatie bij dementie?", [], "Wie betaalt ketencoördinatie bij dementie?"),
        ("Wie betaalt de casemanager dementie?", [], "Wie betaalt de casemanager dementie?"),
        ("Wie schreef de beleidsregel ketencoördinatie?", ["keten"], "Wie schreef de beleidsregel ketencoördinatie?"),
        ("Valt dat netwerk onder de Wlz?", [], "Valt dat netwerk onder de Wlz?"),  # what is not loaded is asked about
        ("Wat is de beleidsregel ketencoördinatie?", ["keten"], "Wat is de beleidsregel ketencoördinatie?"),  # all of it
    ],
)
def test_a_name_says_which_document_is_meant(text: str, meant: list[str], rest: str) -> None:
    found = Meaning(SOURCES, {"netwerk", "dementie", "casemanager"}).of(text)
    assert [source.id for source in found.sources] == meant
    assert " ".join(found.rest.split()) == rest


def test_a_question_is_read_without_them_and_prefers_the_document() -> None:
    asked = "Hoeveel weken wacht men volgens Netwerk Dementie Rivierenland?"
    question = Analyst((), SOURCES, {}).analyse(Question(asked, date(2027, 3, 1)))
    assert question.mentions == ("site",)
    assert not {"rivierenland", "netwerk", "volgens"} & {word for key in question.keys for word in key.text.split()}
