"""How people ask: what the keeper's questions teach of the wording of a question.

A question is two bags: its words with the pairs of neighbours, and its character n-grams, each weighed by idf and brought
to length 1. Two things are learned of them when an index is built:

- how likely it is that each unit is asked about in these words: a language model of every unit, its example questions and
  its own text taken together (multinomial naive Bayes on tf-idf, Rennie et al., ICML 2003);
- whether the documents answer at all what is worded like this: a logistic regression over answered and unanswered
  questions. It sees "wie heeft besloten" where the documents say who may do a thing, also in a question that is like no
  single one of the keeper's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.indexing import messages
from assistant.indexing.files import load_array, save_array
from assistant.indexing.lexical import check_below, check_within, cut_apart, cut_grams, is_cut, spans, term_key
from assistant.language.tokens import words

_BAGS = 2  # wording and letters
_LEAST = 20  # questions of either kind, below which it cannot be told what is answered
_OFTEN = 2  # texts that must hold a feature
_SMOOTHING = 0.03
_MOST = 1e6  # no weight that is learned comes near it
_REMEMBERED = 100  # questions, each of which is read several times while it is answered
_C = 3.0  # inverse strength of the pull of the regression towards zero

Keys = NDArray[np.uint64]
Floats = NDArray[np.float32]
Bags = tuple[Keys, ...]
Read = tuple[NDArray[np.intp], Floats]
Place = tuple[int, int]  # row of a passage, index of a unit in it


def _wording(question: list[str]) -> Keys:
    """The words of a question and the pairs of neighbours, its ends among them."""
    features = {*question, *(f"{one} {other}" for one, other in pairwise(("", *question, "")))}
    return np.array(sorted(map(term_key, features)), dtype=np.uint64)


def _bags(questions: Iterable[str]) -> list[Bags]:
    """Of each question its wording and its character n-grams."""
    read = [words(question) for question in questions]
    letters = map(np.unique, cut_apart(cut_grams(read), len(read)))
    return list(zip(map(_wording, read), letters, strict=True))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The known features of either bag, by their keys in order, and the idf of all."""

    keys: Bags
    idf: Floats

    def read(self, bags: Bags) -> Read:
        """The places of the features of a question that are known, and their weights."""
        places, weights = [], []
        start = 0
        for wanted, known in zip(bags, self.keys, strict=True):
            at = np.searchsorted(known, wanted)
            inside = at < len(known)
            own = at[inside][known[at[inside]] == wanted[inside]] + start
            places.append(own)
            weights.append(self.idf[own] / max(float(np.sqrt(np.square(self.idf[own]).sum())), 1e-9))
            start += len(known)
        return np.concatenate(places), np.concatenate(weights)


class Phrasing:
    """Reads what :func:`write_phrasing` learned."""

    def __init__(self, folder: Path) -> None:
        keys = tuple(load_array(folder / f"keys-{n}.npy", np.uint64) for n in range(_BAGS))
        vocabulary = Vocabulary(keys, load_array(folder / "idf.npy", np.float32))
        self._read = lru_cache(maxsize=_REMEMBERED)(lambda question: vocabulary.read(*_bags([question])))
        self._answered: Floats = load_array(folder / "answered.npy", np.float32)  # its last number is the bias
        self._starts = load_array(folder / "starts.npy", np.int64)
        self._holders = load_array(folder / "holders.npy", np.int32)
        self._held: Floats = load_array(folder / "held.npy", np.float32)
        self._masses: Floats = load_array(folder / "masses.npy", np.float32)
        places = load_array(folder / "places.npy", np.int32)
        self._units: dict[Place, int] = {(int(row), int(unit)): at for at, (row, unit) in enumerate(places)}
        features = sum(map(len, keys))
        sizes = (len(vocabulary.idf), len(self._answered) - 1, len(self._starts) - 1)
        held = is_cut(self._starts, self._holders, self._held)
        if any(size != features for size in sizes) or len(self._masses) != len(self._units) or not held:
            raise messages.damaged("de woordkeus van de vragen klopt niet")
        for numbers in (vocabulary.idf, self._answered, self._masses):
            check_within(numbers, -_MOST, _MOST)

    def odds(self, question: str) -> float:
        """The log-odds that a question worded like this is one that the documents answer; 0 where that cannot be told."""
        places, weights = self._read(question)
        return float((weights * self._answered[places]).sum() + self._answered[-1])

    def likelihoods(self, question: str) -> dict[Place, float]:
        """The natural logarithm of how likely it is that each unit of the asked documents is the one that is asked about."""
        if not self._units:
            return {}
        places, weights = self._read(question)
        at, owners = spans(self._starts[places], self._starts[places + 1])
        holders, held = self._holders[at], self._held[at]
        check_below(holders, len(self._units))
        check_within(held, 0, _MOST)
        known = np.bincount(holders, weights[owners] * held, minlength=len(self._units))
        scores = known - weights.sum() * self._masses
        scores -= scores.max()
        scores -= np.log(np.exp(scores).sum())
        return dict(zip(self._units, scores.tolist(), strict=True))

    def heard(self, question: str, place: Place) -> float:
        """The share of the wording of ``question``, as far as it is known at all, that a unit has; 0 for one not known."""
        if place not in self._units:
            return 0.0
        places, weights = self._read(question)
        at, owners = spans(self._starts[places], self._starts[places + 1])
        held = owners[self._holders[at] == self._units[place]]
        return float(weights[held].sum() / max(float(weights.sum()), 1e-9))


