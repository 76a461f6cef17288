"""Retrieval alone, on a set in the BEIR layout, with the product's own indexing, analysis and search."""

from __future__ import annotations

import hashlib
import json
import lzma
import math
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from assistant.answering.calibration import Calibration, load_calibration
from assistant.corpus.glossary import Concept
from assistant.embedding import Embedder
from assistant.errors import UsageError
from assistant.evaluation.ablation import SIGNALS
from assistant.indexing import BuildOptions, Generation, IndexInput, OpenOptions, build_generation, open_current
from assistant.language.sentences import sentence_spans
from assistant.records import Document, Page, Passage, Question, SectionKind, Unit
from assistant.retrieval.search import Weights
from assistant.service import EXACT_UNTIL, Desk, Progress, desk_over

DEPTH = 100
_DAY = date(2026, 11, 22)

Found = Mapping[str, Sequence[str]]  # corpus ids, best first, by query id
Judged = Mapping[str, Mapping[str, float]]  # grade by corpus id, by query id


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """A set in the BEIR layout: passages to search, queries, and which passages answer which query."""

    passages: tuple[Passage, ...]
    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    judged: Judged


def load_retrieval_set(folder: Path) -> RetrievalSet:
    """Reads ``corpus.jsonl`` and ``queries.jsonl`` (or the same with ``.xz``) and ``qrels/test.tsv``. Raises UsageError."""
    made = [_passage(row) for row in _rows(folder, "corpus.jsonl", ("_id", "text"))]
    queries = {str(row["_id"]): str(row["text"]) for row in _rows(folder, "queries.jsonl", ("_id", "text"))}
    judged = _judged(folder / "qrels" / "test.tsv")
    judged = {query: grades for query, grades in judged.items() if query in queries}
    if not made or not judged:
        raise _odd(folder, "er zijn geen passages of geen beoordeelde vragen")
    documents = tuple(document for document, _ in made)
    if len({document.id for document in documents}) != len(documents):
        raise _odd(folder / "corpus.jsonl", "een _id komt tweemaal voor")
    return RetrievalSet(tuple(passage for _, passage in made), documents, queries, judged)


def load_passages(folder: Path) -> tuple[tuple[Document, ...], tuple[Passage, ...]]:
    """Only the corpus of a set. Raises UsageError."""
    made = [_passage(row) for row in _rows(folder, "corpus.jsonl", ("_id", "text"))]
    return tuple(document for document, _ in made), tuple(passage for _, passage in made)


def measure(found: Found, judged: Judged) -> dict[str, float]:
    """The means over all judged queries of nDCG@10, recall@10, recall@100 and hit@1; a query with nothing found counts 0."""
    scores = [_query_scores(found.get(query, ()), grades) for query, grades in judged.items()]
    names = ("ndcg@10", "recall@10", "recall@100", "hit@1")
    return {name: sum(score[at] for score in scores) / len(scores) for at, name in enumerate(names)}


def _query_scores(ranked: Sequence[str], grades: Mapping[str, float]) -> tuple[float, float, float, float]:
    wanted = {name for name, grade in grades.items() if grade > 0}
    if not wanted:
        return 0.0, 0.0, 0.0, 0.0
    gain = sum(grades.get(name, 0.0) / math.log2(rank + 1) for rank, name in enumerate(ranked[:10], start=1))
    ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:10]
    best = sum(grade / math.log2(rank + 1) for rank, grade in enumerate(ideal, start=1))
    within = [len(wanted.intersection(ranked[:depth])) / len(wanted) for depth in (10, 100)]
    return gain / best, within[0], within[1], float(bool(ranked) and ranked[0] in wanted)


class RetrievalBench:
    """A retrieval set indexed in a folder of its own, to be searched with any weights. Use it as a context manager."""

    def __init__(self, data: RetrievalSet, embedder: Embedder, concepts: Sequence[Concept]) -> None:
        self.data = data
        self._embedder, self._concepts = embedder, concepts
        self._folder = tempfile.TemporaryDirectory(prefix="regelwijzer-eval-")
        self._generation: Generation | None = None
        self.index_seconds = 0.0

    def __enter__(self) -> RetrievalBench:
        return self

    def __exit__(self, *_: object) -> None:
        if self._generation is not None:
            self._generation.close()
        self._folder.cleanup()

    def build(self, progress: Progress | None = None) -> None:
        """Indexes the set as the product indexes documents."""
        begun = perf_counter()
        material = IndexInput((), self.data.documents, self.data.passages)
        build_generation(Path(self._folder.name), material, self._embedder, BuildOptions(keep=1), progress)
        self.index_seconds = perf_counter() - begun
        self._generation = open_current(Path(self._folder.name), options=OpenOptions(exact_until=EXACT_UNTIL))

    def desk(self, calibration: Calibration, concepts: Sequence[Concept] | None = None) -> Desk:
        """The product's analyst and retriever over the set. Needs :meth:`build`."""
        if self._generation is None:
            raise ValueError("build() comes first")
        return desk_over(self._generation, self._embedder, self._concepts if concepts is None else concepts, calibration)

    def search(self, desk: Desk, queries: Mapping[str, str]) -> tuple[dict[str, list[str]], list[float]]:
        """The corpus ids found for each query, and the milliseconds that each took (the first is asked twice)."""
        found: dict[str, list[str]] = {}
        times = []
        for name, text in [*list(queries.items())[:1], *queries.items()]:
            begun = perf_counter()
            try:
                hits = desk.retriever.search(desk.analyst.analyse(Question(text, _DAY)), DEPTH)
            except UsageError:
                hits = []  # a query without a single word finds nothing
            times.append((perf_counter() - begun) * 1000)
            found[name] = [hit.passage.document for hit in hits]
        return found, times[1:]


