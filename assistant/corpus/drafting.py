"""Drafts example questions for the units of a document that have none, and keeps them as drafts in its question file.

What the keeper wrote is never changed: drafts are put behind it, each with ``status = "concept"``. They are a start for the
keeper, who reads them, mends them, and takes the status away, or throws them out. Until one of them was read they do not
count: as they are, drafts by templates do more harm than good (the figures: ``questions.in_use``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import tomlkit

from assistant.corpus.atomic import storage_errors, write_atomic
from assistant.corpus.glossary import load_glossary
from assistant.corpus.library import Library
from assistant.corpus.model_drafts import Ask, Wanted, batches, model_questions
from assistant.corpus.questions import DRAFT, QUESTIONS_FOLDER, QuestionEntry, load_questions, questions_for
from assistant.corpus.shelf import open_shelf
from assistant.corpus.templates import Templates
from assistant.corpus.topics import TopicFinder
from assistant.errors import ModelError
from assistant.records import Passage, Source
from assistant.structuring import passages, structure

_SHORTEST_QUOTE = 60
_LONGEST_QUOTE = 400

Told = Callable[[int, int], None]  # units done, units in all


@dataclass(frozen=True, slots=True)
class Drafted:
    """What was drafted for a document: how many questions for how many units, and what the model could not do."""

    source: Source
    file: str
    units: int
    questions: int
    by_model: int = 0
    trouble: ModelError | None = None


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """How many units of a document have questions of the keeper, drafts only, or none."""

    kept: int = 0
    drafts: int = 0
    without: int = 0


@dataclass
class _Made:
    entries: list[tuple[Wanted, tuple[str, ...]]] = field(default_factory=list)
    by_model: int = 0
    trouble: ModelError | None = None


def draft_questions(
    library: Library, document_id: str, today: date, ask: Ask | None = None, told: Told | None = None
) -> Drafted:
    """Writes draft questions for every unit of a document that has none. Without ``ask`` they are made by templates.

    A second time there is nothing left to do, and nothing is written. Raises CorpusError, BusyError or StorageError; a model
    that fails costs no draft: templates take its place, and ``trouble`` tells.
    """
    source = library.source(document_id)
    document = library.document(document_id)
    own = passages(document, structure(document))
    name = f"{QUESTIONS_FOLDER}/{document_id}.toml"
    templates = Templates(TopicFinder(load_glossary(library.folder)))
    with open_shelf(library.folder):
        wanted = _without_questions(library.folder, document_id, own)
        made = _drafts(source.title, wanted, templates, ask, told)
        entries = [(_quote(document.text, each), questions) for each, questions in made.entries if questions]
        if entries:
            _append(library.folder / name, entries, "taalmodel" if made.by_model else "sjablonen", today)
    count = sum(len(questions) for _, questions in entries)
    return Drafted(source, name, len(entries), count, made.by_model, made.trouble)


def count_questions(library: Library, source: Source) -> QuestionCounts:
    """How the units of a document stand; all zero for a document whose text is not there. Raises CorpusError."""
    reading = library.reading_of(source)
    if reading.document is None:
        return QuestionCounts()
    own = passages(reading.document, structure(reading.document))
    entries = load_questions(library.folder, source.id)
    kept = _with_questions(own, [entry for entry in entries if not entry.draft])
    drafts = _with_questions(own, entries) - kept
    every = sum(len(passage.units) for passage in own)
    return QuestionCounts(len(kept), len(drafts), every - len(kept) - len(drafts))


def _with_questions(own: Sequence[Passage], entries: Sequence[QuestionEntry]) -> set[tuple[str, int]]:
    """The units, by passage and place, that any of the entries holds a question for."""
    asked = questions_for(own, entries, drafts=True)
    return {(passage, at) for passage, units in asked.items() for at, questions in enumerate(units) if questions}


def _without_questions(folder: Path, document_id: str, own: Sequence[Passage]) -> list[Wanted]:
    having = _with_questions(own, load_questions(folder, document_id))
    return [
        Wanted(passage, unit)
        for passage in own
        for at, unit in enumerate(passage.units)
        if (passage.id, at) not in having and any(char.isalpha() for char in unit.text)
    ]


def _drafts(title: str, wanted: Sequence[Wanted], templates: Templates, ask: Ask | None, told: Told | None) -> _Made:
    """Drafts in the order of the document. After a failure the model is not asked again: it would only cost time."""
    made = _Made()
    for batch in batches(wanted):
        written: list[tuple[str, ...]] = [()] * len(batch)
        if ask is not None and made.trouble is None:
            try:
                written = model_questions(title, batch, ask)
            except ModelError as error:
                made.trouble = error
        for each, questions in zip(batch, written, strict=True):
            made.by_model += bool(questions)
            made.entries.append((each, questions or templates.questions(each.passage, each.unit)))
        if told is not None:
            told(len(made.entries), len(wanted))
    return made


def _quote(text: str, wanted: Wanted) -> str:
    """The beginning of a unit, so long that it stands only there in the document's text; on one line."""
    start, end = wanted.unit.start, wanted.unit.end
    stop = min(end, start + _SHORTEST_QUOTE)
    squeezed = "".join(text.split())
    last = min(len(text), start + _LONGEST_QUOTE)
    while stop < last and (squeezed.count("".join(text[start:stop].split())) > 1 or not text[stop].isspace()):
        stop += 1
    return " ".join(text[start:stop].split())


def _append(path: Path, entries: Sequence[tuple[str, tuple[str, ...]]], how: str, today: date) -> None:
    """Puts the drafts behind what the file holds, which stays as it is, byte for byte."""
    with storage_errors(path):
        before = path.read_bytes().decode("utf-8-sig").rstrip() if path.is_file() else ""
    parts = [before] if before else []
    parts.append(
        f"# ---- Concepten van {today} ({how}). Kijk ze na: verbeter de vragen en haal bij wat goed is de regel met ----\n"
        f"# ---- 'status' weg; verwijder wat niet klopt. Ze tellen pas mee als u de eerste vragen hebt goedgekeurd. ----"
    )
    parts += [_entry(quote, questions) for quote, questions in entries]
    write_atomic(path, ("\n\n".join(parts) + "\n").encode())


def _entry(quote: str, questions: Sequence[str]) -> str:
    listed = "".join(f"  {_toml(question)},\n" for question in questions)
    return f'[[unit]]\nquote = {_toml(quote)}\nstatus = "{DRAFT}"\nquestions = [\n{listed}]'


def _toml(text: str) -> str:
    return tomlkit.string(text).as_string()
