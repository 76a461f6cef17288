"""Sentences to which the keeper put the same questions belong together in an answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.companions import companions_of

ROWS = {"a": 0, "b": 1}
questions = st.fixed_dictionaries(
    {name: st.lists(st.lists(st.sampled_from("pqrstuvw"), max_size=4), max_size=6) for name in ROWS}
)


@given(questions)
def test_companions_belong_with_each_other_by_a_share_below_one(asked: dict[str, list[list[str]]]) -> None:
    found = companions_of(asked, ROWS)
    for one, others in found.items():
        assert one not in others
        assert all(0 < share < 1 and one in found[other] for other, share in others.items())


@given(questions)
def test_what_is_put_to_one_sentence_alone_says_nothing(asked: dict[str, list[list[str]]]) -> None:
    alone = {name: [[*unit, f"{name}{at}"] for at, unit in enumerate(units)] for name, units in asked.items()}
    assert companions_of(alone, ROWS) == companions_of(asked, ROWS)


def test_the_oftener_two_are_asked_together_the_more_they_belong_together() -> None:
    found = companions_of({"a": [["p", "q", "r"], ["p", "q"], ["r"]]}, ROWS)[0, 0]
    assert found[0, 1] > found[0, 2] > 0


def test_a_question_for_a_whole_list_says_nothing_of_its_items() -> None:
    assert not companions_of({"a": [["noem alles"]] * 9}, ROWS)
