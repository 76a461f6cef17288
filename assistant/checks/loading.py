"""Reads the checks of ``corpus/checks/`` and holds every quote in them against the documents.

A check whose quote no longer stands literally in the published text is not used: it would say what the rules were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.checks.model import YES_NO, Check, CheckQuestion, Outcome, Quoted, Rule, Verdict
from assistant.corpus.library import Library
from assistant.corpus.problems import Problem, Severity
from assistant.corpus.schema import Key, Table, check_table, tables_in, unknown_sections
from assistant.corpus.tomlfile import TomlFile, read_toml
from assistant.errors import CorpusError
from assistant.records import DocumentStatus

CHECKS_FOLDER = "checks"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HINT = "Gebruik kleine letters, cijfers en streepjes."
_SOURCE = {"document": Key(str, filled=True), "quotes": Key(list, required=True, filled=True)}
_TOP = {"title": Key(str, required=True, filled=True), "about": Key(str, required=True, filled=True), "document": Key(str)}
_QUESTION = {
    "id": Key(str, required=True, pattern=_ID, hint=_HINT),
    "text": Key(str, required=True, filled=True),
    "kind": Key(str, required=True, choices=("ja/nee", "keuze")),
    "options": Key(list, filled=True),
    "help": Key(str),
    **_SOURCE,
}
_RULE = {
    "when": Key(dict, required=True),
    "outcome": Key(str, required=True, choices=[verdict.value for verdict in Verdict]),
    "text": Key(str, required=True, filled=True),
    **_SOURCE,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A check by its file's name, or the problem that keeps it from being used."""

    id: str
    check: Check | None
    problem: Problem | None = None


def load_checks(library: Library) -> tuple[Loaded, ...]:
    """Every check of the corpus, in the order of their names."""
    return tuple(_load(library, path) for path in sorted((library.folder / CHECKS_FOLDER).glob("*.toml")))


def load_check(library: Library, name: str) -> Check:
    """One check. Raises CorpusError for an unknown one, and for one that must not be used, with the reason."""
    every = load_checks(library)
    for loaded in every:
        if loaded.id == name:
            if loaded.check is None:
                assert loaded.problem is not None
                raise CorpusError(
                    "check-unusable",
                    f"Check '{name}' kan nu niet worden gebruikt. {loaded.problem.where}: {loaded.problem.message}",
                    loaded.problem.remedy,
                )
            return loaded.check
    known = ", ".join(loaded.id for loaded in every) or "geen enkele"
    raise CorpusError("unknown-check", f"Check '{name}' is onbekend.", f"Bekend zijn: {known}.")


def check_checks(library: Library) -> list[Problem]:
    """Everything that is wrong with the checks, held against the documents.

    As warnings: a check that must not be used keeps no question from being answered.
    """
    found: list[Problem] = []
    for path in sorted((library.folder / CHECKS_FOLDER).glob("*.toml")):
        file = read_toml(path, f"{CHECKS_FOLDER}/{path.name}")
        found += [file] if isinstance(file, Problem) else _problems(library, file, path.stem)
    return [replace(problem, severity=Severity.WARNING) for problem in found]


def _load(library: Library, path: Path) -> Loaded:
    file = read_toml(path, f"{CHECKS_FOLDER}/{path.name}")
    if isinstance(file, Problem):
        return Loaded(path.stem, None, file)
    problem = next(_problems(library, file, path.stem), None)
    return Loaded(path.stem, None, problem) if problem else Loaded(path.stem, _check(file, path.stem))


def _check(file: TomlFile, name: str) -> Check:
    values = file.values
    questions = tuple(
        CheckQuestion(
            id=q["id"],
            text=q["text"],
            kind=q["kind"],
            options=_options(q),
            quotes=_quotes(q, values),
            help=q.get("help", ""),
        )
        for q in values["question"]
    )
    rules = tuple(
        Rule(
            when={name: _accepted(answers) for name, answers in r["when"].items()},
            outcome=Outcome(Verdict(r["outcome"]), " ".join(r["text"].split())),
            quotes=_quotes(r, values),
            line=file.line("rule", at),
        )
        for at, r in enumerate(values["rule"])
    )
    return Check(name, values["title"], values["about"], questions, rules)


