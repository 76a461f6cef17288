"""Questions as people ask them, each with the article that answers it: the supervision that law text cannot give.

``lay_pairs.jsonl`` holds questions written for this project; the articles are named by document and number and read from
the training folder, so that no law text is copied. The other articles of the same law are the hard negatives.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.embedding.training.data import Article

PAIRS = Path(__file__).parent.parent / "lay_pairs.jsonl"
_HELD_OUT_ONE_IN = 6


@dataclass(frozen=True, slots=True)
class LayQuestions:
    """Questions with the number of their article among ``rules``; the rules of one law stand together in ``laws``."""

    rules: tuple[str, ...]
    laws: tuple[tuple[int, int], ...]
    law_of: tuple[int, ...]
    questions: tuple[tuple[str, int], ...]
    held_out: tuple[tuple[str, int], ...]


def read_lay_questions(articles: Iterable[Article], path: Path = PAIRS) -> LayQuestions:
    """Reads the pairs and looks up their articles; the articles in the held-out share have no question in training."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    wanted = {row["doc"] for row in rows}
    by_law: dict[str, list[Article]] = {}
    for article in articles:
        if article.doc in wanted:
            by_law.setdefault(article.doc, []).append(article)
    rules: list[str] = []
    laws: list[tuple[int, int]] = []
    law_of: list[int] = []
    places: dict[tuple[str, str], int] = {}
    for doc, own in by_law.items():
        for article in own:
            places[doc, article.number] = len(rules)
            rules.append(f"{article.chain[-1]} {article.text}")
            law_of.append(len(laws))
        laws.append((len(rules) - len(own), len(rules)))
    split: tuple[list[tuple[str, int]], list[tuple[str, int]]] = ([], [])
    for row in rows:
        place = places.get((row["doc"], row["article"]))
        if place is not None:
            split[_is_held_out(row["doc"], row["article"])].append((row["question"], place))
    return LayQuestions(tuple(rules), tuple(laws), tuple(law_of), tuple(split[0]), tuple(split[1]))


def _is_held_out(doc: str, number: str) -> bool:
    return int(hashlib.sha256(f"{doc} {number}".encode()).hexdigest(), 16) % _HELD_OUT_ONE_IN == 0
