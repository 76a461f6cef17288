"""Questions that people ask and that no document of the corpus answers, as the keeper collects them.

They teach the judgement of evidence what an unanswered question looks like on this very subject; they are never shown.
They say something of the documents only that they were held against: a later one may answer them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.problems import Problem, Severity, is_error
from assistant.corpus.schema import Key, Table, check_table, tables_in, unknown_sections
from assistant.corpus.tomlfile import Place, TomlFile, read_toml

UNANSWERED_NAME = "unanswered.toml"

_KEYS = {
    "about": Key(str, required=True, filled=True),
    "document": Key(str),
    "questions": Key(list, required=True, filled=True),
}


@dataclass(frozen=True, slots=True)
class UnansweredGroup:
    """Questions about one thing; ``document`` is the id of a document outside the corpus in which the answer may stand."""

    about: str
    questions: tuple[str, ...]
    document: str = ""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The groups in the order of the file, and the ids of the ``documents`` that they were held against."""

    documents: tuple[str, ...] = ()
    groups: tuple[UnansweredGroup, ...] = ()

    @property
    def questions(self) -> tuple[tuple[str, str], ...]:
        """Every question once, with the document outside the corpus in which its answer may stand."""
        held: dict[str, str] = {}
        for group in self.groups:
            for question in group.questions:
                held.setdefault(question, group.document)
        return tuple(held.items())


def load_unanswered(corpus_folder: Path) -> Unanswered:
    """The list; an empty one where there is no file. Raises CorpusError with the line."""
    file = _open(corpus_folder)
    if file is None:
        return Unanswered()
    if isinstance(file, Problem):
        raise file.error()
    for problem in _problems(file):
        if is_error(problem):
            raise problem.error()
    groups = (
        UnansweredGroup(values["about"], tuple(values["questions"]), values.get("document", ""))
        for values in file.values.get("group", [])
    )
    return Unanswered(tuple(file.values.get("documents", ())), tuple(groups))


def check_unanswered(corpus_folder: Path, known: Collection[str] | None = None) -> list[Problem]:
    """Every problem of the file; none where there is no file. ``known`` are the catalogue's ids, where it can be read."""
    file = _open(corpus_folder)
    if file is None:
        return []
    if isinstance(file, Problem):
        return [file]
    problems = [*_problems(file)]
    if known is not None and not problems:
        problems = [*_unknown_documents(file, known)]
    return sorted(problems, key=lambda problem: problem.line)


def _unknown_documents(file: TomlFile, known: Collection[str]) -> Iterator[Problem]:
    named: list[tuple[Place, str, str]] = [((), "documents", name) for name in file.values["documents"]]
    for index, values in enumerate(file.values.get("group", [])):
        named += [(("group", index), "document", values["document"])] if values.get("document") else []
    for place, key, name in named:
        if name not in known:
            message = f"'{key}' noemt '{name}'; dat document staat niet in de catalogus."
            remedy = "Verbeter de naam, of neem het document op in de catalogus."
            line = file.line(*place, key)
            yield Problem("unknown-document", file.name, line, "", message, remedy, Severity.WARNING)


def _open(corpus_folder: Path) -> TomlFile | Problem | None:
    path = corpus_folder / UNANSWERED_NAME
    return read_toml(path, UNANSWERED_NAME) if path.exists() else None


def _problems(file: TomlFile) -> Iterator[Problem]:
    yield from unknown_sections(file, ("documents", "group"))
    head = {name: value for name, value in file.values.items() if name == "documents"}
    yield from check_table(Table(file, (), "", head), {"documents": Key(list, required=True, filled=True)})
    for table in tables_in(file, "group", "groep", "about"):
        if isinstance(table, Problem):
            yield table
        else:
            yield from check_table(table, _KEYS)
