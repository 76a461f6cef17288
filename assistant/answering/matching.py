"""How much of a question a stretch of text speaks to, part by part.

A question is a set of keys (words and fixed phrases, each with its other forms); a text covers a key fully when a form
stands in it word for word, and in part when a form's character 4-grams do (inflections, compounds, misspellings).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.tokens import words
from assistant.retrieval.question import Form, Key

_ENOUGH = 0.6  # share of a form's 4-grams below which a text does not speak to it at all


@dataclass(frozen=True, slots=True)
class View:
    """A text as matching sees it: its folded words and the 4-grams within and at the borders of them."""

    words: frozenset[str]
    grams: frozenset[str]

    @classmethod
    def of(cls, text: str) -> View:
        found = words(text)
        return cls(frozenset(found), frozenset(gram for word in set(found) for gram in word_grams(word)))

    def joined(self, other: View) -> View:
        """The view of both texts together."""
        return View(self.words | other.words, self.grams | other.grams)


EMPTY = View(frozenset(), frozenset())


@lru_cache(maxsize=50_000)
def word_grams(word: str) -> tuple[str, ...]:
    """The 4-grams of a word, its beginning marked; a short word is one gram."""
    line = f" {word}"
    return tuple(line[i : i + 4] for i in range(max(1, len(line) - 3)))


def match(key: Key, view: View) -> float:
    """How far ``view`` speaks to ``key``: 0.0 not at all, 1.0 in the question's own words."""
    best = 0.0
    for form in key.forms:
        if form.strength > best:
            best = max(best, form.strength * _form_match(form, view))
    return best


def _form_match(form: Form, view: View) -> float:
    shares = [1.0 if word in view.words else _gram_share(word, view) for word in form.words]
    return min(shares) if shares else 0.0


def _gram_share(word: str, view: View) -> float:
    if word.isdigit() or len(word) < 4:
        return 0.0
    grams = word_grams(word)
    share = sum(gram in view.grams for gram in grams) / len(grams)
    return share * 0.9 if share >= _ENOUGH else 0.0


def coverage(keys: Sequence[Key], view: View, weights: Sequence[float]) -> float:
    """The weighed share of ``keys`` that ``view`` speaks to, 0.0..1.0; 0.0 when nothing weighs anything."""
    total = sum(weights)
    return sum(w * match(key, view) for key, w in zip(keys, weights, strict=True)) / total if total else 0.0


def union(views: Iterable[View]) -> View:
    """One view of all texts together."""
    joined = EMPTY
    for view in views:
        joined = joined.joined(view)
    return joined