def evaluate_retrieval(bench: RetrievalBench) -> dict[str, float | int]:
    """The line of CONTRACT.md for a built set."""
    data = bench.data
    asked = {name: data.queries[name] for name in data.judged}
    found, times = bench.search(bench.desk(load_calibration()), asked)
    return {
        **{name: round(value, 4) for name, value in measure(found, data.judged).items()},
        "queries": len(asked),
        "passages": len(data.passages),
        "index_seconds": round(bench.index_seconds, 2),
        "p50_ms": round(float(np.percentile(times, 50)), 2),
        "p95_ms": round(float(np.percentile(times, 95)), 2),
        "peak_rss_mb": round(peak_rss_mb(), 1),
    }


def ablations(calibration: Calibration, concepts: Sequence[Concept]) -> Iterator[tuple[str, Weights, Sequence[Concept]]]:
    """Every signal alone, every signal off in turn, and without glossary: a name, the weights and the glossary."""
    full = calibration.search
    yield "alles", full, concepts
    for signal in SIGNALS:
        yield f"alleen {signal}", replace(full, **{other: 0.0 for other in SIGNALS if other != signal}), concepts
    for signal in SIGNALS:
        yield f"zonder {signal}", replace(full, **{signal: 0.0}), concepts
    yield "zonder begrippenlijst", full, ()


def ablate_retrieval(bench: RetrievalBench, concepts: Sequence[Concept]) -> Iterator[dict[str, str | float]]:
    """The measures of each ablation on a built set."""
    calibration = load_calibration()
    asked = {name: bench.data.queries[name] for name in bench.data.judged}
    for name, weights, glossary in ablations(calibration, concepts):
        found, _ = bench.search(bench.desk(replace(calibration, search=weights), glossary), asked)
        yield {"ablation": name, **{key: round(value, 4) for key, value in measure(found, bench.data.judged).items()}}


def peak_rss_mb() -> float:
    """Peak memory in MB of this process plus that of its largest child: what they can have held together at most."""
    unit = 1 if sys.platform == "darwin" else 1024  # Linux counts in KiB, macOS in bytes
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * unit / 1e6


def _rows(folder: Path, name: str, needed: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    path = next((place for place in (folder / name, folder / f"{name}.xz") if place.is_file()), None)
    if path is None:
        raise UsageError(
            "beir-missing", f"{folder / name} is er niet.", "Noem een map met corpus.jsonl, queries.jsonl en qrels."
        )
    opened: Callable[..., Any] = lzma.open if path.suffix == ".xz" else open
    number = 0
    try:
        with opened(path, "rt", encoding="utf-8-sig") as file:
            for line in file:
                number += 1
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict) or any(key not in row for key in needed):
                        raise ValueError("verplicht zijn " + ", ".join(needed))
                    yield row
    except (OSError, ValueError, lzma.LZMAError, EOFError, RecursionError) as error:
        raise _odd(path, f"regel {number}: {error}") from error


def _passage(row: Mapping[str, Any]) -> tuple[Document, Passage]:
    name, title = str(row["_id"]), str(row.get("title") or "").strip()
    text = str(row["text"]) or title
    version = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    page = Page(1, "1", 0, len(text), text)
    units = tuple(Unit(start, end, text[start:end]) for start, end in sentence_spans(text))
    section = tuple(part.strip() for part in title.split(" | ")) if title else ()
    passage = Passage(name, name, version, 0, len(text), text, 1, "1", section, SectionKind.TEXT, units)
    return Document(name, version, text, (page,), (), title=title), passage


def _judged(path: Path) -> dict[str, dict[str, float]]:
    """The grades of a qrels file: query, passage, grade, parted by tabs, under one line of headings."""
    judged: dict[str, dict[str, float]] = {}
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UsageError("beir-missing", f"{path} is niet te lezen.", "Noem een map met qrels/test.tsv.") from None
    for number, line in enumerate(lines, start=1):
        cells = line.split("\t")
        if not line.strip() or (number == 1 and cells[-1] == "score"):
            continue
        try:
            query, passage, grade = cells
            judged.setdefault(query, {})[passage] = float(grade)
        except ValueError:
            raise _odd(path, f"regel {number} heeft geen drie velden met tabs en een getal") from None
    return {query: grades for query, grades in judged.items() if any(grade > 0 for grade in grades.values())}


def _odd(path: Path, why: str) -> UsageError:
    return UsageError("beir-odd", f"{path} is niet te gebruiken: {why}.", "Zie de BEIR-indeling in evals/README.md.")
