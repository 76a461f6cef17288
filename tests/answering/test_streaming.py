"""What a language model has written so far: the statements that are whole, and no others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from model_server import written

from assistant.answering.model import drafts, finished

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
STATEMENTS = st.lists(st.tuples(TEXT, st.lists(TEXT, max_size=3)), max_size=5)


@given(STATEMENTS, st.integers(0, 400))
def test_every_beginning_gives_a_beginning_of_the_statements(statements: list[tuple[str, list[str]]], length: int) -> None:
    text = written(statements)
    whole = drafts((None, text))
    so_far = finished(text[:length])
    assert so_far == whole[: len(so_far)]
    assert finished(text) == whole


def test_what_comes_before_and_is_no_list_of_statements_is_passed_over() -> None:
    assert finished('Denken: {"a": 1} en {"text": "x", "keys": []}') == []
    assert [draft.text for draft in finished('{"statements": [{"text": "Een.", "keys": ["a"]}, {"text": "Tw')] == ["Een."]
