"""Training pairs: what stands for a question, and the text that should be found by it.

Reads the folder of training text (see its README): heading chains with their articles, terms with their definitions,
and running text, whose neighbouring paragraphs speak of the same thing. Documents whose name hashes into the held-out
share are kept out of every source, so that the statute score is measured on laws never seen.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

_HELD_OUT_ONE_IN = 25
_LAW_ID = re.compile(r"BWB[RV]\d+")
_SHORTEST = 40  # characters: shorter paragraphs are captions and list heads
_LONGEST = 500  # characters of a paragraph: the rest adds time, hardly meaning
_REPEALED = re.compile(r"\b(vervallen|wijzigt|gereserveerd)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Article:
    """An article: the chain of headings above it, its text, and where it comes from."""

    chain: tuple[str, ...]
    text: str
    doc: str
    number: str


@dataclass(slots=True)
class Corpus:
    """Everything to train on, grouped as the batches need it, with the articles held out for scoring."""

    chains: list[tuple[tuple[str, ...], list[str]]] = field(default_factory=list)
    definitions: list[tuple[str, str]] = field(default_factory=list)
    neighbours: list[tuple[str, str]] = field(default_factory=list)
    held_out: list[Article] = field(default_factory=list)


def held_out(doc: str) -> bool:
    """Whether a document is kept for scoring: one in 25, by the hash of its id."""
    return int(hashlib.sha256(doc.encode()).hexdigest(), 16) % _HELD_OUT_ONE_IN == 0


def read_corpus(folder: Path, paragraphs: int, seed: int) -> Corpus:
    """Reads all sources; ``paragraphs`` is how many neighbouring pairs of law text to keep, drawn with ``seed``."""
    corpus = Corpus()
    grouped: dict[tuple[str, ...], list[str]] = {}
    for article in read_articles(folder):
        if held_out(article.doc):
            corpus.held_out.append(article)
        elif not (len(article.text) < 200 and _REPEALED.search(article.text)):
            grouped.setdefault(article.chain, []).append(article.text)
    corpus.chains = list(grouped.items())
    corpus.definitions = [
        (row["term"], row["definition"]) for row in _rows(folder / "definities.jsonl.xz") if not held_out(row["doc"])
    ]
    rng = random.Random(seed)
    laws = _reservoir(_neighbours(folder / "wetten-2017.txt.xz"), paragraphs, rng)
    modern = list(_neighbours(folder / "overheid.txt.xz"))
    corpus.neighbours = laws + modern * 3
    return corpus


def read_articles(folder: Path) -> Iterator[Article]:
    """Every article of the laws, in the order of the file."""
    for row in _rows(folder / "kop-artikel.jsonl.xz"):
        yield Article(tuple(row["query"].split(" – ")), row["passage"], row["doc"], row["article"])


def read_texts(folder: Path, one_in: int) -> Iterator[str]:
    """Running text for the tokenizer: one paragraph in ``one_in`` of the laws, and modern prose three times over."""
    modern = [line for line in _lines(folder / "overheid.txt.xz") if not line.startswith("@@DOC")]
    for _ in range(3):
        yield from modern
    for number, line in enumerate(_lines(folder / "wetten-2017.txt.xz")):
        if number % one_in == 0 and not line.startswith("@@DOC"):
            yield line


def read_paragraphs(path: Path) -> Iterator[str]:
    """The paragraphs of all documents that are not held out, without captions and list heads; "" begins a document."""
    skip = False
    for line in _lines(path):
        if line.startswith("@@DOC"):
            law = _LAW_ID.search(line)
            skip = law is not None and held_out(law.group())
            yield ""
        elif not skip and len(line) >= _SHORTEST:
            yield line


def _neighbours(path: Path) -> Iterator[tuple[str, str]]:
    """Pairs of paragraphs that follow each other within one document."""
    for previous, line in pairwise(read_paragraphs(path)):
        if previous and line:
            yield previous[:_LONGEST], line[:_LONGEST]


def _reservoir(pairs: Iterable[tuple[str, str]], size: int, rng: random.Random) -> list[tuple[str, str]]:
    """A uniform sample of ``size`` pairs from a stream of unknown length (algorithm R)."""
    kept: list[tuple[str, str]] = []
    for number, pair in enumerate(pairs):
        if number < size:
            kept.append(pair)
        elif (place := rng.randrange(number + 1)) < size:
            kept[place] = pair
    return kept


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in _lines(path):
        yield json.loads(line)


def _lines(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")