def _options(question: Mapping[str, Any]) -> tuple[str, ...]:
    return YES_NO if question["kind"] == "ja/nee" else tuple(question["options"])


def _accepted(answers: Any) -> tuple[str, ...]:
    return (answers,) if isinstance(answers, str) else tuple(answers)


def _quotes(table: Mapping[str, Any], top: Mapping[str, Any]) -> tuple[Quoted, ...]:
    document = table.get("document", top.get("document", ""))
    return tuple(Quoted(document, quote) for quote in table["quotes"])


def _problems(library: Library, file: TomlFile, name: str) -> Iterator[Problem]:
    """All problems of one check; conditions and quotes only where the form is right."""
    yield from unknown_sections(file, (*_TOP, "question", "rule"))
    top = {key: value for key, value in file.values.items() if key in _TOP}
    own = [*check_table(Table(file, (), name, top), _TOP)]
    tables: dict[str, list[Table]] = {"question": [], "rule": []}
    for section, keys in (("question", _QUESTION), ("rule", _RULE)):
        for table in tables_in(file, section, "vraag" if section == "question" else "regel", "id"):
            if isinstance(table, Problem):
                own.append(table)
                continue
            own += check_table(table, keys)
            tables[section].append(table)
        if not tables[section]:
            own.append(Problem("missing-key", file.name, 0, "", f"Er is geen [[{section}]].", "Vul het aan."))
    yield from own
    if own:
        return
    yield from _question_problems(tables["question"])
    yield from _rule_problems(tables["question"], tables["rule"])
    for table in (*tables["question"], *tables["rule"]):
        yield from _quote_problems(library, table, _quotes(table.values, file.values))


def _question_problems(questions: list[Table]) -> Iterator[Problem]:
    seen: set[str] = set()
    for table in questions:
        if table.values["id"] in seen:
            yield table.problem("duplicate-id", "id", "Deze vraag is er twee keer.", "Geef elke vraag een eigen id.")
        seen.add(table.values["id"])
        choice = table.values["kind"] == "keuze"
        if choice != ("options" in table.values):
            need = "'options' ontbreekt." if choice else "Een vraag met ja/nee heeft geen 'options'."
            yield table.problem("wrong-options", "kind", need, "Een vraag met 'keuze' noemt haar antwoorden in 'options'.")


def _rule_problems(questions: list[Table], rules: list[Table]) -> Iterator[Problem]:
    known = {q.values["id"]: q.values for q in questions}
    for table in rules:
        for name, answers in table.values["when"].items():
            if name not in known:
                yield table.problem(
                    "unknown-question",
                    "when",
                    f"'{name}' is geen vraag van deze check.",
                    f"Bekend zijn: {', '.join(known)}.",
                )
                continue
            options = YES_NO if known[name]["kind"] == "ja/nee" else tuple(known[name].get("options", ()))
            fits = isinstance(answers, str | list) and answers and all(each in options for each in _accepted(answers))
            if not fits:
                yield table.problem(
                    "unknown-value", "when", f"'{name}' kan niet '{answers}' zijn.", f"Kies uit: {', '.join(options)}."
                )


def _quote_problems(library: Library, table: Table, quotes: tuple[Quoted, ...]) -> Iterator[Problem]:
    for quoted in quotes:
        source = library.catalogue.by_id.get(quoted.document)
        if source is None or source.status is not DocumentStatus.PUBLISHED:
            yield table.problem(
                "check-document",
                "quotes",
                f"Het document '{quoted.document}' is niet gepubliceerd.",
                "Noem in 'document' een document dat in gebruik is, of haal deze check weg.",
            )
            continue
        try:
            places = library.document(source.id).text.count(quoted.quote)
        except CorpusError as error:
            yield table.problem("check-document", "quotes", error.message, error.remedy)
            continue
        if places != 1:
            shown = f"{quoted.quote[:60]}…" if len(quoted.quote) > 60 else quoted.quote
            what = f"staat er {places} keer" if places else "staat er niet (meer)"
            yield table.problem(
                "quote-ambiguous" if places else "quote-not-found",
                "quotes",
                f"Dit citaat {what} in '{quoted.document}': '{shown}'.",
                f"Kijk of de regel nog klopt; neem de woorden over uit 'regelwijzer corpus text {quoted.document}'.",
            )
