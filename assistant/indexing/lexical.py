"""The lexical index: BM25 impacts per term, computed once per generation and memory-mapped.

The weights are those of BM25 in Lucene's form (Kamphuis et al., ECIR 2020): ``idf * tf / (tf + k1 * (1 - b + b * length /
average))`` with ``idf = ln(1 + (N - df + 0.5) / (df + 0.5))``; a test holds them against the bm25s library. They are
computed here because the length that counts is that of the passage without its example questions, which no library offers: a
passage must not lose for having, or for lacking, questions attached to it.

Terms are looked up by a 64-bit key in a sorted array: up to 7 bytes the key is the term itself, beyond that its BLAKE2b.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.indexing.files import load_array, save_array

Keys = NDArray[np.uint64]

_HASHED = 1 << 63
_BLOCK = 1000


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


def gram_keys(words: list[str], sizes: tuple[int, ...] = (4, 5)) -> Keys:
    """The keys of ``assistant.language.tokens.grams`` over text with these words, without making the strings."""
    line = np.frombuffer(f" {' '.join(words)} ".encode("ascii"), dtype=np.uint8).astype(np.uint64)
    found = []
    for size in sizes:
        count = max(0, len(line) - size + 1)
        keys = np.full(count, size << 56, dtype=np.uint64)
        for place in range(size):
            keys |= line[place : place + count] << np.uint64(8 * (size - 1 - place))
        found.append(keys)
    return np.concatenate(found)


@dataclass(slots=True)
class _Block:
    vocabulary: Keys
    columns: NDArray[np.int32]
    frequencies: NDArray[np.float32]
    rows: NDArray[np.int64]  # entries per passage


@dataclass(slots=True)
class LexicalBuilder:
    """Collects the terms of one passage after another; memory stays near 8 bytes per distinct term of a passage."""

    k1: float
    b: float
    _keys: list[Keys] = field(default_factory=list)
    _counts: list[NDArray[np.float32]] = field(default_factory=list)
    _lengths: list[int] = field(default_factory=list)
    _blocks: list[_Block] = field(default_factory=list)

    def add(self, own: Keys, asked: Keys) -> None:
        """Adds a passage by the keys of its own text (whose number is its length) and of its example questions."""
        keys, counts = np.unique(np.concatenate((own, asked)) if len(asked) else own, return_counts=True)
        self._keys.append(keys)
        self._counts.append(counts.astype(np.float32))
        self._lengths.append(len(own))
        if len(self._keys) >= _BLOCK:
            self._close_block()

    def _close_block(self) -> None:
        if not self._keys:
            return
        vocabulary, columns = np.unique(np.concatenate(self._keys), return_inverse=True)
        rows = np.array([len(keys) for keys in self._keys], dtype=np.int64)
        self._blocks.append(_Block(vocabulary, columns.astype(np.int32), np.concatenate(self._counts), rows))
        self._keys, self._counts = [], []

    def write(self, folder: Path) -> int:
        """Writes the index into ``folder`` (which is made) and returns its number of terms."""
        from scipy.sparse import csr_array  # here because only building needs it

        self._close_block()
        vocabulary = np.unique(np.concatenate([block.vocabulary for block in self._blocks]))
        frequency = np.zeros(len(vocabulary), dtype=np.int64)
        entries = sum(len(block.columns) for block in self._blocks)
        columns, data = np.empty(entries, dtype=np.int32), np.empty(entries, dtype=np.float32)
        lengths = np.array(self._lengths, dtype=np.float64)
        norms = (self.k1 * (1 - self.b + self.b * lengths / max(1.0, lengths.mean()))).astype(np.float32)
        per_row = np.concatenate([block.rows for block in self._blocks])
        at = row = 0
        for position, block in enumerate(self._blocks):
            end, last = at + len(block.columns), row + len(block.rows)
            columns[at:end] = np.searchsorted(vocabulary, block.vocabulary).astype(np.int32)[block.columns]
            frequency += np.bincount(columns[at:end], minlength=len(vocabulary))
            data[at:end] = block.frequencies / (block.frequencies + np.repeat(norms[row:last], block.rows))
            self._blocks[position] = _EMPTY  # frees the block: the arrays above have taken its place
            at, row = end, last
        idf = inverse_frequency(frequency, len(lengths)).astype(np.float32)
        for start in range(0, entries, 1 << 20):
            part = slice(start, start + (1 << 20))
            data[part] *= idf[columns[part]]
        indptr = np.concatenate(([0], np.cumsum(per_row)))
        by_term = csr_array((data, columns, indptr), shape=(len(lengths), len(vocabulary))).tocsc()
        del data, columns
        folder.mkdir()
        save_array(folder / "keys.npy", vocabulary)
        save_array(folder / "indptr.npy", by_term.indptr.astype(np.int64))
        save_array(folder / "rows.npy", by_term.indices.astype(np.int32))
        save_array(folder / "impacts.npy", by_term.data)
        save_array(folder / "lengths.npy", lengths.astype(np.int32))
        return len(vocabulary)


_EMPTY = _Block(np.empty(0, np.uint64), np.empty(0, np.int32), np.empty(0, np.float32), np.empty(0, np.int64))


def inverse_frequency(frequency: NDArray[np.int64], passages: int) -> NDArray[np.float64]:
    """Lucene's idf, which is never negative."""
    return np.log1p((passages - frequency + 0.5) / (frequency + 0.5))


