"""How much of a question each of a few sentences speaks to, part by part.

A question is a set of keys (words and fixed phrases, each with its other forms). A sentence speaks to a key fully when a
form stands in it word for word, and somewhat less when a word of it shares most of the form's character 4-grams
(inflections, compounds, misspellings). Sentences are kept as an inverted index of bit masks: most forms stand nowhere, and
cost one look-up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from assistant.language.tokens import words
from assistant.retrieval.question import Form, Key

Matches = NDArray[np.float32]  # sentences by keys, 0.0..1.0

_ENOUGH = 0.6  # share of a word's 4-grams from which another word is taken for a form of it
_STEM, _STEM_SHARE = 5, 0.65
_LIKE = 0.9  # how well such a word stands for the word itself
_REMEMBERED = 2_000  # words whose likeness is kept, for each passage
_OWN_NAME = 0.7  # only forms that are at least so close are also looked for by likeness


class Sentences:
    """A few texts that can be asked how far each of them speaks to the keys of a question."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._count = len(texts)
        self._masks: dict[str, int] = defaultdict(int)
        for place, text in enumerate(texts):
            for word in set(words(text)):
                self._masks[word] |= 1 << place
        self._by_gram: dict[str, list[str]] = defaultdict(list)
        for word in self._masks:
            for gram in word_grams(word):
                self._by_gram[gram].append(word)
        self._masks.default_factory = None
        self._known_alike: dict[str, int] = {}

    def matches(self, keys: Sequence[Key]) -> Matches:
        """For each sentence (row) and key (column) how far it speaks to it."""
        found = np.zeros((self._count, len(keys)), dtype=np.float32)
        for column, key in enumerate(keys):
            for strength, mask in self._masks_of(key).items():
                rows = _bits(mask, self._count)
                np.maximum(found[:, column], rows * np.float32(strength), out=found[:, column])
        return found

    def _masks_of(self, key: Key) -> dict[float, int]:
        """The sentences that hold all words of a form of ``key``, as a mask, by how well they speak to it: literally, or
        nearly."""
        masks: dict[float, int] = {}
        for form in key.forms:
            literal, near = self._find(form)
            if literal:
                masks[form.strength] = masks.get(form.strength, 0) | literal
            if near:
                weaker = form.strength * _LIKE
                masks[weaker] = masks.get(weaker, 0) | near
        return masks

    def _find(self, form: Form) -> tuple[int, int]:
        """The sentences that hold all words of ``form``, and those that hold others much like them instead."""
        # The heart of every answer: each form is looked for in each passage, and most stand nowhere.
        held_by, alike_by = self._masks.get, self._known_alike.get
        literal = near = -1
        if form.strength < _OWN_NAME:
            for word in form.words:
                literal &= held_by(word, 0)
                if not literal:
                    break
            return literal, 0
        for word in form.words:
            held, alike = held_by(word, 0), alike_by(word)
            literal &= held
            near &= held | (self._alike(word) if alike is None else alike)
            if not near:  # what holds a word is also like it
                return 0, 0
        return literal, near & ~literal

    def _alike(self, word: str) -> int:
        """The sentences that hold a word much like ``word``."""
        if len(word) < 4 or word.isdigit():
            return 0
        grams, stem, mask = word_grams(word), word[:_STEM], 0
        shared = Counter(chain.from_iterable(self._by_gram.get(gram, ()) for gram in grams))
        for other, count in shared.items():
            if count >= _ENOUGH * len(grams) or (other.startswith(stem) and _same_stem(word, other)):
                mask |= self._masks[other]
        if len(self._known_alike) < _REMEMBERED:
            self._known_alike[word] = mask
        return mask


def _same_stem(one: str, other: str) -> bool:
    """Whether two words begin alike for so long that they differ in their endings only: "indiceert", "indiceren"."""
    shared = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        shared += 1
    return shared >= _STEM and shared >= _STEM_SHARE * max(len(one), len(other))


@lru_cache(maxsize=50_000)
def word_grams(word: str) -> tuple[str, ...]:
    """The distinct 4-grams of a word, its beginning marked; a short word is one gram."""
    line = f" {word}"
    return tuple({line[i : i + 4] for i in range(max(1, len(line) - 3))})


def coverage(matches: Matches, weights: Sequence[float]) -> NDArray[np.float32]:
    """For each sentence the weighed share of the keys that it speaks to; 0 when nothing weighs anything."""
    total = sum(weights)
    if not total:
        return np.zeros(len(matches), dtype=np.float32)
    # Not as a matrix product: for so few numbers BLAS is no quicker, and some builds warn of invalid values without cause.
    return np.asarray((matches * np.array(weights, dtype=np.float32)).sum(axis=1) / total, dtype=np.float32)


def together(matches: Matches) -> Matches:
    """All sentences taken as one: a single row."""
    if not len(matches):
        return np.zeros((1, matches.shape[1]), dtype=np.float32)
    return np.asarray(matches.max(axis=0, keepdims=True), dtype=np.float32)


def _bits(mask: int, count: int) -> NDArray[np.uint8]:
    raw = np.frombuffer((mask & ((1 << count) - 1)).to_bytes((count + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(raw, bitorder="little")[:count]
