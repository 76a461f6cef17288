"""Rule checks: which rule decides, which question is next, and what makes a check unusable."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import Shop, make_shop

from assistant.checks import (
    Check,
    CheckQuestion,
    Outcome,
    Rule,
    Status,
    Verdict,
    check_checks,
    decide,
    load_check,
    load_checks,
    result_of,
    result_to_json,
)
from assistant.corpus.library import Library
from assistant.errors import CorpusError, UsageError
from assistant.home import PROJECT

GOOD = """\
title = "Mag ik indiceren?"
about = "Volgens de regels."
document = "regels"

[[question]]
id = "beroep"
text = "Bent u verpleegkundige?"
kind = "ja/nee"
quotes = ["Alleen een verpleegkundige mag indiceren."]

[[question]]
id = "wie"
text = "Wat bent u dan?"
kind = "keuze"
options = ["casemanager", "arts"]
quotes = ["De casemanager helpt de cliënt."]

[[rule]]
when = { beroep = "ja" }
outcome = "ja"
text = "U mag indiceren."
quotes = ["Alleen een verpleegkundige mag indiceren."]

[[rule]]
when = { beroep = "nee", wie = ["casemanager"] }
outcome = "nee"
text = "Een casemanager helpt."
quotes = ["De casemanager helpt de cliënt."]
"""
DAY = date(2026, 11, 22)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = make_shop(tmp_path)
    write(made, GOOD)
    return made


def write(shop: Shop, text: str, name: str = "indiceren") -> None:
    path = shop.folder / "checks" / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


class TestDeciding:
    def test_the_next_question_is_asked_until_a_rule_holds(self, shop: Shop) -> None:
        check = load_check(shop.library(), "indiceren")
        first = decide(check, {})
        assert (first.status, first.next and first.next.id) == (Status.OPEN, "beroep")
        second = decide(check, {"beroep": "nee"})
        assert (second.status, second.next and second.next.id) == (Status.OPEN, "wie")
        done = decide(check, {"beroep": " NEE ", "wie": "Casemanager"})
        assert done.rule is not None
        assert (done.status, done.rule.outcome.verdict) == (Status.DECIDED, Verdict.NO)
        assert done.answers == {"beroep": "nee", "wie": "casemanager"}
        assert [question.id for question in done.used] == ["beroep", "wie"]

    def test_an_answer_that_no_rule_looks_at_is_no_ground(self, shop: Shop) -> None:
        decided = decide(load_check(shop.library(), "indiceren"), {"beroep": "ja", "wie": "arts"})
        assert [question.id for question in decided.used] == ["beroep"]

    def test_a_case_without_a_rule_is_unknown(self, shop: Shop) -> None:
        unknown = decide(load_check(shop.library(), "indiceren"), {"beroep": "nee", "wie": "arts"})
        assert (unknown.status, unknown.rule, unknown.next) == (Status.UNKNOWN, None, None)

    @pytest.mark.parametrize("answers", [{"leeftijd": "ja"}, {"beroep": "misschien"}, {"beroep": ""}])
    def test_an_answer_that_does_not_fit_is_refused(self, shop: Shop, answers: dict[str, str]) -> None:
        with pytest.raises(UsageError):
            decide(load_check(shop.library(), "indiceren"), answers)

    @given(data=st.data())
    def test_any_check_ends_after_as_many_questions_as_it_has(self, data: st.DataObject) -> None:
        """Answering what is asked next always leads to an end, and no question is asked twice."""
        names = [f"v{number}" for number in range(data.draw(st.integers(1, 5)))]
        questions = tuple(CheckQuestion(name, name, "ja/nee", ("ja", "nee"), ()) for name in names)
        conditions = st.dictionaries(st.sampled_from(names), st.sampled_from([("ja",), ("nee",), ("ja", "nee")]))
        rules = tuple(Rule(when, Outcome(Verdict.YES, "x"), ()) for when in data.draw(st.lists(conditions, max_size=6)))
        check = Check("c", "t", "a", questions, rules)
        answers: dict[str, str] = {}
        while (decision := decide(check, answers)).next is not None:
            assert decision.next.id not in answers
            answers[decision.next.id] = data.draw(st.sampled_from(["ja", "nee"]))
        if decision.rule is not None:
            assert all(answers[name] in accepted for name, accepted in decision.rule.when.items())


class TestLoading:
    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            ("Alleen een verpleegkundige mag indiceren.", "Iedereen mag indiceren.", "quote-not-found"),
            ('"De casemanager helpt de cliënt."', '"er"', "quote-ambiguous"),
            ('document = "regels"', 'document = "zvw"', "check-document"),
            ('document = "regels"', 'document = "nergens"', "check-document"),
            ("beroep = ", "onbekend = ", "unknown-question"),
            ('beroep = "ja"', 'beroep = "soms"', "unknown-value"),
            ('["casemanager"] }', "[] }", "unknown-value"),
            ('["casemanager"] }', "3 }", "unknown-value"),
            ('outcome = "ja"', 'outcome = "misschien"', "unknown-value"),
            ('id = "wie"', 'id = "beroep"', "duplicate-id"),
            ('kind = "ja/nee"', 'kind = "keuze"', "wrong-options"),
            ('kind = "keuze"', 'kind = "ja/nee"', "wrong-options"),
            ('quotes = ["De casemanager helpt de cliënt."]', "", "missing-key"),
            ("[[rule]]", "[[regel]]", "unknown-key"),
            ('title = "Mag ik indiceren?"', "", "missing-key"),
            ('title = "Mag ik indiceren?"', "title = ", "toml-syntax"),
        ],
    )
    def test_a_wrong_or_outdated_check_is_not_used_and_says_why(self, shop: Shop, old: str, new: str, code: str) -> None:
        assert check_checks(shop.library()) == []
        assert old in GOOD
        write(shop, GOOD.replace(old, new, 1) if code != "quote-not-found" else GOOD.replace(old, new))
        problems = check_checks(shop.library())
        assert code in {problem.code for problem in problems}
        assert all(problem.file == "checks/indiceren.toml" and problem.severity == "waarschuwing" for problem in problems)
        with pytest.raises(CorpusError, match="kan nu niet worden gebruikt"):
            load_check(shop.library(), "indiceren")
        assert [loaded.check for loaded in load_checks(shop.library())] == [None]

    def test_a_check_that_is_not_there(self, shop: Shop) -> None:
        with pytest.raises(CorpusError, match=r"Bekend zijn: indiceren\."):
            load_check(shop.library(), "nergens")

    def test_a_corpus_without_checks(self, tmp_path: Path) -> None:
        assert load_checks(make_shop(tmp_path / "leeg").library()) == ()


class TestResult:
    def test_every_citation_is_literal_and_numbered(self, shop: Shop) -> None:
        library = shop.library()
        result = result_of(library, load_check(library, "indiceren"), {"beroep": "nee", "wie": "casemanager"}, DAY)
        text = library.document("regels").text
        assert [citation.number for citation in result.citations] == [1, 2]
        assert all(text[citation.start : citation.end] == citation.quote for citation in result.citations)
        made = result_to_json(result)
        assert made["outcome"]["citations"] == [1]
        assert [question["citations"] for question in made["asked"]] == [[2], [1]]

    def test_a_day_outside_the_validity_is_told(self, shop: Shop) -> None:
        library = shop.library()
        check = load_check(library, "indiceren")
        assert result_of(library, check, {"beroep": "ja"}, DAY).notices == ()
        (notice,) = result_of(library, check, {"beroep": "ja"}, date(2025, 1, 1)).notices
        assert "niet op 2025-01-01" in notice.text


class TestShipped:
    """The checks of the project, over the real documents."""

    @pytest.fixture(scope="class")
    def library(self, tmp_path_factory: pytest.TempPathFactory) -> Library:
        return Library(PROJECT / "corpus", tmp_path_factory.mktemp("cache"))

    def test_they_are_in_order(self, library: Library) -> None:
        assert [problem.text() for problem in check_checks(library)] == []
        assert len(load_checks(library)) >= 4

    def test_every_rule_decides_some_case_and_no_case_is_left_unknown(self, library: Library) -> None:
        for loaded in load_checks(library):
            check = loaded.check
            assert check is not None
            decided: set[int] = set()
            for answers in _every(check):
                decision = decide(check, answers)
                assert decision.rule is not None, (check.id, answers)
                decided.add(check.rules.index(decision.rule))
            assert decided == set(range(len(check.rules))), check.id

    def test_every_question_is_asked_somewhere(self, library: Library) -> None:
        for loaded in load_checks(library):
            assert loaded.check is not None
            asked = {name for rule in loaded.check.rules for name in rule.when}
            assert asked == {question.id for question in loaded.check.questions}

    @pytest.mark.parametrize(
        ("name", "answers", "verdict"),
        [
            ("wie-mag-indiceren", {"beroep": "huisarts"}, "nee"),
            ("wie-mag-indiceren", {"beroep": "verpleegkundige", "opleiding": "ja"}, "ja"),
            ("wie-mag-indiceren", {"beroep": "verpleegkundige", "opleiding": "nee"}, "nee"),
            ("vergoeding-casemanagement", {"wlz": "ja"}, "nee"),
            (
                "vergoeding-casemanagement",
                {"wlz": "nee", "openstaan": "ja", "indicatie": "ja", "geneeskundig": "ja"},
                "ja",
            ),
            (
                "wie-mag-casemanager-zijn",
                {"beroep": "sociaal werker zorg", "bevoegd": "ja", "profiel": "ja", "verpleegkundige-erbij": "nee"},
                "nee",
            ),
            ("financiering-netwerk", {"periode": "2026", "extra": "ja"}, "nee"),
            ("financiering-netwerk", {"periode": "na 2026"}, "hangt af"),
        ],
    )
    def test_what_the_documents_say(self, library: Library, name: str, answers: dict[str, str], verdict: str) -> None:
        result = result_of(library, load_check(library, name), answers, DAY)
        assert result.decision.rule is not None
        assert result.decision.rule.outcome.verdict == verdict
        assert result.notices == ()


def _every(check: Check) -> list[Mapping[str, str]]:
    names = [question.id for question in check.questions]
    combinations = itertools.product(*(question.options for question in check.questions))
    return [dict(zip(names, combination, strict=True)) for combination in combinations]
