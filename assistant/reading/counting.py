"""Counts written as list markers: letters and Roman numbers, as Word and web pages compute them."""

from __future__ import annotations

_ROMAN = tuple(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True)
)


def letters(count: int) -> str:
    """1 is a, 26 is z, 27 is aa, 53 is aaa; figures where there is no such letter."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count <= 260 else str(count)


def roman(count: int) -> str:
    """1 is i, 4 is iv; figures from 4000 on and below 1."""
    if not 0 < count < 4000:
        return str(count)
    text = ""
    for value, sign in _ROMAN:
        text += sign * (count // value)
        count %= value
    return text
