"""Runs the product over a question set and keeps what is needed to judge it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from time import perf_counter

from assistant.answering.calibration import load_calibration
from assistant.errors import CorpusError
from assistant.evaluation.measures import Span, Texts, score
from assistant.evaluation.questions import Item
from assistant.evaluation.summary import Scored
from assistant.records import Answer, Question
from assistant.service import CANDIDATES, Desk, Service

REFERENCE_DAY = date(2026, 11, 22)  # "today" for questions without a day of their own, so that a run can be repeated

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Result:
    """One question, the answer that it got, and what that is worth."""

    item: Item
    answer: Answer
    scored: Scored


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run and what it was made with."""

    set: str
    results: tuple[Result, ...]
    index: Mapping[str, object]
    settings: Mapping[str, object]
    calibration: Mapping[str, object]
    seconds: float


def run_set(service: Service, name: str, items: Sequence[Item], progress: Progress | None = None) -> Run:
    """Asks every question of ``items`` of the service as it is. Raises IndexUnusableError, CorpusError, ModelError."""
    begun = perf_counter()
    desk = service.open()
    calibration = load_calibration()
    results = ask_all(service, desk, items, progress)
    return Run(
        set=name,
        results=results,
        index={
            "generation": desk.generation.name,
            "corpus_hash": desk.generation.manifest.corpus_hash,
            "embedder": desk.generation.manifest.embedder.name,
            "embedder_fingerprint": desk.generation.manifest.embedder.fingerprint,
            "counts": dict(desk.generation.manifest.counts),
        },
        settings={"index": service.settings.index.model_dump(), "answering": {"model": service.settings.answering.model}},
        calibration=dict(calibration.provenance),
        seconds=round(perf_counter() - begun, 2),
    )


def ask_all(service: Service, desk: Desk, items: Sequence[Item], progress: Progress | None = None) -> tuple[Result, ...]:
    """What ``desk`` answers to every question, and found for it; the texts are those of the library of ``service``."""
    texts = texts_of(service, items)
    pool = _places(desk)
    documents = cache(service.library.document)  # each read is checked against its file's hash: once a run will do
    if items:  # the first question also reads the index from disk; that is not what a warm answer costs
        desk.ask(question_of(items[0]))
    results = []
    for number, item in enumerate(items, start=1):
        answer, looked = desk.asked(question_of(item))
        scores = score(item, answer, looked.hits[:CANDIDATES], pool, (texts, documents))
        results.append(Result(item, answer, Scored(item.id, item.seed, item.kind, scores)))
        if progress:
            progress(number, len(items))
    return tuple(results)


def question_of(item: Item) -> Question:
    """An item as the product is asked it."""
    return Question(item.question, item.as_of or REFERENCE_DAY, item.history, item.id)


def texts_of(service: Service, items: Sequence[Item]) -> Texts:
    """The canonical text of every document that a gold quote names; one that is not in this corpus has none."""
    quotes = (quote for item in items for group in (*item.evidence, item.accepted) for quote in group)
    texts = {}
    for document in dict.fromkeys(quote.document for quote in quotes):
        try:
            texts[document] = service.library.document(document).text
        except CorpusError:
            texts[document] = ""
    return texts


def _places(desk: Desk) -> list[Span]:
    return [(passage.document, passage.start, passage.end) for passage in desk.generation.passages]
