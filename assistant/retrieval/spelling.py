"""Mends misspelt words against the words that the documents and the glossary know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from assistant.language.information import zipf

_SHORTEST = 4
_COMMON = 3.0  # a word at least this frequent in Dutch is taken as meant


class Speller:
    """Suggests known words for unknown ones; knows nothing of meaning."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = sorted({word for word in known if len(word) >= _SHORTEST and not word.isdigit()})
        self._set = set(self._known)

    def correct(self, word: str) -> str | None:
        """The known word that ``word`` is most likely a misspelling of, or None.

        A word that Dutch itself knows is left alone; one letter may differ in short words, two from eight letters on.
        """
        if (
            len(word) < _SHORTEST
            or word in self._set
            or word.isdigit()
            or zipf(word) >= _COMMON
            or zipf(word, "en") >= _COMMON
        ):
            return None
        from rapidfuzz.distance import DamerauLevenshtein  # lazy: most questions have nothing to mend
        from rapidfuzz.process import extractOne

        limit = 1 if len(word) < 7 else 2
        found = extractOne(word, self._known, scorer=DamerauLevenshtein.distance, score_cutoff=limit)
        if found is None or found[0][0] != word[0]:
            return None
        return str(found[0])

    def join(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """Runs of two or three words that are one known word when written together, as (start, end, joined)."""
        return list(_joins(words, self._set))


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
