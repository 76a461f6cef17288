"""Markers and the depth that follows from them."""

from __future__ import annotations

import pytest

from assistant.structuring.labels import Style, depths, readings


@pytest.mark.parametrize(
    ("label", "style", "value"),
    [
        ("3.", Style.NUMERIC, (3, 0)),
        ("1a", Style.NUMERIC, (1, 1)),
        ("(2)", Style.NUMERIC, (2, 0)),
        ("2.1", Style.DECIMAL, (2, 1)),
        ("1°.", Style.DEGREE, (1,)),
        ("b.", Style.ALPHA, (2,)),
        ("aa.", Style.ALPHA, (27,)),
        ("ab.", Style.ALPHA, (28,)),
        ("i.", Style.ROMAN, (1,)),
        ("iv.", Style.ROMAN, (4,)),
        ("B.", Style.CAPITAL, (2,)),
        ("•", Style.BULLET, ()),
        ("", Style.BULLET, ()),
    ],
)
def test_markers_are_understood(label: str, style: Style, value: tuple[int, ...]) -> None:
    marker = readings(label)[0]
    assert (marker.style, marker.value) == (style, value)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("1. 2. 3.", [0, 0, 0]),
        ("1. a. b. 2. a.", [0, 1, 1, 0, 1]),
        ("1. • • 2.", [0, 1, 1, 0]),
        ("g. h. i. j.", [0, 0, 0, 0]),
        ("a. i. ii. b.", [0, 1, 1, 0]),
        ("1. 1a 2.", [0, 0, 0]),
        ("4.1 a. 1. 2. b. 4.2", [0, 1, 2, 2, 1, 0]),
        ("2.1 2.1.1 2.1.2 2.2", [0, 1, 1, 0]),
        ("• – – •", [0, 1, 1, 0]),
        ("1. 2. 1. 2.", [0, 0, 0, 0]),
    ],
)
def test_depth_by_markers(labels: str, expected: list[int]) -> None:
    given = labels.split()
    assert depths([0] * len(given), given, [False] * len(given)) == expected


def test_a_count_begins_anew_below_an_item_that_introduces_it() -> None:
    assert depths([0] * 4, ["1.", "1.", "2.", "2."], [True, False, False, False]) == [0, 1, 1, 0]
    assert depths([0] * 3, ["1.", "1.", "2."], [False, False, False]) == [0, 0, 0]


def test_levels_of_the_reader_go_first() -> None:
    assert depths([1, 2, 1], ["•", "•", "•"], [False] * 3) == [0, 1, 0]


def test_levels_that_contradict_the_counts_tell_nothing() -> None:
    labels, leads = ["1.", "a.", "b.", "2.", "3."], [True, False, False, False, False]
    assert depths([0, 0, 0, 1, 1], labels, leads) == [0, 1, 1, 0, 0]  # a page further the indent is another


def test_a_list_lies_below_what_leads_in_to_it_whatever_its_indent() -> None:
    assert depths([1, 1, 0, 0], ["1.", "2.", "a.", "b."], [False, True, False, False]) == [0, 0, 1, 1]
