"""English words in Dutch, by the word list that was written for this project.

``dutch_english.tsv`` holds ``word<TAB>english | other english``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from assistant.language.information import zipf
from assistant.language.tokens import fold

WORDS = Path(__file__).with_name("dutch_english.tsv")
_MOST = 4  # Dutch words for an English one


@cache
def read_words(path: Path = WORDS) -> dict[str, tuple[str, ...]]:
    """Dutch words, folded, with their English, the most usual first."""
    entries: dict[str, tuple[str, ...]] = {}
    for line in path.read_text("utf-8").splitlines():
        word, _, english = line.partition("\t")
        entries.setdefault(fold(word), tuple(english.split(" | ")))
    return entries


@lru_cache(maxsize=1_000)
def in_dutch(word: str) -> tuple[str, ...]:
    """The Dutch for an English word (folded): what means it first of all before what means it too, the commonest first."""
    found = sorted(_dutch().get(word, ()), key=lambda one: (one[0], -zipf(one[1]), one[1]))
    return tuple(dutch for _, dutch in found[:_MOST])


@cache
def _dutch() -> Mapping[str, list[tuple[int, str]]]:
    """Of every English rendering the Dutch words, each with the place of that rendering among its own."""
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for dutch, renderings in read_words().items():
        for rank, english in enumerate(renderings):
            found[fold(english)].append((rank, dutch))
    return found
