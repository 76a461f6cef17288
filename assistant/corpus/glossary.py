"""The glossary: what people say, what the documents say, and what must never be swapped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.corpus.problems import Problem, Severity
from assistant.corpus.schema import Key, Table, check_table, tables_in, unknown_sections
from assistant.corpus.tomlfile import TomlFile, read_toml
from assistant.language.tokens import words

GLOSSARY_NAME = "glossary.toml"

_LISTS = ("variants", "lay", "abbreviations", "not_same_as", "english")
_KEYS = {
    "term": Key(str, required=True, filled=True),
    "explanation": Key(str),
    **{name: Key(list) for name in _LISTS},
}


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: the documents' ``term``, other ways to write it, what people say, and what it is not."""

    term: str
    variants: tuple[str, ...] = ()
    lay: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    explanation: str = ""
    not_same_as: tuple[str, ...] = ()
    english: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Every Dutch way to say it, the term first."""
        return (self.term, *self.variants, *self.abbreviations, *self.lay)


def load_glossary(corpus_folder: Path) -> tuple[Concept, ...]:
    """All concepts in the order of the file; none where there is no glossary. Raises CorpusError with the line."""
    path = corpus_folder / GLOSSARY_NAME
    if not path.exists():
        return ()
    file = read_toml(path, GLOSSARY_NAME)
    if isinstance(file, Problem):
        raise file.error()
    for problem in _errors(file):
        raise problem.error()
    return tuple(_concept(values) for values in file.values.get("concept", []))


def _concept(values: Mapping[str, Any]) -> Concept:
    lists = {name: tuple(values.get(name, ())) for name in _LISTS}
    return Concept(term=values["term"], explanation=values.get("explanation", ""), **lists)


def check_glossary(corpus_folder: Path) -> list[Problem]:
    """Every problem of the glossary; that there is none is a warning."""
    path = corpus_folder / GLOSSARY_NAME
    if not path.exists():
        message = "Er is geen woordenlijst; gewone woorden en afkortingen worden dan minder goed begrepen."
        remedy = f"Zet {GLOSSARY_NAME} terug in de map corpus."
        return [Problem("glossary-missing", GLOSSARY_NAME, 0, "", message, remedy, Severity.WARNING)]
    file = read_toml(path, GLOSSARY_NAME)
    if isinstance(file, Problem):
        return [file]
    found = [*_errors(file), *_warnings(_sound_tables(file))]
    return sorted(found, key=lambda problem: problem.line)


def _errors(file: TomlFile) -> Iterator[Problem]:
    yield from unknown_sections(file, ("concept",))
    for table in tables_in(file, "concept", "begrip", "term"):
        if isinstance(table, Problem):
            yield table
        else:
            yield from check_table(table, _KEYS)
    first: dict[str, Table] = {}
    for table in _sound_tables(file):
        before = first.setdefault(_folded(table.values["term"]), table)
        if before is not table:
            message = f"Het begrip '{table.values['term']}' staat ook al op regel {_line(before)}."
            yield table.problem("duplicate-term", "term", message, "Voeg de twee samen.")


def _sound_tables(file: TomlFile) -> list[Table]:
    """The concepts that are right in themselves and can be held against each other."""
    found = tables_in(file, "concept", "begrip", "term")
    return [table for table in found if isinstance(table, Table) and not any(check_table(table, _KEYS))]


def _warnings(tables: list[Table]) -> Iterator[Problem]:
    yield from _ambiguous(tables)
    yield from _opposites(tables)


def _ambiguous(tables: list[Table]) -> Iterator[Problem]:
    """A written form of two concepts is allowed but deserves a look, for it means two things.

    What people say (``lay``) is loose by nature, so there sharing a word is no problem at all.
    """
    owners: dict[str, Table] = {}
    for table in tables:
        owners.setdefault(_folded(table.values["term"]), table)
    for table in tables:
        own = _folded(table.values["term"])
        for key in ("variants", "abbreviations"):
            for name in table.values.get(key, []):
                owner = owners.setdefault(_folded(name), table)
                if _folded(owner.values["term"]) != own:
                    message = f"'{name}' hoort ook bij '{owner.values['term']}' (regel {_line(owner)})."
                    yield _warn(table, "ambiguous-word", key, message, "Kijk of het woord echt twee dingen betekent.")


def _opposites(tables: list[Table]) -> Iterator[Problem]:
    """What a concept is not must be another concept of the list."""
    own = [{_folded(name) for name in _concept(table.values).names()} for table in tables]
    known = set().union(*own)
    for table, names in zip(tables, own, strict=True):
        for name in table.values.get("not_same_as", []):
            if _folded(name) in names:
                message = f"'not_same_as' noemt '{name}'; dat is dit begrip zelf."
                yield _warn(table, "same-term", "not_same_as", message, "Haal het weg, of noem het begrip dat u bedoelt.")
            elif _folded(name) not in known:
                yield _warn(
                    table,
                    "unknown-term",
                    "not_same_as",
                    f"'not_same_as' noemt '{name}'; dat begrip staat niet in de lijst.",
                    "Neem het begrip op, of verbeter de schrijfwijze.",
                )


def _line(table: Table) -> int:
    return table.file.line(*table.place)


def _folded(name: str) -> str:
    return " ".join(words(name))


def _warn(table: Table, code: str, key: str, message: str, remedy: str) -> Problem:
    line = table.file.line(*table.place, key)
    return Problem(code, table.file.name, line, table.name, message, remedy, Severity.WARNING)
