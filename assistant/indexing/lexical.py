"""The lexical index: BM25 impacts per term, computed once per generation and memory-mapped.

The weights are those of BM25 in Lucene's form (Kamphuis et al., ECIR 2020): ``idf * tf / (tf + k1 * (1 - b + b * length /
average))`` with ``idf = ln(1 + (N - df + 0.5) / (df + 0.5))``; a test holds them against the bm25s library. They are
computed here because a passage has parts, which no library offers:

- the heading path and the text are each measured against headings and texts (BM25F, Robertson et al., CIKM 2004), their
  frequencies added. As one text, a short article under a long title would win on the words of its title;
- example questions add to the frequency but not to the length: a passage must not lose for having, or for lacking,
  questions attached to it.

Terms are looked up by a 64-bit key in a sorted array: up to 7 bytes the key is the term itself, beyond that its BLAKE2b.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.indexing import messages
from assistant.indexing.files import load_array, save_array

ASKED_MOST = 4  # so often at most a term counts for standing in example questions: who has many must not win by that

Keys = NDArray[np.uint64]
Cut = tuple[Keys, NDArray[np.int64]]  # keys of terms, and the number of the text that each stands in

_HASHED = 1 << 63
_BLOCK = 1000
_GRAMS = (4, 5)
_REMEMBERED = 20_000  # terms whose key or frequency is kept: the same forms are asked about again and again


@lru_cache(maxsize=_REMEMBERED)
def term_key(term: str) -> int:
    """The key of a term: its length and bytes where they fit in 8 bytes, else a hash with the top bit set."""
    raw = term.encode("utf-8", "surrogatepass")
    if len(raw) <= 7:
        return len(raw) << 56 | int.from_bytes(raw, "big")
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "big") | _HASHED


def word_keys(words: list[str], known: dict[str, int]) -> Keys:
    """Keys of ``words``; ``known`` remembers those seen before."""
    for word in words:
        if word not in known:
            known[word] = term_key(word)
    return np.array([known[word] for word in words], dtype=np.uint64)


def gram_keys(terms: list[str]) -> Keys:
    """The keys of ``assistant.language.tokens.grams`` over text with these terms, without making the strings."""
    return cut_grams([terms])[0]


def cut_words(texts: Sequence[list[str]]) -> Cut:
    """The keys of the terms of some texts, and the number of the text that each stands in."""
    keys = np.fromiter(map(term_key, chain.from_iterable(texts)), dtype=np.uint64, count=sum(map(len, texts)))
    return keys, np.repeat(np.arange(len(texts)), [len(terms) for terms in texts])


def cut_grams(texts: Sequence[list[str]]) -> Cut:
    """The same of their n-grams, none of which runs from one text into the next."""
    lines = [f" {' '.join(terms)} ".encode("ascii") for terms in texts]
    line = np.frombuffer(b"".join(lines), dtype=np.uint8).astype(np.uint64)
    lengths = np.array([len(each) for each in lines], dtype=np.int64)
    owners = np.repeat(np.arange(len(lines)), lengths)
    left = np.cumsum(lengths)[owners] - np.arange(len(line))  # characters from here to the end of the text
    found, held = [], []
    for size in _GRAMS:
        at = np.flatnonzero(left >= size)
        keys = np.full(len(at), size << 56, dtype=np.uint64)
        for place in range(size):
            keys |= line[at + place] << np.uint64(8 * (size - 1 - place))
        found.append(keys)
        held.append(owners[at])
    return np.concatenate(found), np.concatenate(held)


def cut_apart(cut: Cut, texts: int) -> list[Keys]:
    """The keys of each of so many texts."""
    keys, held = cut
    order = np.argsort(held, kind="stable")
    return np.split(keys[order], np.searchsorted(held[order], np.arange(texts)))[1:]


@dataclass(frozen=True, slots=True)
class _Block:
    """The postings of some passages, term by term: ``starts`` tells where the rows of each term begin."""

    vocabulary: Keys
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    frequencies: NDArray[np.uint16]  # in text and questions
    headed: NDArray[np.uint8]  # in the heading path


@dataclass(slots=True)
class LexicalBuilder:
    """Collects the terms of one passage after another; takes 7 bytes for each distinct term of a passage."""

    k1: float
    b: float
    _keys: list[Keys] = field(default_factory=list)
    _counts: list[NDArray[np.uint16]] = field(default_factory=list)
    _headed: list[NDArray[np.uint8]] = field(default_factory=list)
    _lengths: list[int] = field(default_factory=list)
    _headings: list[int] = field(default_factory=list)
    _blocks: list[_Block] = field(default_factory=list)

    def add(self, heading: Keys, text: Keys, asked: Keys) -> None:
        """Adds a passage by the keys of its heading path, its text and its example questions."""
        keys, places = np.unique(np.concatenate((heading, text, asked)), return_inverse=True)
        headed = np.bincount(places[: len(heading)], minlength=len(keys))
        parts = (places[len(heading) : len(heading) + len(text)], places[len(heading) + len(text) :])
        said, in_questions = (np.bincount(part, minlength=len(keys)) for part in parts)
        counts = said + np.minimum(in_questions, ASKED_MOST)
        self._keys.append(keys)
        self._counts.append(np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16))
        self._headed.append(np.minimum(headed, np.iinfo(np.uint8).max).astype(np.uint8))
        self._lengths.append(len(text))
        self._headings.append(len(heading))
        if len(self._keys) >= _BLOCK:
            self._close_block()

    def _close_block(self) -> None:
        if not self._keys:
            return
        first = len(self._lengths) - len(self._keys)
        rows = np.repeat(np.arange(first, len(self._lengths), dtype=np.int32), [len(keys) for keys in self._keys])
        keys = np.concatenate(self._keys)
        order = np.argsort(keys, kind="stable")
        vocabulary, starts = np.unique(keys[order], return_index=True)
        bounds = np.append(starts, len(keys)).astype(np.int64)
        counts, headed = np.concatenate(self._counts)[order], np.concatenate(self._headed)[order]
        self._blocks.append(_Block(vocabulary, bounds, rows[order], counts, headed))
        self._keys, self._counts, self._headed = [], [], []

    def write(self, folder: Path) -> int:
        """Writes the index into ``folder`` (which is made) and returns its number of terms. The builder is used up."""
        self._close_block()
        vocabulary = np.unique(np.concatenate([np.empty(0, np.uint64), *(block.vocabulary for block in self._blocks)]))
        frequency = np.zeros(len(vocabulary), dtype=np.int64)
        for block in self._blocks:
            frequency[np.searchsorted(vocabulary, block.vocabulary)] += np.diff(block.starts)
        indptr = np.concatenate(([0], np.cumsum(frequency)))
        rows, impacts = self._merge(vocabulary, indptr)
        lengths = np.array(self._lengths, dtype=np.int32) + np.array(self._headings, dtype=np.int32)
        folder.mkdir()
        arrays = {"keys": vocabulary, "indptr": indptr, "rows": rows, "impacts": impacts, "lengths": lengths}
        for name, array in arrays.items():
            save_array(folder / f"{name}.npy", array)
        return len(vocabulary)

    def _merge(self, vocabulary: Keys, indptr: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Lays the blocks' postings one after another under each term, with their impacts."""
        of_text, of_heading = self._norms(self._lengths), self._norms(self._headings)
        idf = inverse_frequency(np.diff(indptr), len(self._lengths))
        rows, impacts = np.empty(indptr[-1], dtype=np.int32), np.empty(indptr[-1], dtype=np.float32)
        free = indptr[:-1].copy()
        self._blocks.reverse()
        while self._blocks:
            block = self._blocks.pop()  # and free it
            columns, counts = np.searchsorted(vocabulary, block.vocabulary), np.diff(block.starts)
            places = np.repeat(free[columns] - block.starts[:-1], counts) + np.arange(len(block.rows))
            rows[places] = block.rows
            frequencies = block.frequencies / of_text[block.rows] + block.headed / of_heading[block.rows]
            impacts[places] = np.repeat(idf[columns], counts) * frequencies / (frequencies + self.k1)
            free[columns] += counts
        return rows, impacts

    def _norms(self, lengths: Sequence[int]) -> NDArray[np.float64]:
        """What a frequency is divided by for the length of its part: 1 for a part as long as the usual one that is there."""
        sizes = np.array(lengths, dtype=np.float64)
        usual = sizes.sum() / max(1, np.count_nonzero(sizes))
        norms: NDArray[np.float64] = 1 - self.b + self.b * sizes / max(1.0, usual)
        return norms


