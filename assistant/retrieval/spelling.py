"""Mends misspelt words against the words that the documents and the glossary know."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from math import log10

from assistant.language.english import read_words
from assistant.language.information import zipf
from assistant.language.sound import sound

_SHORTEST = 4
_COMMON = 2.6  # a word at least this frequent in Dutch or English is taken as meant
_SEEN = 1.0  # a word of the Dutch word list at least this frequent is one as well: the list holds misspellings too
_LONG = 9  # letters or sounds from which two may differ instead of one
_CHANGED = 1 / 3  # share of the letters that may be others, however much it sounds the same
_PART = 3  # letters that each part of a compound must have
_MADE_UP = 12  # letters from which a Dutch word is read as the parts that it is made of: "mondzorg" is a thing of its own
_LEAST_MENDED = 6  # letters of a part that may be misspelt itself
# What a Dutch verb or noun may begin with: with a known word behind it, it is a word that no list need hold, "meetekenen".
_PARTICLES = (
    *"aan achter af bij binnen boven buiten door in langs mee na onder op".split(),
    *"over samen tegen terug toe tussen uit voor weg".split(),
)


class Speller:
    """Suggests known words for unknown ones; knows nothing of meaning."""

    def __init__(self, known: Iterable[str] | Mapping[str, int]) -> None:
        """``known`` are the words to mend to, as they occur or with how often they do."""
        self._counts = {word: count for word, count in Counter(known).items() if not word.isdigit()}
        self._all = self._counts.keys()
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._all, key=lambda word: (-zipf(word), word)):
            if len(word) >= _SHORTEST:
                self._by_sound[sound(word)].append(word)
        self._sounds = list(self._by_sound)
        self._words = [word for words in self._by_sound.values() for word in words]
        self.correct = lru_cache(maxsize=5_000)(self._correct)

    def _correct(self, word: str) -> tuple[str, ...]:
        """The known word, or the known words of a compound, that ``word`` is most likely meant for; () to leave it.

        A word that Dutch itself knows is left alone. One letter or sound may differ in short words, two from nine on.
        """
        if self._is_known(word):
            return ()
        if self._is_dutch(word):
            return self._parts(word, mend=False) if len(word) >= _MADE_UP else ()
        near, derived = self._near(word), _is_derived(word)
        if near and not (derived and _is_far(word, near)):
            return (near,)
        return self._parts(word, mend=not derived)

    def _is_known(self, word: str) -> bool:
        known = len(word) < _SHORTEST or word in self._all or any(char.isdigit() for char in word)
        return known or zipf(word) >= _COMMON or zipf(word, "en") >= _COMMON

    def _is_dutch(self, word: str) -> bool:
        return zipf(word) >= _SEEN and word in read_words()

    def _near(self, word: str) -> str:
        """The known word that looks and sounds most like ``word``, the commonest of several; empty when none is close."""
        from rapidfuzz.distance import OSA  # lazy: most questions have nothing to mend
        from rapidfuzz.process import extract

        heard = sound(word)

        def close(text: str, among: Sequence[str]) -> list[str]:
            limit = 1 if len(text) < _LONG else 2
            return [found for found, _, _ in extract(text, among, scorer=OSA.distance, score_cutoff=limit, limit=None)]

        written = {
            *close(word, self._words),
            *(known for one in close(heard, self._sounds) for known in self._by_sound[one]),
        }
        changed = {known: OSA.distance(word, known) for known in sorted(written)}
        costs = {
            known: (letters + OSA.distance(heard, sound(known)) + (word[0] != known[0]), -self._usual(known))
            for known, letters in changed.items()
            if letters <= max(2, len(word) * _CHANGED)
        }
        return min(costs, key=lambda known: costs[known], default="")

    def _usual(self, word: str) -> float:
        """How likely a Dutch question here is to hold a word, on a scale of powers of ten."""
        return min(zipf(word), 2 * zipf(word) - zipf(word, "en")) + log10(self._counts[word])

    def _parts(self, word: str, mend: bool) -> tuple[str, ...]:
        """Two or three known words that ``word`` is made of, the longest first; the last one mended if need be."""
        for cut in range(len(word) - _PART, _PART - 1, -1):
            first, second = word[:cut], word[cut:]
            if first not in self._all:
                continue
            if second in self._all:
                return first, second
            rest = self._halves(second) or (self._mended(second) if mend else ())
            if rest:
                return first, *rest
        return ()

    def _halves(self, word: str) -> tuple[str, ...]:
        cuts = range(len(word) - _SHORTEST, _SHORTEST - 1, -1)
        return next(((word[:cut], word[cut:]) for cut in cuts if word[:cut] in self._all and word[cut:] in self._all), ())

    def _mended(self, word: str) -> tuple[str, ...]:
        if len(word) < _LEAST_MENDED or self._is_known(word) or self._is_dutch(word):
            return ()
        near = self._near(word)
        return (near,) if near else ()

    def join(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """Runs of two or three words that are one known word when written together, as (start, end, joined)."""
        return list(_joins(words, self._all))


def _is_far(word: str, near: str) -> bool:
    """Whether more than a slip of one letter lies between two words."""
    from rapidfuzz.distance import OSA  # lazy: most questions have nothing to mend

    return OSA.distance(word, near) > 1


def _is_derived(word: str) -> bool:
    rests = (word.removeprefix(particle) for particle in _PARTICLES if word.startswith(particle))
    return any(len(rest) >= _SHORTEST and zipf(rest) >= _COMMON for rest in rests)


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
