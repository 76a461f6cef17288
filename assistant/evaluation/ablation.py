"""What each signal is worth: the same questions with one signal off at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from assistant.answering.calibration import Calibration, load_calibration
from assistant.answering.units import Features
from assistant.corpus.glossary import Concept, load_glossary
from assistant.evaluation.questions import Item
from assistant.evaluation.runner import ask_all
from assistant.evaluation.summary import Summary, summarise
from assistant.indexing import BuildOptions, Generation, OpenOptions, build_generation, open_current
from assistant.service import EXACT_UNTIL, Service, desk_over

Progress = Callable[[str], None]

SIGNALS = ("words", "grams", "vectors")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a desk is put together from. An ablation is these parts with one of them changed."""

    generation: Generation
    concepts: Sequence[Concept]
    calibration: Calibration


def ablate(service: Service, items: Sequence[Item], progress: Progress | None = None) -> Iterator[tuple[str, Summary]]:
    """For every ablation its name and the measures of ``items``, beginning with everything on.

    Everything is measured at the parameters as they are fitted: what is off is not made up for by a new fit.
    """
    parts = Parts(service.generation, load_glossary(service.home.corpus), load_calibration())
    with (
        tempfile.TemporaryDirectory(prefix="regelwijzer-eval-") as folder,
        indexed_without(service, Path(folder, "bare"), examples=True) as bare,
        indexed_without(service, Path(folder, "answered"), examples=False) as answered,
    ):
        for name, changed in _variants(parts, bare, answered):
            if progress:
                progress(name)
            desk = desk_over(changed.generation, service.embedder, changed.concepts, changed.calibration)
            results = ask_all(service, desk, items)
            yield name, summarise([result.scored for result in results])


def _variants(parts: Parts, bare: Generation, answered: Generation) -> Iterator[tuple[str, Parts]]:
    """Everything on; each search signal off; no glossary; without the keeper's questions; each feature of evidence off."""
    fitted = parts.calibration
    yield "alles", parts
    for signal in SIGNALS:
        search = replace(fitted.search, **{signal: 0.0})
        yield f"zoeken zonder {signal}", replace(parts, calibration=replace(fitted, search=search))
    yield "zonder begrippenlijst", replace(parts, concepts=())
    yield "zonder onbeantwoorde vragen", replace(parts, generation=answered)
    yield "zonder vragen van de beheerder", replace(parts, generation=bare)
    for at, field in enumerate(fields(Features)):
        units = tuple(0.0 if n == at else weight for n, weight in enumerate(fitted.asked.units))
        rules = replace(fitted.asked, units=units)
        yield f"bewijs zonder {field.name}", replace(parts, calibration=replace(fitted, asked=rules))


def indexed_without(service: Service, folder: Path, *, examples: bool) -> Generation:
    """The same corpus, indexed in ``folder`` without the unanswered questions, and without the ``examples`` too if asked."""
    material, _ = service.material()
    questions = {} if examples else material.questions
    folder.mkdir()
    build_generation(
        folder, replace(material, questions=questions, unanswered=(), judged=()), service.embedder, BuildOptions(keep=1)
    )
    return open_current(folder, options=OpenOptions(exact_until=EXACT_UNTIL))
