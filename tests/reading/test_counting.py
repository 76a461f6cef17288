"""Counts as letters and Roman numbers."""

from __future__ import annotations

from assistant.reading.counting import letters, roman


def test_letters() -> None:
    assert [letters(count) for count in (1, 26, 27, 52, 53, 0, -1, 100_000)] == [
        "a",
        "z",
        "aa",
        "zz",
        "aaa",
        "0",
        "-1",
        "100000",
    ]


def test_roman_numbers() -> None:
    assert [roman(count) for count in (1, 4, 9, 14, 40, 1999, 0, 4000)] == [
        "i",
        "iv",
        "ix",
        "xiv",
        "xl",
        "mcmxcix",
        "0",
        "4000",
    ]
