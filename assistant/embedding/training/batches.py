"""Batches of (question, passage) pairs as bags of piece numbers.

A static model does not see order, so a text is a bag: cutting, dropping and sampling pieces are array operations.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.embedding.training.data import Corpus
from assistant.embedding.training.frames import FRAMES, TOPIC
from assistant.embedding.training.lay import LayQuestions
from assistant.embedding.training.noise import misspell

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bags:
    """Many bags in one array: bag ``i`` is ``flat[offsets[i]:offsets[i + 1]]``."""

    flat: Ids
    offsets: Ids

    def take(self, rows: Ids, most: int, rng: np.random.Generator) -> Bags:
        """The bags ``rows``, each cut to a random stretch of at most ``most`` pieces."""
        starts, lengths = self.offsets[rows], self.offsets[rows + 1] - self.offsets[rows]
        kept = np.minimum(lengths, most)
        starts = starts + (rng.random(len(rows)) * (lengths - kept + 1)).astype(np.int64)
        offsets = np.concatenate([[0], np.cumsum(kept)])
        places = np.arange(offsets[-1]) - np.repeat(offsets[:-1], kept) + np.repeat(starts, kept)
        return Bags(self.flat[places], offsets)

    def where(self, keep: NDArray[np.bool_]) -> Bags:
        """The same bags with only the pieces to keep; a bag that would be empty stays whole."""
        bags = np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))
        left = np.bincount(bags[keep], minlength=len(self.offsets) - 1)
        keep = keep | (left == 0)[bags]
        counts = np.bincount(bags[keep], minlength=len(self.offsets) - 1)
        return Bags(self.flat[keep], np.concatenate([[0], np.cumsum(counts)]))

    def owners(self) -> Ids:
        """For every piece, the number of its bag."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))


