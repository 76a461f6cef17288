"""Figures and dates are the same thing however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.figures import Day, Figure, figures_of


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("€ 1.250,00 per maand", {("1250", "euro")}),
        ("1250 euro", {("1250", "euro")}),
        ("twee miljoen euro", {("2000000", "euro")}),
        ("2,5 miljoen", {("2500000", "")}),
        ("3,50 procent", {("3.5", "procent")}),
        ("3,5%", {("3.5", "procent")}),
        ("drie tot vijf weken", {("3", "week"), ("5", "week")}),
        ("artikel 3 en 4", {("3", "artikel"), ("4", "artikel")}),
        ("artikel 3.1.1, tweede lid", {("3.1.1", "artikel"), ("2", "lid")}),
        ("lid 2", {("2", "lid")}),
        ("het 2e lid", {("2", "lid")}),
        ("tweeëntwintig dagen", {("22", "dag")}),
        ("één functionaris", {("1", "")}),
        ("een functionaris", set()),
        ("BR/REG-26108", {("26108", "")}),
        ("anderhalf uur", {("1.5", "uur")}),
    ],
)
def test_numbers_with_what_they_count(text: str, numbers: set[tuple[str, str]]) -> None:
    assert figures_of(text).numbers == {Figure(*number) for number in numbers}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("25 november 2025", {Day(2025, 11, 25)}),
        ("25-11-2025", {Day(2025, 11, 25)}),
        ("2025-11-25", {Day(2025, 11, 25)}),
        ("in november 2025", {Day(2025, 11)}),
        ("voor 2026 en 2027", {Day(2026), Day(2027)}),
        ("1 januari", {Day(0, 1, 1)}),
    ],
)
def test_dates_and_years(text: str, days: set[Day]) -> None:
    found = figures_of(text)
    assert (found.days, found.numbers) == (frozenset(days), frozenset())


def test_codes_are_kept_apart() -> None:
    assert figures_of("(p8 duiding)").codes == {"p8"}


@given(st.text(max_size=200))
def test_a_text_lacks_nothing_of_itself(text: str) -> None:
    found = figures_of(text)
    assert found.lacking_in(found) == []
