import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.cleaning import clean


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("e\ufb03ci\u00ebnt", "efficiënt"),
        ("verant\u00adwoordelijk", "verantwoordelijk"),
        ("\ufeffzorg\u200bverlener", "zorgverlener"),
        ("co\u200do\u0308rdinatie", "coördinatie"),
        ("  een\u00a0 \t\r\n twee ", "een twee"),
        ("nul\x00teken\x07", "nulteken"),
        ("‘zorg’ – “duiding” — •", "‘zorg’ – “duiding” — •"),
        ("niet\u2011pluisfase", "niet-pluisfase"),
        ("half \ud83d paar", "half paar"),
        ("", ""),
    ],
)
def test_clean(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@given(st.text())
def test_clean_is_stable_and_has_no_odd_blanks(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once == " ".join(once.split())
    once.encode("utf-8")
