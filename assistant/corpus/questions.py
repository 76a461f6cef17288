"""Example questions that the keeper attaches to a sentence, list item or point of a document.

They only widen what the index finds a unit by; they are never shown as text of the document.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.problems import Problem, Severity, is_error
from assistant.corpus.schema import Key, Table, check_table, tables_in, unknown_sections
from assistant.corpus.tomlfile import TomlFile, read_toml
from assistant.records import Passage

QUESTIONS_FOLDER = "questions"
DRAFT = "concept"

_KEYS = {
    "quote": Key(str, required=True, filled=True),
    "questions": Key(list, required=True, filled=True),
    "status": Key(str, choices=(DRAFT,)),
}


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """Questions for the unit that begins with ``quote``; ``draft`` ones wait for the keeper's approval.

    Drafts take part in the index where the document has questions of the keeper beside them (see :func:`in_use`).
    """

    document: str
    quote: str
    questions: tuple[str, ...]
    draft: bool = False
    file: str = ""
    line: int = 0


def load_questions(corpus_folder: Path, document_id: str) -> tuple[QuestionEntry, ...]:
    """The example questions of a document; none where there is no file. Raises CorpusError with the line."""
    file = _open(corpus_folder, document_id)
    if file is None:
        return ()
    if isinstance(file, Problem):
        raise file.error()
    for problem in _problems(file):
        if is_error(problem):
            raise problem.error()
    return tuple(_entries(file, document_id))


def in_use(entries: Sequence[QuestionEntry]) -> Sequence[QuestionEntry]:
    """The entries that take part in the index: none of a document where all are drafts that no one has read.

    One question makes a document one with questions, whose sentences win or lose by theirs. By drafts of templates wrong
    sentences win: on the documents of ``eval run plain`` the precision of citations falls from 0.51 to 0.37 and false
    answers rise from 0.28 to 0.31, for an evidence recall of 0.39 instead of 0.37.
    """
    return () if all(entry.draft for entry in entries) else entries


def check_questions(corpus_folder: Path, document_id: str, text: str) -> list[Problem]:
    """Every problem of a document's question file, held against the document's canonical text."""
    file = _open(corpus_folder, document_id)
    if file is None:
        return []
    if isinstance(file, Problem):
        return [file]
    problems = [*_problems(file)]
    if not any(is_error(problem) for problem in problems):
        entries = _entries(file, document_id)
        problems += [*_anchor_problems(entries, text), *_waiting(entries)]
    return sorted(problems, key=lambda problem: problem.line)


def questions_for(
    passages: Iterable[Passage], entries: Iterable[QuestionEntry], *, drafts: bool = False
) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """For every passage id one tuple of questions per unit, in the order of the units.

    ``passages`` and ``entries`` are those of one document version. A quote is found whatever the white space, and may
    run on past its unit or passage; it counts for the unit in which it begins. A quote that is not there is passed
    over here: ``check_questions`` reports it.
    """
    known = tuple(passages)
    found: dict[str, list[list[str]]] = {passage.id: [[] for _ in passage.units] for passage in known}
    squeezed = _Squeezed(_canvas(known))
    for entry in entries:
        if entry.draft and not drafts:
            continue
        for start, end in squeezed.find(entry.quote):
            for passage in known:
                for index in _units_at(passage, start, end):
                    held = found[passage.id][index]
                    held.extend(question for question in entry.questions if question not in held)
    return {key: tuple(tuple(unit) for unit in units) for key, units in found.items()}


def _units_at(passage: Passage, start: int, end: int) -> list[int]:
    """The units that hold ``start``; else the first that begins within the quote (a marker may lie before a unit)."""
    holding = [index for index, unit in enumerate(passage.units) if unit.start <= start < unit.end]
    if holding or not passage.start <= start < passage.end:
        return holding
    return [index for index, unit in enumerate(passage.units) if start < unit.start < end][:1]


def _canvas(passages: Sequence[Passage]) -> str:
    """The document's text as far as passages hold it, at the document's own offsets, blank elsewhere."""
    canvas = [" "] * max((passage.end for passage in passages), default=0)
    for passage in passages:
        canvas[passage.start : passage.end] = passage.text
    return "".join(canvas)


class _Squeezed:
    """A text without its white space, with where each character stood."""

    def __init__(self, text: str) -> None:
        self._offsets = [index for index, char in enumerate(text) if not char.isspace()]
        self._text = "".join(text[index] for index in self._offsets)

    def find(self, quote: str) -> Iterator[tuple[int, int]]:
        """Start and end of every place where ``quote`` stands."""
        # Canonical text is NFKC; a quote copied from the original may not be.
        wanted = "".join(unicodedata.normalize("NFKC", quote).split())
        at = self._text.find(wanted) if wanted else -1
        while at >= 0:
            yield self._offsets[at], self._offsets[at + len(wanted) - 1] + 1
            at = self._text.find(wanted, at + 1)


def _open(corpus_folder: Path, document_id: str) -> TomlFile | Problem | None:
    name = f"{QUESTIONS_FOLDER}/{document_id}.toml"
    path = corpus_folder / name
    return read_toml(path, name) if path.exists() else None


def _problems(file: TomlFile) -> Iterator[Problem]:
    yield from unknown_sections(file, ("unit",))
    seen: dict[str, int] = {}
    for table in tables_in(file, "unit", "onderdeel", "-"):
        if isinstance(table, Problem):
            yield table
            continue
        problems = [*check_table(table, _KEYS)]
        yield from problems
        if problems:
            continue
        quote = "".join(table.values["quote"].split())
        if quote in seen:
            yield _warn(
                table,
                "duplicate-quote",
                f"Dit citaat staat ook al op regel {seen[quote]}.",
                "Voeg de vragen samen op één plaats.",
            )
        seen.setdefault(quote, file.line(*table.place))


def _entries(file: TomlFile, document_id: str) -> list[QuestionEntry]:
    return [
        QuestionEntry(
            document=document_id,
            quote=values["quote"],
            questions=tuple(values["questions"]),
            draft=values.get("status") == DRAFT,
            file=file.name,
            line=file.line("unit", index, "quote"),
        )
        for index, values in enumerate(file.values.get("unit", []))
    ]


def _anchor_problems(entries: Sequence[QuestionEntry], text: str) -> Iterator[Problem]:
    squeezed = _Squeezed(text)
    for entry in entries:
        places = len([*squeezed.find(entry.quote)])
        if places == 1:
            continue
        shown = f"{entry.quote[:60]}…" if len(entry.quote) > 60 else entry.quote
        if places == 0:
            code, message = "quote-not-found", f"Dit citaat staat niet in het document: '{shown}'."
            remedy = f"Neem de woorden letterlijk over uit 'regelwijzer corpus text {entry.document}'."
        else:
            code, message = "quote-ambiguous", f"Dit citaat staat {places} keer in het document: '{shown}'."
            remedy = "Maak het citaat langer; de vragen gelden nu voor al die plaatsen."
        # No error: the document still answers, only less easily found.
        yield Problem(code, entry.file, entry.line, "", message, remedy, Severity.WARNING)


def _waiting(entries: Sequence[QuestionEntry]) -> Iterator[Problem]:
    """Drafts that no one approved yet, of which the keeper must know: they help nobody, or were never read."""
    drafts = [entry for entry in entries if entry.draft]
    if drafts:
        count = sum(len(entry.questions) for entry in drafts)
        message = f"Hier en verder staan {count} voorbeeldvragen die nog concept zijn (bij {len(drafts)} onderdelen)."
        remedy = "Kijk ze na; haal bij wat goed is de regel met 'status' weg en verwijder wat niet klopt."
        yield Problem("draft-questions", drafts[0].file, drafts[0].line, "", message, remedy, Severity.WARNING)


def _warn(table: Table, code: str, message: str, remedy: str) -> Problem:
    line = table.file.line(*table.place, "quote")
    return Problem(code, table.file.name, line, table.name, message, remedy, Severity.WARNING)
