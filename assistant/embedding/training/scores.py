"""Scores of an embedder alone and fused with character grams: nDCG@10 on two sets that it was not trained on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.embedding.base import Embedder
from assistant.embedding.training.data import Article
from assistant.embedding.training.lay import LayQuestions
from assistant.language.tokens import grams

_STATUTE_PASSAGES = 4653
_STATUTE_QUESTIONS = 500
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Questions, passages, and for each question the numbers of the passages that answer it."""

    name: str
    questions: tuple[str, ...]
    passages: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]


def read_beir(folder: Path) -> RetrievalSet:
    """A set in the BEIR layout: corpus.jsonl, queries.jsonl, qrels/test.tsv."""
    rows = [json.loads(line) for line in (folder / "corpus.jsonl").read_text("utf-8").splitlines()]
    places = {row["_id"]: place for place, row in enumerate(rows)}
    asked = [json.loads(line) for line in (folder / "queries.jsonl").read_text("utf-8").splitlines()]
    wanted: dict[str, set[int]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]:
        question, passage, grade = line.split("\t")
        if int(grade) > 0:
            wanted.setdefault(question, set()).add(places[passage])
    judged = [row for row in asked if row["_id"] in wanted]
    return RetrievalSet(
        folder.name,
        tuple(row["text"] for row in judged),
        tuple(f"{row['title']} {row['text']}".strip() for row in rows),
        tuple(frozenset(wanted[row["_id"]]) for row in judged),
    )


def statute_set(held_out: Sequence[Article], seed: int) -> RetrievalSet:
    """Last headings of laws that were never trained on, each to be matched with the articles under it."""
    rng = np.random.default_rng(seed)
    usable = [article for article in held_out if len(article.text) > 100]
    kept = sorted(rng.permutation(len(usable))[:_STATUTE_PASSAGES])
    passages = [usable[place] for place in kept]
    by_heading: dict[str, set[int]] = {}
    for place, article in enumerate(passages):
        by_heading.setdefault(article.chain[-1], set()).add(place)
    headings = sorted(heading for heading, places in by_heading.items() if len(places) <= 3 and len(heading) > 8)
    chosen = [headings[place] for place in sorted(rng.permutation(len(headings))[:_STATUTE_QUESTIONS])]
    return RetrievalSet(
        "statute headings, laws never seen",
        tuple(chosen),
        tuple(article.text for article in passages),
        tuple(frozenset(by_heading[heading]) for heading in chosen),
    )


def lay_set(lay: LayQuestions) -> RetrievalSet:
    """Lay questions about articles that no training question was about, among all articles of their laws."""
    return RetrievalSet(
        "lay questions on health law, articles never asked about",
        tuple(question for question, _ in lay.held_out),
        lay.rules,
        tuple(frozenset({rule}) for _, rule in lay.held_out),
    )


def gram_scores(retrieval: RetrievalSet) -> NDArray[np.float32]:
    """BM25 over character grams, questions by passages."""
    import bm25s  # pulls in scipy; only scoring needs it

    index = bm25s.BM25()
    index.index([grams(passage) for passage in retrieval.passages], show_progress=False)
    return np.stack([index.get_scores(grams(question)) for question in retrieval.questions])


def dense_scores(retrieval: RetrievalSet, embedder: Embedder) -> NDArray[np.float32]:
    """Cosines, questions by passages."""
    scores: NDArray[np.float32] = embedder.embed_queries(retrieval.questions) @ embedder.embed_passages(retrieval.passages).T
    return scores


def fused(lexical: NDArray[np.float32], dense: NDArray[np.float32], weight: float) -> NDArray[np.float32]:
    """Both scores standardised per question, the dense one at ``weight``."""
    result: NDArray[np.float32] = (1 - weight) * _standard(lexical) + weight * _standard(dense)
    return result


def ndcg(scores: NDArray[np.float32], relevant: Sequence[frozenset[int]]) -> float:
    """Mean nDCG at 10 with binary grades."""
    gains = 1 / np.log2(np.arange(2, _DEPTH + 2))
    ranked = np.argsort(-scores, axis=1, kind="stable")[:, :_DEPTH]
    values = [
        sum(gain for gain, place in zip(gains, row, strict=False) if place in wanted) / gains[: len(wanted)].sum()
        for row, wanted in zip(ranked.tolist(), relevant, strict=True)
    ]
    return float(np.mean(values))


def measure(retrieval: RetrievalSet, embedder: Embedder, weight: float) -> Mapping[str, float]:
    """nDCG@10 of character grams, of the embedder, and of both together."""
    lexical, dense = gram_scores(retrieval), dense_scores(retrieval, embedder)
    return {
        "grams": ndcg(lexical, retrieval.relevant),
        "dense": ndcg(dense, retrieval.relevant),
        "fused": ndcg(fused(lexical, dense, weight), retrieval.relevant),
    }


def _standard(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    spread = scores.std(axis=1, keepdims=True)
    result: NDArray[np.float32] = (scores - scores.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9)
    return result
