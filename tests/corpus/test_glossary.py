"""The glossary: strict, with lines; doubles are reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus.glossary import Concept, check_glossary, load_glossary
from assistant.corpus.problems import Severity
from assistant.errors import CorpusError
from assistant.home import PROJECT


def write(folder: Path, text: str) -> None:
    (folder / "glossary.toml").write_text(text, "utf-8")


def test_no_glossary_is_no_concepts(tmp_path: Path) -> None:
    assert load_glossary(tmp_path) == ()
    (problem,) = check_glossary(tmp_path)
    assert (problem.code, problem.severity) == ("glossary-missing", Severity.WARNING)


def test_a_folder_in_the_place_of_the_glossary_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").mkdir()
    (problem,) = check_glossary(tmp_path)
    assert (problem.code, problem.severity) == ("toml-unreadable", Severity.ERROR)
    with pytest.raises(CorpusError):
        load_glossary(tmp_path)


def test_a_concept_is_not_its_own_opposite(tmp_path: Path) -> None:
    write(tmp_path, '[[concept]]\nterm = "casemanager"\nabbreviations = ["CMD"]\nnot_same_as = ["cmd", "Casemanager"]\n')
    problems = check_glossary(tmp_path)
    assert [(problem.code, problem.line, problem.severity) for problem in problems] == [
        ("same-term", 4, Severity.WARNING)
    ] * 2


def test_a_concept_has_all_its_names(tmp_path: Path) -> None:
    write(
        tmp_path,
        '[[concept]]\nterm = "casemanager dementie"\nvariants = ["casemanager"]\nlay = ["dementieconsulent"]\n'
        'abbreviations = ["CMD"]\nexplanation = "Vaste begeleider."\nnot_same_as = ["netwerkcoördinator"]\n'
        'english = ["case manager"]\n[[concept]]\nterm = "netwerkcoördinator"\n',
    )
    first, second = load_glossary(tmp_path)
    assert first.names() == ("casemanager dementie", "casemanager", "CMD", "dementieconsulent")
    assert (first.not_same_as, first.english, first.explanation) == (
        ("netwerkcoördinator",),
        ("case manager",),
        "Vaste begeleider.",
    )
    assert second == Concept("netwerkcoördinator")
    assert check_glossary(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('[[concept]]\nvariants = ["x"]\n', "missing-key", 1),
        ('[[concept]]\nterm = " "\n', "empty-value", 2),
        ('[[concept]]\nterm = "a"\nleken = ["x"]\n', "unknown-key", 3),
        ('[[concept]]\nterm = "a"\nlay = "x"\n', "wrong-type", 3),
        ('[[concept]]\nterm = "a"\nlay = ["x", ""]\n', "empty-value", 3),
        ('[[concept]]\nterm = "a"\n\n[[concept]]\nterm = "A"\n', "duplicate-term", 5),
        ('[[begrip]]\nterm = "a"\n', "unknown-key", 1),
        ('[[concept]]\nterm = "a\n', "toml-syntax", 2),
    ],
)
def test_a_wrong_glossary_is_refused_with_its_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    write(tmp_path, text)
    with pytest.raises(CorpusError) as caught:
        load_glossary(tmp_path)
    assert caught.value.code == code
    assert f"glossary.toml, regel {line}" in caught.value.message
    assert (code, line) in [(problem.code, problem.line) for problem in check_glossary(tmp_path)]


def test_a_form_of_two_concepts_and_an_unknown_opposite_are_warnings(tmp_path: Path) -> None:
    write(
        tmp_path,
        '[[concept]]\nterm = "a"\nvariants = ["Woord"]\nlay = ["x"]\n'
        '[[concept]]\nterm = "b"\nabbreviations = ["woord"]\nnot_same_as = ["c", "A"]\nlay = ["x"]\n'
        '[[concept]]\nterm = "d"\nvariants = ["B"]\n',
    )
    problems = check_glossary(tmp_path)
    assert [(problem.code, problem.line, problem.severity) for problem in problems] == [
        ("ambiguous-word", 7, Severity.WARNING),
        ("unknown-term", 8, Severity.WARNING),
        ("ambiguous-word", 12, Severity.WARNING),
    ]
    assert len(load_glossary(tmp_path)) == 3


def test_the_shipped_glossary_loads() -> None:
    concepts = load_glossary(PROJECT / "corpus")
    assert len({concept.term for concept in concepts}) == len(concepts)
    never = {concept.term: concept.not_same_as for concept in concepts if concept.not_same_as}
    assert never, "the pairs that must never be swapped are gone"
