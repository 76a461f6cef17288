"""Folding and tokens, shared by the index and the question so that both see the same words."""

from __future__ import annotations

import re
import unicodedata

from assistant.language.function_words import DUTCH

TOKENS_VERSION = "2"

_WORD = re.compile(r"[a-z0-9]+")
_ABOVE_ASCII = re.compile(r"[^\x00-\x7f]")  # only these can be diacritics
_FOLDED_SIGNS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l"})


def fold(text: str) -> str:
    """Lower case without diacritics, compatibility forms resolved: "Coördinator" becomes "coordinator"."""
    if text.isascii():
        return text.lower()
    resolved = unicodedata.normalize("NFKD", text)  # first: a capital may hide in a sign ("™", "№")
    decomposed = unicodedata.normalize("NFKD", resolved.casefold().translate(_FOLDED_SIGNS))
    return _ABOVE_ASCII.sub(lambda sign: "" if unicodedata.combining(sign[0]) else sign[0], decomposed)


def words(text: str) -> list[str]:
    """The folded words and numbers of ``text`` in order; a hyphen or apostrophe parts words."""
    return _WORD.findall(fold(text))


def terms(text: str) -> list[str]:
    """The words of ``text`` that carry its subject: :func:`words` without the Dutch function words."""
    return [word for word in words(text) if word not in DUTCH]


def grams(text: str, sizes: tuple[int, ...] = (4, 5)) -> list[str]:
    """Overlapping character n-grams of the terms of ``text``, read as one string with single blanks.

    Grams run over word borders, so "niet pluis fase" and "niet-pluisfase" share most of theirs.
    """
    return grams_of(terms(text), sizes)


def grams_of(folded: list[str], sizes: tuple[int, ...] = (4, 5)) -> list[str]:
    """The same of words that are folded already."""
    line = f" {' '.join(folded)} "
    return [line[i : i + size] for size in sizes for i in range(len(line) - size + 1)]
