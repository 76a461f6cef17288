"""Makes a set of statute articles in the BEIR layout, to compare word BM25 with the whole of the search on legal text.

    .venv/bin/python evals/statutes.py --out FOLDER [--pairs ../shared/training/kop-artikel.jsonl.xz] [--passages 4600]
    .venv/bin/regelwijzer eval retrieval FOLDER --ablate

Whole laws are drawn by a seed until there are enough articles, so that every article competes with its neighbours. A query
is the chain of headings above an article that stands there alone; that article is its one answer. The passage's title is
the law and the article's number, as in a real corpus.

The shipped embedder was trained on pairs of this same file: the figures of the vectors, and of everything fused with
them, are flattered here. Read them as an upper bound; the line "zonder vectors" is the honest one. The folder never goes
into git.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT.parent / "shared" / "training" / "kop-artikel.jsonl.xz"
SEED = 11
_LAW = range(12, 160)  # articles in a law: smaller ones have no neighbours to confuse, larger ones would be the whole set
_SHORTEST = 15  # words of an article that can be asked for
_QUERIES = 300

Row = dict[str, str]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--pairs", type=Path, default=PAIRS)
    options.add_argument("--passages", type=int, default=4_600)
    options.add_argument("--seed", type=int, default=SEED)
    given = options.parse_args()
    with lzma.open(given.pairs, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    chance = random.Random(given.seed)
    articles = draw(rows, given.passages, chance)
    write(given.out, articles, asked(articles, chance))


def draw(rows: Iterable[Row], passages: int, chance: random.Random) -> list[Row]:
    """The articles of laws drawn at random, each distinct text once, until there are ``passages``."""
    laws: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        laws[row["doc"]].setdefault(row["passage"], row)
    names = sorted(name for name, articles in laws.items() if len(articles) in _LAW)
    chance.shuffle(names)
    drawn: list[Row] = []
    for name in names:
        if len(drawn) >= passages:
            break
        drawn += laws[name].values()
    return drawn


def asked(articles: Sequence[Row], chance: random.Random) -> list[tuple[str, int]]:
    """Queries with the place of their one article: heading chains of two parts or more that head a single article."""
    alone = Counter(row["query"] for row in articles)
    found = [
        (row["query"].replace(" – ", " "), at)
        for at, row in enumerate(articles)
        if alone[row["query"]] == 1 and " – " in row["query"] and len(row["passage"].split()) >= _SHORTEST
    ]
    return sorted(chance.sample(found, min(_QUERIES, len(found))), key=lambda pair: pair[1])


def write(folder: Path, articles: Sequence[Row], queries: Sequence[tuple[str, int]]) -> None:
    """Writes corpus.jsonl, queries.jsonl and qrels/test.tsv, and says how many of each."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    titles = (f"{row['query'].split(' – ')[0]} | {row['article']}" for row in articles)
    corpus = [
        {"_id": f"p{at:05}", "title": title, "text": row["passage"]}
        for at, (row, title) in enumerate(zip(articles, titles, strict=True))
    ]
    asking = [{"_id": f"q{number:04}", "text": text} for number, (text, _) in enumerate(queries)]
    judged = [f"q{number:04}\tp{at:05}\t1" for number, (_, at) in enumerate(queries)]
    for name, values in (("corpus.jsonl", corpus), ("queries.jsonl", asking)):
        lines = "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
        (folder / name).write_text(lines, "utf-8")
    (folder / "qrels" / "test.tsv").write_text("\n".join(["query-id\tcorpus-id\tscore", *judged]) + "\n", "utf-8")
    print(f"{len(corpus)} passages, {len(asking)} queries in {folder}")


if __name__ == "__main__":
    main()
