"""How questions are worded that the documents answer, and how those are that they do not: learned from the keeper's.

A logistic regression over two bags of a question: its words and pairs of neighbouring words, and the character n-grams of
its words, each weighed by idf and brought to length 1. It sees "wie heeft besloten" where the documents say who may do a
thing, and "welk telefoonnummer" where they name none, also in questions that are like no single one of the keeper's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.indexing.files import load_array, save_array
from assistant.indexing.lexical import term_key
from assistant.language.tokens import words

_LEAST = 20  # questions of either kind, below which wording tells nothing
_OFTEN = 2  # questions that must hold a feature
_SIZES = (3, 4, 5)
_C = 3.0  # inverse strength of the pull towards zero

Keys = NDArray[np.uint64]
Matrix = NDArray[np.float64]


def _wording(question: str) -> set[str]:
    """The words of a question and the pairs of neighbours, its ends among them."""
    found = words(question)
    return {*found, *(f"{one} {other}" for one, other in pairwise(("", *found, "")))}


def _letters(question: str) -> set[str]:
    """The character n-grams within the words of a question, their ends marked."""
    marked = [f" {word} " for word in set(words(question))]
    return {word[at : at + size] for word in marked for size in _SIZES for at in range(len(word) - size + 1)}


_BAGS: tuple[tuple[str, Callable[[str], set[str]]], ...] = (("wording", _wording), ("letters", _letters))


class Phrasing:
    """Reads what :func:`write_phrasing` learned."""

    def __init__(self, folder: Path) -> None:
        self._bias = float(load_array(folder / "bias.npy")[0])
        self._keys = [load_array(folder / f"{name}-keys.npy") for name, _ in _BAGS]
        self._weights = [load_array(folder / f"{name}-weights.npy") for name, _ in _BAGS]
        if any(weights.shape != (2, len(keys)) for keys, weights in zip(self._keys, self._weights, strict=True)):
            raise ValueError("de woordkeus van de vragen klopt niet")

    def odds(self, question: str) -> float:
        """The log-odds that a question worded like this is answered; 0 where that cannot be told."""
        total = self._bias
        for (_, bag), keys, (idf, coefficients) in zip(_BAGS, self._keys, self._weights, strict=True):
            places = _places(bag(question), keys)
            length = float(np.sqrt(np.square(idf[places]).sum()))
            if length:
                total += float((idf[places] * coefficients[places]).sum()) / length
        return total


def write_phrasing(folder: Path, answered: Sequence[str], unanswered: Sequence[str]) -> None:
    """Learns from these questions, and writes that into ``folder`` (which is made)."""
    folder.mkdir()
    enough = min(len(answered), len(unanswered)) >= _LEAST
    questions = [*answered, *unanswered] if enough else []
    keys = [_often(bag, questions) for _, bag in _BAGS]
    idfs, coefficients, bias = _learned(keys, questions, len(answered)) if enough else ([np.empty(0)] * 2, np.empty(0), 0.0)
    start = 0
    for (name, _), own, idf in zip(_BAGS, keys, idfs, strict=True):
        save_array(folder / f"{name}-keys.npy", own)
        weights = np.stack((idf, coefficients[start : start + len(own)]))
        save_array(folder / f"{name}-weights.npy", weights.astype(np.float32))
        start += len(own)
    save_array(folder / "bias.npy", np.array([bias]))


def _often(bag: Callable[[str], set[str]], questions: Sequence[str]) -> Keys:
    """The keys of the features that enough of ``questions`` hold, in order."""
    counts = Counter(term_key(feature) for question in questions for feature in bag(question))
    return np.array(sorted(key for key, count in counts.items() if count >= _OFTEN), dtype=np.uint64)


def _learned(keys: Sequence[Keys], questions: Sequence[str], answered: int) -> tuple[list[Matrix], Matrix, float]:
    """The idf of every feature of either bag, the coefficients of all, and the bias."""
    from scipy.sparse import csr_array, hstack  # lazy: only a build needs these
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import normalize

    idfs, parts = [], []
    for (_, bag), own in zip(_BAGS, keys, strict=True):
        places = [_places(bag(question), own) for question in questions]
        columns = np.concatenate(places)
        idf = 1 + np.log((1 + len(questions)) / (1 + np.bincount(columns, minlength=len(own))))
        starts = np.concatenate(([0], np.cumsum([len(held) for held in places])))
        parts.append(normalize(csr_array((idf[columns], columns, starts), shape=(len(questions), len(own)))))
        idfs.append(idf)
    labels = np.arange(len(questions)) < answered
    model = LogisticRegression(C=_C, class_weight="balanced", max_iter=3000).fit(hstack(parts, format="csr"), labels)
    return idfs, model.coef_[0], float(model.intercept_[0])


def _places(features: set[str], keys: Keys) -> NDArray[np.intp]:
    """Where the ``features`` that are known stand among ``keys``, which are in order."""
    wanted = np.array(sorted(map(term_key, features)), dtype=np.uint64)
    places = np.searchsorted(keys, wanted)
    inside = places < len(keys)
    return places[inside][keys[places[inside]] == wanted[inside]]
