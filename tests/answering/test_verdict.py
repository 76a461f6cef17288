"""A bare yes or no is given only where one quoted clause makes it certain."""

from datetime import date

import pytest

from assistant.answering.verdict import verdicts
from assistant.records import Citation, Question
from assistant.retrieval.analysis import Analyst

ANALYST = Analyst((), (), {})


def cite(quote: str) -> Citation:
    return Citation(1, "d", "v", "t", "wet", None, None, 1, "1", (), 0, len(quote), quote)


def said(question: str, *quotes: str) -> str:
    analysed = ANALYST.analyse(Question(question, date(2026, 11, 22)))
    return " ".join(sorted(verdicts(analysed, [cite(quote) for quote in quotes])))


@pytest.mark.parametrize(
    ("question", "quote", "expected"),
    [
        ("Mag de huisarts een scan aanvragen?", "De huisarts mag geen scan aanvragen.", "nee"),
        ("Mag de huisarts een scan aanvragen?", "De huisarts mag een scan aanvragen.", "ja"),
        (
            "Mag de huisarts een scan aanvragen?",
            "Er zijn geen belemmeringen om de huisarts een scan te laten aanvragen.",
            "ja",
        ),
        ("Moet de huisarts een scan aanvragen?", "De huisarts moet een scan aanvragen.", "ja"),
    ],
)
def test_what_a_clause_makes_certain_is_said_first(question: str, quote: str, expected: str) -> None:
    assert said(question, quote) == expected


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Mag de huisarts een scan aanvragen?", "Alleen de huisarts mag een scan aanvragen."),  # limited: the quote speaks
        ("Mag de huisarts een scan aanvragen?", "De huisarts mag een scan aanvragen, mits de cliënt dat wil."),
        ("Mag de huisarts een scan aanvragen?", "De huisarts mag soms een scan aanvragen."),
        ("Mag de huisarts een scan aanvragen?", "De huisarts moet een scan aanvragen."),  # another modality
        ("Mag de huisarts een scan aanvragen?", "De huisarts mag een verwijzing aanvragen."),  # not the same thing
        ("Mag de huisarts geen scan aanvragen?", "De huisarts mag geen scan aanvragen."),  # a denied question is ambiguous
        ("Wie mag een scan aanvragen?", "De huisarts mag een scan aanvragen."),  # asks who, not whether
        ("Mag de huisarts altijd een scan aanvragen?", "De huisarts mag een scan aanvragen."),
    ],
)
def test_where_it_is_not_certain_the_quote_speaks(question: str, quote: str) -> None:
    assert said(question, quote) == ""


def test_quotes_that_contradict_each_other_are_both_reported() -> None:
    quotes = ("De huisarts mag een scan aanvragen.", "De huisarts mag geen scan aanvragen.")
    assert said("Mag de huisarts een scan aanvragen?", *quotes) == "ja nee"
