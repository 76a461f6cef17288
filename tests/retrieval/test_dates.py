"""Years in a question, in figures and in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.dates import years_in


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("in 2026 en 2027", (2026, 2027)),
        ("de periode na 2026", (2027,)),
        ("na afloop van 2026", (2026,)),
        ("2027, 2026, 2027", (2027, 2026)),
        ("volgend jaar", (2027,)),
        ("Vorig jaar en dit jaar", (2025, 2026)),
        ("over twee jaar", (2028,)),
        ("twee jaar geleden", (2024,)),
        ("next year", (2027,)),
        ("op 1 maart 2026", (2026,)),
        ("BR/REG-2026 en 2026.1", ()),
        ("2026/27", ()),
        ("12026 20261 1850", ()),
        ("nooit", ()),
    ],
)
def test_years(text: str, years: tuple[int, ...]) -> None:
    assert years_in(text, date(2026, 3, 1)) == years


@given(st.text(max_size=60), st.dates())
def test_each_year_once(text: str, day: date) -> None:
    found = years_in(text, day)
    assert len(set(found)) == len(found)
