"""Mends misspelt words against the words that the documents and the glossary know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from assistant.language.information import zipf
from assistant.language.sound import sound

_SHORTEST = 4
_COMMON = 2.6  # a word at least this frequent in Dutch or English is taken as meant
_PART = 3  # letters that each part of a compound must have


class Speller:
    """Suggests known words for unknown ones; knows nothing of meaning."""

    def __init__(self, known: Iterable[str]) -> None:
        self._all = frozenset(word for word in known if not word.isdigit())
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._all, key=lambda word: (-zipf(word), word)):
            if len(word) >= _SHORTEST:
                self._by_sound[sound(word)].append(word)
        self._sounds = list(self._by_sound)
        self.correct = lru_cache(maxsize=5_000)(self._correct)

    def _correct(self, word: str) -> tuple[str, ...]:
        """The known word, or the known words of a compound, that ``word`` is most likely meant for; () to leave it.

        A word that Dutch itself knows is left alone. What sounds the same is taken first, then what sounds nearly the same:
        one sound may differ in short words, two from nine sounds on.
        """
        if self._is_fine(word):
            return ()
        near = self._near(word)
        return (near,) if near else self._parts(word)

    def _is_fine(self, word: str) -> bool:
        known = len(word) < _SHORTEST or word in self._all or any(char.isdigit() for char in word)
        return known or zipf(word) >= _COMMON or zipf(word, "en") >= _COMMON

    def _near(self, word: str) -> str:
        heard = sound(word)
        if heard in self._by_sound:
            return self._by_sound[heard][0]
        from rapidfuzz.distance import DamerauLevenshtein  # lazy: most questions have nothing to mend
        from rapidfuzz.process import extractOne

        limit = 1 if len(heard) < 9 else 2
        found = extractOne(heard, self._sounds, scorer=DamerauLevenshtein.distance, score_cutoff=limit)
        if found is None or (len(heard) < 7 and found[0][0] != heard[0]):
            return ""
        return self._by_sound[found[0]][0]

    def _parts(self, word: str) -> tuple[str, ...]:
        """Two known words that ``word`` is made of, the longer first part first, the second one mended if need be."""
        for cut in range(len(word) - _PART, _PART - 1, -1):
            first, second = word[:cut], word[cut:]
            if first not in self._all:
                continue
            if second in self._all:
                return first, second
            mended = self._near(second) if len(second) >= 6 else ""
            if mended:
                return first, mended
        return ()

    def join(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """Runs of two or three words that are one known word when written together, as (start, end, joined)."""
        return list(_joins(words, self._all))


def _joins(words: Sequence[str], known: Collection[str]) -> Iterable[tuple[int, int, str]]:
    at = 0
    while at < len(words) - 1:
        for length in (3, 2):
            joined = "".join(words[at : at + length])
            if at + length <= len(words) and joined in known:
                yield at, at + length, joined
                at += length - 1
                break
        at += 1