class LexicalIndex:
    """Reads such a folder; nothing is loaded but the pages that a question touches."""

    def __init__(self, folder: Path) -> None:
        self._keys: Keys = load_array(folder / "keys.npy")
        self._indptr: NDArray[np.int64] = load_array(folder / "indptr.npy")
        self._rows: NDArray[np.int32] = load_array(folder / "rows.npy")
        self._impacts: NDArray[np.float32] = load_array(folder / "impacts.npy")
        self.lengths: NDArray[np.int32] = load_array(folder / "lengths.npy")

    def __len__(self) -> int:
        """The number of distinct terms."""
        return len(self._keys)

    @property
    def passages(self) -> int:
        return len(self.lengths)

    def scores(self, tokens: Mapping[str, float]) -> NDArray[np.float32]:
        """The score of every passage: the sum over ``tokens`` (term to weight) of weight times stored impact."""
        total = np.zeros(self.passages, dtype=np.float32)
        for column, weight in zip(self._columns(list(tokens)), tokens.values(), strict=True):
            if column >= 0 and weight:
                start, end = self._indptr[column], self._indptr[column + 1]
                total[self._rows[start:end]] += np.float32(weight) * self._impacts[start:end]
        return total

    def document_frequency(self, term: str) -> int:
        """In how many passages (example questions included) the term occurs."""
        column = int(self._columns([term])[0])
        return int(self._indptr[column + 1] - self._indptr[column]) if column >= 0 else 0

    def idf(self, term: str) -> float:
        """Lucene's idf of the term; a term that occurs nowhere has the highest."""
        return float(inverse_frequency(np.array(self.document_frequency(term)), self.passages))

    def problems(self) -> list[str]:
        """What is wrong with the arrays themselves, in Dutch; reads them whole, so only verification calls it."""
        found = []
        if len(self._indptr) != len(self._keys) + 1 or (self._keys[1:] <= self._keys[:-1]).any():
            found.append("de woordenlijst is niet gesorteerd")
        if len(self._indptr) and (self._indptr[-1] != len(self._rows) or (np.diff(self._indptr) < 1).any()):
            found.append("de woordplaatsen kloppen niet")
        if len(self._rows) != len(self._impacts) or not np.isfinite(self._impacts).all():
            found.append("de woordgewichten kloppen niet")
        if len(self._rows) and (self._rows.min() < 0 or self._rows.max() >= self.passages):
            found.append("een woord verwijst naar een passage die er niet is")
        return found

    def _columns(self, terms: list[str]) -> NDArray[np.int64]:
        if not len(self._keys) or not terms:
            return np.full(len(terms), -1, dtype=np.int64)
        keys = np.array([term_key(term) for term in terms], dtype=np.uint64)
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[places] == keys, places, -1)
