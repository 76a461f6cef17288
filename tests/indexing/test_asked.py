"""The keeper's questions as an index of questions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_material import material

from assistant.indexing.asked import AskedQuestions, write_asked

EXAMPLES = ("Wie mag dit doen?", "Hoe vaak komt zij langs?")
UNANSWERED = ("Wat kost een uur?", "Wat is het nummer van de balie?")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> AskedQuestions:
    given = material(5)
    questions = {given.passages[2].id: (EXAMPLES,)}
    folder = tmp_path_factory.mktemp("asked") / "asked"
    assert (
        write_asked(
            folder,
            replace(given, questions=questions, unanswered=tuple((text, "elders") for text in UNANSWERED), judged=("a",)),
        )
        == 5
    )
    return AskedQuestions(folder)


def test_a_question_is_most_like_itself(asked: AskedQuestions) -> None:
    for place, text in enumerate(UNANSWERED):
        of_none = asked.of_none(asked.likeness(text.upper()))
        assert of_none.argmax() == place
        assert of_none[place] == pytest.approx(1.0)
    for place, text in enumerate(EXAMPLES, start=1):  # the first row is the unit itself
        of_unit = asked.of_unit(asked.likeness(text), 2, 0)
        assert len(of_unit) == 3
        assert of_unit.argmax() == place


def test_the_little_words_tell_too(asked: AskedQuestions) -> None:
    assert asked.of_unit(asked.likeness("Hoe vaak?"), 2, 0)[2] > asked.of_unit(asked.likeness("Wie?"), 2, 0)[2]


def test_what_has_no_questions_has_no_rows(asked: AskedQuestions) -> None:
    assert len(asked.of_unit(asked.likeness("Wie?"), 0, 0)) == 0
    assert asked.judged == {"a"}
    assert asked.elsewhere == ("elders", "elders")


@given(st.text(max_size=60))
def test_likeness_is_a_share(asked: AskedQuestions, text: str) -> None:
    found = asked.likeness(text)
    assert ((found >= 0) & (found <= 1 + 1e-6)).all()
    assert np.isfinite(found).all()


def test_a_corpus_without_questions_has_an_empty_index(tmp_path: Path) -> None:
    assert write_asked(tmp_path / "asked", replace(material(3), questions={})) == 0
    empty = AskedQuestions(tmp_path / "asked")
    assert len(empty.of_none(empty.likeness("Wie?"))) == 0
    assert empty.index.problems() == []
