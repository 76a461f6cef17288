"""Misspellings as people make them: a letter too few, doubled, swapped or wrong, a compound split or joined."""

from __future__ import annotations

import random

_LETTERS = "etnraoidlsgvhkmubpjwczf"


def misspell(text: str, rng: random.Random) -> str:
    """``text`` with one of its longer words misspelled; unchanged if it has none."""
    words = text.split()
    long_ones = [place for place, word in enumerate(words) if len(word) >= 5]
    if not long_ones:
        return text
    place = rng.choice(long_ones)
    words[place] = _spoil(words[place], rng)
    return " ".join(words)


def _spoil(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(5)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 3:
        return word[:at] + rng.choice(_LETTERS) + word[at + 1 :]
    return word[:at] + " " + word[at:]
