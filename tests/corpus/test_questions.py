"""Example questions: where they attach, and what is wrong with their file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import Shop

from assistant.corpus.library import Library
from assistant.corpus.problems import Severity
from assistant.corpus.questions import QuestionEntry, check_questions, load_questions, questions_for
from assistant.errors import CorpusError
from assistant.home import PROJECT
from assistant.records import Passage, SectionKind, Unit, UnitRole

TEXT = "Kop\n\nEen zin over zorg.  Nog een zin. 1. Een punt dat lang is. Een zin over zorg."


def passage(name: str, start: int, end: int, *units: tuple[int, int]) -> Passage:
    made = tuple(Unit(a, b, TEXT[a:b], UnitRole.SENTENCE) for a, b in units)
    return Passage(name, "d", "v", start, end, TEXT[start:end], 1, "1", (), SectionKind.TEXT, made)


def span(part: str, after: int = 0) -> tuple[int, int]:
    start = TEXT.index(part, after)
    return start, start + len(part)


FIRST, SECOND = span("Een zin over zorg."), span("Nog een zin.")
POINT, LAST = span("Een punt dat lang is."), span("Een zin over zorg.", 30)
PASSAGES = (
    passage("a", FIRST[0], SECOND[1], FIRST, SECOND),
    passage("b", POINT[0] - 3, LAST[1], POINT, LAST),
)


def place(quote: str, *, draft: bool = False, drafts: bool = False) -> dict[str, tuple[tuple[str, ...], ...]]:
    return dict(questions_for(PASSAGES, [QuestionEntry("d", quote, ("q?",), draft)], drafts=drafts))


def test_every_passage_has_one_tuple_a_unit() -> None:
    assert place("staat er niet") == {"a": ((), ()), "b": ((), ())}
    assert questions_for((), []) == {}


def test_a_quote_counts_for_the_unit_in_which_it_begins() -> None:
    assert place("Nog een") == {"a": ((), ("q?",)), "b": ((), ())}
    assert place("een zin. 1. Een punt") == {"a": ((), ("q?",)), "b": ((), ())}  # on into the next passage


def test_white_space_and_compatibility_forms_do_not_matter() -> None:
    assert place("Nog\n een\tzin.")["a"] == ((), ("q?",))
    assert place("Nog een ｚin.")["a"] == ((), ("q?",))


def test_a_marker_before_a_unit_counts_for_that_unit() -> None:
    assert place("1. Een punt dat")["b"] == (("q?",), ())


def test_a_quote_that_stands_twice_counts_twice() -> None:
    assert place("Een zin over zorg.") == {"a": (("q?",), ()), "b": ((), ("q?",))}


def test_drafts_wait() -> None:
    assert not any(place("Nog een", draft=True)["a"])
    assert place("Nog een", draft=True, drafts=True)["a"] == ((), ("q?",))


def test_the_same_question_is_kept_once() -> None:
    entries = [QuestionEntry("d", "Nog een", ("q?", "r?")), QuestionEntry("d", "Nog een zin.", ("r?", "s?"))]
    assert questions_for(PASSAGES, entries)["a"] == ((), ("q?", "r?", "s?"))


@given(st.data())
def test_a_quote_cut_from_a_unit_always_reaches_that_unit(data: st.DataObject) -> None:
    held = data.draw(st.sampled_from(PASSAGES))
    index = data.draw(st.integers(0, len(held.units) - 1))
    unit = held.units[index]
    start = data.draw(st.integers(unit.start, unit.end - 1).filter(lambda at: not TEXT[at].isspace()))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    quote = TEXT[start:end].replace(" ", data.draw(st.sampled_from([" ", "\n", "  "])))
    assert questions_for(PASSAGES, [QuestionEntry("d", quote, ("q?",))])[held.id][index] == ("q?",)


def write(shop: Shop, text: str) -> None:
    (shop.folder / "questions").mkdir(exist_ok=True)
    (shop.folder / "questions" / "regels.toml").write_text(text, "utf-8")


def test_no_file_is_no_questions(shop: Shop) -> None:
    assert load_questions(shop.folder, "regels") == ()
    assert check_questions(shop.folder, "regels", "tekst") == []


def test_entries_carry_their_file_and_line(shop: Shop) -> None:
    write(shop, '# kop\n[[unit]]\nquote = "Alleen"\nquestions = ["a?", "b?"]\nstatus = "concept"\n')
    (entry,) = load_questions(shop.folder, "regels")
    assert entry == QuestionEntry("regels", "Alleen", ("a?", "b?"), True, "questions/regels.toml", 3)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('[[unit]]\nquote = "x"\n', "missing-key", 1),
        ('[[unit]]\nquote = ""\nquestions = ["a"]\n', "empty-value", 2),
        ('[[unit]]\nquote = "x"\nquestions = []\n', "empty-value", 3),
        ('[[unit]]\nquote = "x"\nquestions = ["a", ""]\n', "empty-value", 3),
        ('[[unit]]\nquote = "x"\nquestions = "a"\n', "wrong-type", 3),
        ('[[unit]]\nquote = "x"\nquestions = ["a"]\nstatus = "klaar"\n', "unknown-value", 4),
        ('[[unit]]\nquote = "x"\nquestions = ["a"]\nvraag = 1\n', "unknown-key", 4),
        ("[[units]]\n", "unknown-key", 1),
        ('[[unit]]\nquote = "x\n', "toml-syntax", 2),
        ("unit = 1\n", "wrong-type", 1),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(shop: Shop, text: str, code: str, line: int) -> None:
    write(shop, text)
    with pytest.raises(CorpusError) as caught:
        load_questions(shop.folder, "regels")
    assert caught.value.code == code
    assert f"questions/regels.toml, regel {line}" in caught.value.message
    assert (code, line) in [(problem.code, problem.line) for problem in check_questions(shop.folder, "regels", "x")]


def test_a_quote_that_is_not_there_or_not_alone_is_a_warning_with_its_line(shop: Shop) -> None:
    write(
        shop,
        '[[unit]]\nquote = "nergens"\nquestions = ["a"]\n\n[[unit]]\nquote = "Een zin"\nquestions = ["b"]\n'
        '[[unit]]\nquote = "Een  zin"\nquestions = ["c"]\n',
    )
    problems = check_questions(shop.folder, "regels", TEXT)
    assert [(problem.code, problem.line) for problem in problems] == [
        ("quote-not-found", 2),
        ("quote-ambiguous", 6),
        ("duplicate-quote", 9),
        ("quote-ambiguous", 9),
    ]
    assert {problem.severity for problem in problems} == {Severity.WARNING}


def test_every_shipped_quote_stands_in_its_document(tmp_path) -> None:  # type: ignore[no-untyped-def]
    library = Library(PROJECT / "corpus", tmp_path)
    for read in library.readings():
        assert read.reading.document is not None
        problems = check_questions(library.folder, read.source.id, read.reading.document.text)
        assert [problem.text() for problem in problems if problem.code != "quote-ambiguous"] == []
        assert load_questions(library.folder, read.source.id)
