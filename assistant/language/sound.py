"""How a Dutch word sounds, roughly: misspellings mostly keep the sound ("kasemenagement", "indikatie", "wort")."""

from __future__ import annotations

import re
from functools import lru_cache

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch(?=$|[^aeiouy])", "s"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c(?!h)|q", "k"),
        (r"x", "ks"),
        (r"ch|g", "g"),
        (r"ph|v", "f"),
        (r"th|dt$|d$|dt(?=s)", "t"),
        (r"d(?=s)", "t"),
        (r"z", "s"),
        (r"ei|ij|y", "i"),
        (r"ouw|auw|ou|au", "a"),
        (r"b$", "p"),
        (r"(.)\1+", r"\1"),
        (r"ie", "i"),
        (r"oe", "u"),
    )
)


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """The folded ``word`` with letters that sound alike made the same and doubled letters made single."""
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement, word)
    return word
