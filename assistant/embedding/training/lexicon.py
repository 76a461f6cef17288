"""Dutch text glossed word by word with a Dutch-English word list (``assistant/language/english.py``).

Transformers that know what words mean exist for English, and none can be shipped here for Dutch. A gloss is poor English,
but enough for such a model to place a sentence near others that mean the same (see training/lessons.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from assistant.language.tokens import fold

_TOKEN = re.compile(r"[a-z]+(?:['’-][a-z]+)*|[0-9]+|[.,?!]")
_ENDINGS = ("en", "e", "s", "t", "je", "jes", "tje", "ing", "de", "te", "den", "ten")
_MISSING_ENDINGS = ("en", "t", "e")
_LINKS = ("", "s", "en", "e", "n", "er")  # what stands between the parts of a compound
_SHORTEST_STEM, _SHORTEST_PART, _SHORTEST_COMPOUND, _MOST_PARTS = 4, 3, 6, 5

Parts = tuple[str, ...]


class Lexicon:
    """Dutch words, folded, with their English; the most usual rendering comes first."""

    def __init__(self, entries: Mapping[str, Parts]) -> None:
        self.entries = entries
        self._parts = lru_cache(maxsize=None)(self._find)

    def gloss(self, text: str) -> str:
        """``text`` with the English of each word in its place; a word that is not known stays."""
        return " ".join(self._english(token) for token in _TOKEN.findall(fold(text)))

    def _english(self, token: str) -> str:
        parts = self._parts(token) or tuple(part for own in token.split("-") for part in self._parts(own))
        return " ".join(self.entries[part][0] for part in parts) or token

    def _find(self, word: str) -> Parts:
        """The entries that ``word`` consists of: itself, itself with another ending, or the parts of a compound."""
        if word in self.entries:
            return (word,)
        for ending in _ENDINGS:
            stem = word.removesuffix(ending)
            if stem != word and len(stem) >= _SHORTEST_STEM and stem in self.entries:
                return (stem,)
        for ending in _MISSING_ENDINGS:
            if len(word) >= _SHORTEST_STEM and word + ending in self.entries:
                return (word + ending,)
        return self._compound(word, _MOST_PARTS)

    def _compound(self, word: str, most: int) -> Parts:
        """The fewest entries that make up ``word`` with links between them; nothing where that cannot be done."""
        if word in self.entries:
            return (word,)
        best: Parts = ()
        if most <= 1 or len(word) < _SHORTEST_COMPOUND:
            return best
        for at in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            for link in _LINKS:
                head = word[:at].removesuffix(link) if word[:at].endswith(link) else ""
                if len(head) >= _SHORTEST_PART and head in self.entries:
                    tail = self._compound(word[at:], most - 1)
                    if tail and (not best or len(tail) + 1 < len(best)):
                        best = (head, *tail)
        return best