def spans(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers in all ranges from ``starts`` to ``ends``, one range after another, and the range that each stands in."""
    counts = ends - starts
    owners = np.repeat(np.arange(len(counts)), counts)
    return np.arange(len(owners)) + (starts - np.cumsum(counts) + counts)[owners], owners


def is_cut(starts: NDArray[np.int64], *arrays: NDArray[np.generic]) -> bool:
    """Whether ``starts`` cuts each of ``arrays`` into parts from its beginning to its end: no part may be read beyond it."""
    ends = all(starts[-1] == len(array) for array in arrays)
    return bool(ends and starts[0] == 0 and (starts[1:] >= starts[:-1]).all())


def check_below(numbers: NDArray[np.int32], limit: int) -> None:
    """Raises IndexUnusableError unless all are 0 or more and below ``limit``: counting a wrong one would take any memory."""
    if len(numbers) and numbers.view(np.uint32).max() >= limit:
        raise messages.damaged("een woord verwijst naar iets wat er niet is")


def check_within(numbers: NDArray[np.float32], least: float, most: float) -> None:
    """Raises IndexUnusableError for a number that is not from ``least`` to ``most``, or is none at all (NaN)."""
    with np.errstate(invalid="ignore"):
        if not least <= numbers.min(initial=least) <= numbers.max(initial=least) <= most:
            raise messages.damaged("een woord heeft een gewicht dat niet kan")


def inverse_frequency(frequency: NDArray[np.int64], passages: int) -> NDArray[np.float64]:
    """Lucene's idf, which is never negative."""
    return np.log1p((passages - frequency + 0.5) / (frequency + 0.5))


class LexicalIndex:
    """Reads such a folder; nothing is loaded but the pages that a question touches."""

    def __init__(self, folder: Path) -> None:
        self._keys: Keys = load_array(folder / "keys.npy", np.uint64)
        self._indptr: NDArray[np.int64] = load_array(folder / "indptr.npy", np.int64)
        self._rows: NDArray[np.int32] = load_array(folder / "rows.npy", np.int32)
        self._impacts: NDArray[np.float32] = load_array(folder / "impacts.npy", np.float32)
        self.lengths: NDArray[np.int32] = load_array(folder / "lengths.npy", np.int32)
        if len(self._indptr) != len(self._keys) + 1 or not is_cut(self._indptr, self._rows, self._impacts):
            raise messages.damaged("de woordplaatsen kloppen niet")
        self._known: dict[str, int] = {}

    def __len__(self) -> int:
        """The number of distinct terms."""
        return len(self._keys)

    @property
    def passages(self) -> int:
        return len(self.lengths)

    def scores(self, tokens: Mapping[str, float]) -> NDArray[np.float32]:
        """The score of every passage: the sum over ``tokens`` (term to weight) of weight times stored impact.

        Raises IndexUnusableError when a number that it reads cannot be.
        """
        columns, weights = self._columns(list(tokens)), np.fromiter(tokens.values(), dtype=np.float32, count=len(tokens))
        columns, weights = columns[columns >= 0], weights[columns >= 0]
        if not columns.size:
            return np.zeros(self.passages, dtype=np.float32)
        starts, ends = self._indptr[columns], self._indptr[columns + 1]
        # Copying slices is quicker than gathering the same places one by one.
        places = [slice(start, end) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        rows = np.concatenate([self._rows[place] for place in places])
        impacts = np.concatenate([self._impacts[place] for place in places])
        check_below(rows, self.passages)
        check_within(impacts, 0, self.idf(""))
        values = impacts * np.repeat(weights, ends - starts)
        return np.bincount(rows, values, minlength=self.passages).astype(np.float32)

    def norms(self) -> NDArray[np.float64]:
        """The Euclidean length of every passage's impacts. Raises IndexUnusableError like ``scores``."""
        check_below(self._rows, self.passages)
        check_within(self._impacts, 0, self.idf(""))
        return np.sqrt(np.bincount(self._rows, np.square(self._impacts, dtype=np.float64), minlength=self.passages))

    def document_frequency(self, term: str) -> int:
        """In how many passages (example questions included) the term occurs."""
        known = self._known.get(term)
        if known is None:
            column = int(self._columns([term])[0])
            known = int(self._indptr[column + 1] - self._indptr[column]) if column >= 0 else 0
            if len(self._known) < _REMEMBERED:
                self._known[term] = known
        return known

    def idf(self, term: str) -> float:
        """Lucene's idf of the term; a term that occurs nowhere has the highest."""
        return float(inverse_frequency(np.array(self.document_frequency(term)), self.passages))

    def idfs(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """The idf of each term; 0 for one that occurs nowhere and so tells no passage from another."""
        columns = self._columns(list(terms))
        held = columns >= 0
        frequency = np.where(held, self._indptr[columns + 1] - self._indptr[columns], 0)
        return np.where(held, inverse_frequency(frequency, self.passages), 0.0)

    def problems(self) -> list[str]:
        """What is wrong with the arrays themselves, in Dutch; reads them whole, so only verification calls it."""
        found = []
        if (self._keys[1:] <= self._keys[:-1]).any():
            found.append("de woordenlijst is niet gesorteerd")
        if (np.diff(self._indptr) < 1).any():
            found.append("de woordplaatsen kloppen niet")
        if not np.isfinite(self._impacts).all():
            found.append("de woordgewichten kloppen niet")
        if len(self._rows) and (self._rows.min() < 0 or self._rows.max() >= self.passages):
            found.append("een woord verwijst naar een passage die er niet is")
        return found

    def _columns(self, terms: list[str]) -> NDArray[np.int64]:
        if not len(self._keys) or not terms:
            return np.full(len(terms), -1, dtype=np.int64)
        keys = np.fromiter(map(term_key, terms), dtype=np.uint64, count=len(terms))
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[places] == keys, places, -1)