def write_phrasing(
    folder: Path, asked: Sequence[tuple[Place, Sequence[str]]], answered: Sequence[str], unanswered: Sequence[str]
) -> None:
    """Learns from the texts of each unit and from both kinds of questions, and writes that into a new ``folder``."""
    folder.mkdir()
    known = [*answered, *unanswered, *(text for _, (text, *_) in asked)]
    texts = dict.fromkeys(chain(known, *(texts for _, texts in asked)))
    bags = dict(zip(texts, _bags(texts), strict=True))
    vocabulary = _vocabulary([bags[text] for text in known])
    read = {text: vocabulary.read(own) for text, own in bags.items()}
    for n, keys in enumerate(vocabulary.keys):
        save_array(folder / f"keys-{n}.npy", keys)
    arrays = {
        "idf": vocabulary.idf,
        "answered": _regression([read[text] for text in answered], [read[text] for text in unanswered], len(vocabulary.idf)),
        "places": np.array([place for place, _ in asked], dtype=np.int32).reshape(-1, 2),
        **_language_models([[read[text] for text in texts] for _, texts in asked], len(vocabulary.idf)),
    }
    for name, array in arrays.items():
        save_array(folder / f"{name}.npy", array)


def _vocabulary(texts: Sequence[Bags]) -> Vocabulary:
    keys, counts = [], []
    for n in range(_BAGS):
        found, held = np.unique(
            np.concatenate([np.empty(0, dtype=np.uint64), *(text[n] for text in texts)]), return_counts=True
        )
        keys.append(found[held >= _OFTEN])
        counts.append(held[held >= _OFTEN])
    idf = 1 + np.log((1 + len(texts)) / (1 + np.concatenate(counts)))
    return Vocabulary(tuple(keys), idf.astype(np.float32))


def _regression(answered: Sequence[Read], unanswered: Sequence[Read], size: int) -> Floats:
    """The weight of every feature, and the bias; all 0 where there are too few questions of either kind."""
    if min(len(answered), len(unanswered)) < _LEAST:
        return np.zeros(size + 1, dtype=np.float32)
    from scipy.sparse import csr_array  # lazy: only a build needs these
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    read = [*answered, *unanswered]
    starts = np.concatenate(([0], np.cumsum([len(places) for places, _ in read])))
    columns, weights = (np.concatenate([one[part] for one in read]) for part in (0, 1))
    matrix = csr_array((weights.astype(np.float64), columns, starts), shape=(len(read), size))
    # So small a fit only waits for more threads than one, above all on a machine that has other things to do.
    with threadpool_limits(1, "blas"):
        model = LogisticRegression(C=_C, class_weight="balanced", max_iter=3000).fit(
            matrix, np.arange(len(read)) < len(answered)
        )
    return np.append(model.coef_[0], model.intercept_[0]).astype(np.float32)


def _language_models(units: Sequence[Sequence[Read]], size: int) -> dict[str, NDArray[np.generic]]:
    """For each feature the units that hold it, with ln(1 + weight / smoothing), and what a missing one costs in a unit."""
    from scipy.sparse import coo_array

    read = [(unit, *one) for unit, texts in enumerate(units) for one in texts]
    rows = np.repeat([unit for unit, *_ in read], [len(places) for _, places, _ in read]).astype(np.intp)
    columns = np.concatenate([np.empty(0, dtype=np.intp), *(places for _, places, _ in read)])
    weights = np.concatenate([np.empty(0, dtype=np.float32), *(own for *_, own in read)])
    total = coo_array((weights, (rows, columns)), shape=(len(units), size)).tocsc()  # adds up what a unit holds twice
    return {
        "starts": total.indptr.astype(np.int64),
        "holders": total.indices.astype(np.int32),
        "held": np.log1p(total.data / _SMOOTHING),
        "masses": np.log(np.asarray(total.sum(axis=1)) + _SMOOTHING * max(1, size)).astype(np.float32),
    }
