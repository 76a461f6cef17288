"""Lessons for the shipped embedder: texts, and where a teacher that reads English places their glosses.

The student learns to place the Dutch text there itself, without the word list (Reimers & Gurevych, EMNLP 2020, with a word
list instead of parallel sentences).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.embedding.training.batches import Bags, bags_of
from assistant.embedding.training.data import read_paragraphs
from assistant.embedding.training.lexicon import Lexicon

_SENTENCE_END = re.compile(r"(?<=[.?!;:])\s+")
_SHORTEST, _LONGEST = 4, 40  # words in a sentence
_TEACHER_PIECES = 64
_MOST_WORDS = 4  # in a text that is drawn from the word list alone


@dataclass(frozen=True, slots=True)
class Lessons:
    """Bag ``i`` belongs at ``places[i]``, float32 of shape (texts, dimension), each of length 1."""

    bags: Bags
    places: NDArray[np.float32]


def texts_to_teach(folder: Path, questions: Sequence[str], lexicon: Lexicon, modern: int, seed: int) -> list[str]:
    """``modern`` sentences of modern prose, fewer of laws, the questions, each word of the list, and some words together."""
    rng = random.Random(seed)
    words = [word for word in lexicon.entries if len(word) > 2]
    texts = [
        *_some(_sentences(folder / "overheid.txt.xz"), modern, rng),
        *_some((text for text in _sentences(folder / "wetten-2017.txt.xz") if rng.random() < 0.05), modern * 3 // 4, rng),
        *questions,
        *(" ".join(rng.sample(words, rng.randint(1, _MOST_WORDS))) for _ in range(modern // 3 if words else 0)),
        *words,
    ]
    return list(dict.fromkeys(texts))


def make_lessons(texts: Sequence[str], lexicon: Lexicon, teacher: Path, tokenizer: Any, dimension: int) -> Lessons:
    """Has the sentence-transformers model in ``teacher`` place the glosses, in the ``dimension`` best directions."""
    from sentence_transformers import SentenceTransformer  # heavy, and only training needs it

    model = SentenceTransformer(str(teacher), device="cpu")
    model.max_seq_length = _TEACHER_PIECES
    placed = model.encode([lexicon.gloss(text) for text in texts], batch_size=64, normalize_embeddings=True)
    return Lessons(bags_of(tokenizer, texts), _narrowed(np.asarray(placed, dtype=np.float32), dimension))


def _narrowed(vectors: NDArray[np.float32], dimension: int) -> NDArray[np.float32]:
    if vectors.shape[1] <= dimension:
        return np.pad(vectors, ((0, 0), (0, dimension - vectors.shape[1])))
    directions = np.linalg.eigh(vectors.T @ vectors)[1][:, -dimension:]
    narrow = vectors @ directions
    result: NDArray[np.float32] = narrow / np.maximum(np.linalg.norm(narrow, axis=1, keepdims=True), 1e-9)
    return result


def _sentences(path: Path) -> Iterator[str]:
    for paragraph in read_paragraphs(path):
        yield from (text for text in _SENTENCE_END.split(paragraph) if _SHORTEST <= len(text.split()) <= _LONGEST)


def _some(texts: Iterator[str], most: int, rng: random.Random) -> list[str]:
    found = list(texts)
    return rng.sample(found, min(most, len(found)))