def bags_of(tokenizer: Any, texts: Sequence[str]) -> Bags:
    """Tokenizes ``texts``; a text without pieces becomes the unknown piece, so that no bag is empty."""
    ids = [encoding.ids or [0] for encoding in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
    flat = np.fromiter((piece for pieces in ids for piece in pieces), dtype=np.int64)
    return Bags(flat, np.concatenate([[0], np.cumsum([len(pieces) for pieces in ids])]).astype(np.int64))


def joined(parts: Sequence[Bags]) -> Bags:
    """Several sets of bags one after the other."""
    lengths = np.concatenate([np.diff(part.offsets) for part in parts])
    return Bags(np.concatenate([part.flat for part in parts]), np.concatenate([[0], np.cumsum(lengths)]))


@dataclass(frozen=True, slots=True)
class Batch:
    """Pair ``i`` is question ``i`` with passage ``i``; passages beyond the last pair are hard negatives.

    A pair and a passage of one group are no negatives for each other.
    """

    questions: Bags
    passages: Bags
    groups: Ids  # one a passage; the first ones are those of the pairs


@dataclass(frozen=True, slots=True)
class Recipe:
    """How many pairs of each source make a batch, and how they are roughened."""

    chains: int = 450
    definitions: int = 125
    neighbours: int = 450
    lay: int = 96
    lay_negatives: int = 4  # other articles of the same law, for each lay question
    longest: int = 64  # pieces of a passage
    typos: float = 0.15  # share of questions with a misspelled word
    dropped: float = 0.1  # share of pieces left out of both sides
    disjoint: float = 0.2  # share of pairs whose passage loses the pieces that its question has


class Batches:
    """Draws batches from a corpus; the same seed draws the same batches."""

    def __init__(self, corpus: Corpus, lay: LayQuestions, tokenizer: Any, recipe: Recipe, seed: int) -> None:
        self._recipe, self._tokenizer = recipe, tokenizer
        self._rng, self._random = np.random.default_rng(seed), random.Random(seed)
        self._chains = [chain for chain, _ in corpus.chains]
        self._articles = bags_of(tokenizer, [text for _, texts in corpus.chains for text in texts])
        sizes = [len(texts) for _, texts in corpus.chains]
        self._first_article = np.concatenate([[0], np.cumsum(sizes)])
        self._terms = [term for term, _ in corpus.definitions]
        self._definitions = bags_of(tokenizer, [text for _, text in corpus.definitions])
        self._left = bags_of(tokenizer, [left for left, _ in corpus.neighbours])
        self._right = bags_of(tokenizer, [right for _, right in corpus.neighbours])
        self._lay, self._rules = lay, bags_of(tokenizer, lay.rules)

    @property
    def longest(self) -> int:
        """Pieces of a text that is learned from, at most."""
        return self._recipe.longest

    @property
    def dropped(self) -> float:
        """The share of pieces that is left out."""
        return self._recipe.dropped

    def piece_counts(self, size: int) -> Ids:
        """How often each piece occurs in all passages."""
        flat = np.concatenate([self._articles.flat, self._definitions.flat, self._right.flat])
        return np.bincount(flat, minlength=size)

    def draw(self) -> Batch:
        """The next batch."""
        recipe, rng = self._recipe, self._rng
        chains = self._some(len(self._chains), recipe.chains)
        terms = self._some(len(self._terms), recipe.definitions)
        pairs = self._some(len(self._left.offsets) - 1, recipe.neighbours)
        spread = self._first_article[chains + 1] - self._first_article[chains]
        articles = self._first_article[chains] + (rng.random(len(chains)) * spread).astype(np.int64)
        asked, rules, others = self._draw_lay()
        asked += [self._ask(self._topic(self._chains[chain])) for chain in chains]
        asked += [self._ask(self._terms[term]) for term in terms]
        questions = joined([bags_of(self._tokenizer, asked), self._left.take(pairs, recipe.longest, rng)])
        passages = joined(
            [
                self._rules.take(rules, recipe.longest, rng),
                self._articles.take(articles, recipe.longest, rng),
                self._definitions.take(terms, recipe.longest, rng),
                self._right.take(pairs, recipe.longest, rng),
                self._rules.take(others, recipe.longest, rng),
            ]
        )
        names = [self._chains[chain][-1] for chain in chains] + [self._terms[term] for term in terms]
        return self._roughen(questions, passages, _groups(rules, names, len(pairs), others))

    def _draw_lay(self) -> tuple[list[str], Ids, Ids]:
        """Lay questions, the articles that answer them, and other articles of the same laws."""
        recipe, rng, lay = self._recipe, self._rng, self._lay
        drawn = [lay.questions[number] for number in self._some(len(lay.questions), recipe.lay)]
        rules = np.array([rule for _, rule in drawn], dtype=np.int64)
        bounds = np.array([lay.laws[lay.law_of[rule]] for _, rule in drawn], dtype=np.int64).reshape(-1, 2)
        bounds = np.repeat(bounds, recipe.lay_negatives, axis=0)
        others = bounds[:, 0] + (rng.random(len(bounds)) * (bounds[:, 1] - bounds[:, 0])).astype(np.int64)
        return [self._spoil(question) for question, _ in drawn], rules, others

    def _some(self, size: int, wanted: int) -> Ids:
        """``wanted`` different numbers below ``size``, or all of them in any order where there are fewer."""
        return self._rng.choice(size, min(wanted, size), replace=False)

    def _topic(self, chain: tuple[str, ...]) -> str:
        """The last heading, with each heading above it as likely as not."""
        return " ".join([part for part in chain[:-1] if self._random.random() < 0.5] + [chain[-1]])

    def _ask(self, topic: str) -> str:
        return self._spoil(self._random.choice(FRAMES).replace(TOPIC, topic))

    def _spoil(self, question: str) -> str:
        return misspell(question, self._random) if self._random.random() < self._recipe.typos else question

    def _roughen(self, questions: Bags, passages: Bags, groups: Ids) -> Batch:
        recipe, rng = self._recipe, self._rng
        questions = questions.where(rng.random(len(questions.flat)) >= recipe.dropped)
        keep = rng.random(len(passages.flat)) >= recipe.dropped
        if recipe.disjoint:
            # A pair that shares no piece can only be matched by meaning; words are what the lexical signals are for.
            chosen = rng.random(len(passages.offsets) - 1) < recipe.disjoint
            size = 1 << 20
            asked = questions.owners() * size + questions.flat
            found = np.isin(passages.owners() * size + passages.flat, asked)
            keep &= ~(found & chosen[passages.owners()])
        return Batch(questions, passages.where(keep), groups)


def _groups(rules: Ids, names: Sequence[str], unique: int, others: Ids) -> Ids:
    """Equal numbers for equal rules and for equal names; ``unique`` numbers that occur once; then the hard negatives."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    named = np.array([numbers[name] for name in names], dtype=np.int64)
    single = len(numbers) + np.arange(unique)
    first_rule = len(numbers) + unique
    return np.concatenate([first_rule + rules, named, single, first_rule + others])
