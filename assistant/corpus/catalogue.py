"""The catalogue of all known documents, checked strictly before anything else uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assistant.corpus.originals import check_original
from assistant.corpus.problems import Problem, Severity
from assistant.corpus.schema import SHA_HINT, SHA_PATTERN, Key, Table, check_table, tables_in, unknown_sections
from assistant.corpus.tomlfile import TomlFile, parse_toml, read_toml
from assistant.records import DocumentKind, DocumentStatus, Source

CATALOGUE_NAME = "catalogue.toml"
ID_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_HINT = "Gebruik kleine letters, cijfers en streepjes, zoals zorgstandaard-dementie."
# The host strictly: whoever opens or fetches an address must be able to take it apart.
SOURCE_URL = re.compile(r"(https?://([\w.:%-]+@)?([\w.-]+|\[::1\])(:\d{1,5})?([/?#]\S*)?)?")
SOURCE_URL_HINT = "Een adres ziet eruit als https://voorbeeld.nl/document."

_KIND_KEYS = {
    "label": Key(str, required=True, filled=True),
    "rank": Key(int, required=True),
    "binding": Key(str, required=True, filled=True),
}
_DOCUMENT_KEYS = {
    "id": Key(str, required=True, pattern=ID_PATTERN, hint=ID_HINT),
    "title": Key(str, required=True, filled=True),
    "publisher": Key(str, required=True),
    "kind": Key(str, required=True, filled=True),
    "status": Key(str, required=True, choices=[status.value for status in DocumentStatus]),
    "date": Key(date),
    "valid_from": Key(date),
    "valid_until": Key(date),
    "replaces": Key(str),
    "source_url": Key(str, pattern=SOURCE_URL, hint=SOURCE_URL_HINT),
    "owner": Key(str),
    "review_by": Key(date),
    "language": Key(str, pattern=re.compile(r"[a-z]{2}"), hint='Gebruik een taalcode van twee letters, zoals "nl".'),
    "file": Key(str, filled=True),
    "sha256": Key(str, pattern=SHA_PATTERN, hint=SHA_HINT),
    "names": Key(list),
    "holds": Key(str),
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All kinds by id, and all documents in the order of the file."""

    kinds: Mapping[str, DocumentKind]
    sources: tuple[Source, ...]
    by_id: Mapping[str, Source]

    def with_status(self, status: DocumentStatus) -> tuple[Source, ...]:
        """The documents that stand so."""
        return tuple(source for source in self.sources if source.status is status)

    def successors(self, document_id: str) -> tuple[Source, ...]:
        """The published documents that replace this one."""
        return tuple(source for source in self.with_status(DocumentStatus.PUBLISHED) if source.replaces == document_id)


def load_catalogue(corpus_folder: Path, *, verify_files: bool = True) -> Catalogue:
    """Reads and checks ``catalogue.toml``; with ``verify_files`` also that every file is there and unchanged.

    Raises CorpusError for the first problem, with its file, line and entry.
    """
    return build_catalogue(open_catalogue(corpus_folder), corpus_folder if verify_files else None)


def parse_catalogue(source: str) -> Catalogue:
    """The catalogue that this TOML text would give, files aside. Raises CorpusError like ``load_catalogue``."""
    file = parse_toml(source, CATALOGUE_NAME)
    if isinstance(file, Problem):
        raise file.error()
    return build_catalogue(file, None)


def check_catalogue(corpus_folder: Path, today: date | None = None) -> list[Problem]:
    """Every problem of the catalogue and its files, errors and warnings, in the order of the file."""
    file = _open(corpus_folder)
    if isinstance(file, Problem):
        return [file]
    found = [*catalogue_problems(file, corpus_folder), *_warnings(file, today or date.today())]
    return sorted(found, key=lambda problem: problem.line)


def open_catalogue(corpus_folder: Path) -> TomlFile:
    """The catalogue file, parsed and not yet checked. Raises CorpusError."""
    file = _open(corpus_folder)
    if isinstance(file, Problem):
        raise file.error()
    return file


def _open(corpus_folder: Path) -> TomlFile | Problem:
    path = corpus_folder / CATALOGUE_NAME
    if path.is_file():
        return read_toml(path, CATALOGUE_NAME)
    return Problem(
        "catalogue-missing",
        str(path),
        0,
        "",
        "Er is geen catalogus.",
        f"Zet een {CATALOGUE_NAME} in deze map, of wijs met --home een andere map aan.",
    )


def build_catalogue(file: TomlFile, corpus_folder: Path | None) -> Catalogue:
    """The catalogue of a parsed file, or CorpusError for its first problem."""
    for problem in catalogue_problems(file, corpus_folder):
        raise problem.error()
    kinds = {name: DocumentKind(name, **values) for name, values in file.values.get("kinds", {}).items()}
    sources = tuple(_source(values, kinds) for values in file.values.get("document", []))
    by_id = {source.id: source for source in sources}
    return Catalogue(MappingProxyType(kinds), sources, MappingProxyType(by_id))


def _source(values: Mapping[str, Any], kinds: Mapping[str, DocumentKind]) -> Source:
    renamed = {("version" if key == "sha256" else key): value for key, value in values.items()}
    renamed["kind"] = kinds[values["kind"]]
    renamed["status"] = DocumentStatus(values["status"])
    renamed["names"] = tuple(values.get("names", ()))
    return Source(**renamed)


def catalogue_problems(file: TomlFile, corpus_folder: Path | None) -> Iterator[Problem]:
    """All errors; entries that are wrong in themselves are left out of the checks between entries and of files."""
    yield from unknown_sections(file, ("kinds", "document"))
    kinds = file.values.get("kinds", {})
    if not isinstance(kinds, dict) or not all(isinstance(values, dict) for values in kinds.values()):
        yield Problem(
            "wrong-type", file.name, file.line("kinds"), "", "'kinds' heeft een vorm die niet kan.", "Schrijf [kinds.wet]."
        )
        kinds = {}
    for name, values in kinds.items():
        yield from _kind_problems(Table(file, ("kinds", name), f"soort {name}", values))
    tables: list[Table] = []
    for table in tables_in(file, "document", "document", "id"):
        if isinstance(table, Problem):
            yield table
            continue
        problems = [*check_table(table, _DOCUMENT_KEYS)]
        yield from problems
        if not problems:
            tables.append(table)
    yield from _between(file, tables)
    for table in tables:
        yield from _document_problems(table, kinds, corpus_folder)


def _kind_problems(table: Table) -> Iterator[Problem]:
    problems = [*check_table(table, _KIND_KEYS)]
    yield from problems
    if not problems and table.values["rank"] < 1:
        yield table.problem("bad-value", "rank", "'rank' moet 1 of hoger zijn.", "1 bindt het meest.")


def _document_problems(table: Table, kinds: Mapping[str, Any], corpus_folder: Path | None) -> Iterator[Problem]:
    values = table.values
    if values["kind"] not in kinds:
        known = ", ".join(kinds) or "geen enkele"
        yield table.problem("unknown-kind", "kind", f"De soort '{values['kind']}' is onbekend.", f"Bekend zijn: {known}.")
    yield from _date_problems(table)
    if values["status"] == DocumentStatus.MISSING:
        for key in ("file", "sha256"):
            if key in values:
                yield table.problem(
                    "missing-with-file",
                    key,
                    f"Het document ontbreekt volgens 'status', maar '{key}' is ingevuld.",
                    f"Haal '{key}' weg, of voeg het document toe met 'regelwijzer corpus add'.",
                )
        return
    absent = [key for key in ("file", "sha256") if key not in values]
    for key in absent:
        yield table.problem("missing-key", "", f"'{key}' ontbreekt.", 'Vul het aan, of zet status op "ontbreekt".')
    if not absent and corpus_folder is not None:
        yield from check_original(table, corpus_folder)


def _date_problems(table: Table) -> Iterator[Problem]:
    pairs = (
        ("valid_from", "valid_until", "begint pas te gelden na de dag waarop het ophoudt te gelden"),
        ("date", "review_by", "is van na de dag waarop het bekeken moet zijn"),
    )
    for first, last, what in pairs:
        begin, end = table.values.get(first), table.values.get(last)
        if begin and end and begin > end:
            yield table.problem(
                "impossible-dates", last, f"Het document {what} ({begin} en {end}).", f"Verbeter '{first}' of '{last}'."
            )


def _between(file: TomlFile, tables: list[Table]) -> Iterator[Problem]:
    """Ids, files and versions must be unique; ``replaces`` names another document and never runs in a circle."""
    for key, code in (("id", "duplicate-id"), ("file", "duplicate-file"), ("sha256", "duplicate-file")):
        seen: dict[str, int] = {}
        for table in tables:
            value = table.values.get(key)
            if value in seen:
                yield table.problem(
                    code,
                    key,
                    f"{key} '{value}' staat ook al op regel {seen[value]}.",
                    "Verander of verwijder een van de twee.",
                )
            elif value:
                seen[value] = file.line(*table.place, key)
    replaces = {table.values["id"]: table.values.get("replaces", "") for table in tables}
    every = {values.get("id") for values in file.values.get("document", []) if isinstance(values, dict)}
    for table in tables:
        target = table.values.get("replaces", "")
        if target and target not in every:
            yield table.problem(
                "unknown-replaces",
                "replaces",
                f"'replaces' noemt '{target}'; dat document staat niet in de catalogus.",
                "Neem het vervangen document op, of haal 'replaces' weg.",
            )
        elif _in_circle(table.values["id"], replaces):
            yield table.problem(
                "replaces-circle", "replaces", "'replaces' loopt in een kring.", "Haal een van de verwijzingen weg."
            )


def _in_circle(start: str, replaces: Mapping[str, str]) -> bool:
    seen = set()
    current = replaces.get(start, "")
    while current and current not in seen:
        if current == start:
            return True
        seen.add(current)
        current = replaces.get(current, "")
    return False


def _warnings(file: TomlFile, today: date) -> Iterator[Problem]:
    """What asks for the keeper's attention, of the entries that are right in themselves."""
    published = 0
    for table in tables_in(file, "document", "document", "id"):
        if isinstance(table, Problem) or any(check_table(table, _DOCUMENT_KEYS)):
            continue
        review, status = table.values.get("review_by"), table.values["status"]
        published += status == DocumentStatus.PUBLISHED
        if review and review < today and status not in (DocumentStatus.RETIRED, DocumentStatus.MISSING):
            yield _warn(
                table,
                "review-overdue",
                "review_by",
                f"Dit document had op {review} opnieuw bekeken moeten zijn.",
                "Kijk of het nog klopt en zet 'review_by' op een latere datum.",
            )
        until = table.values.get("valid_until")
        if until and until < today and status == DocumentStatus.PUBLISHED:
            yield _warn(
                table,
                "validity-over",
                "valid_until",
                f"Dit document geldt niet meer sinds {until}.",
                "Voeg de opvolger toe, of trek het document in met 'regelwijzer corpus retire'.",
            )
    if not published:
        yield Problem(
            "corpus-empty",
            file.name,
            0,
            "",
            "Er is geen enkel document gepubliceerd; er valt niets te beantwoorden.",
            "Voeg een document toe met 'regelwijzer corpus add' en daarna 'regelwijzer corpus publish'.",
        )


def _warn(table: Table, code: str, key: str, message: str, remedy: str) -> Problem:
    line = table.file.line(*table.place, key)
    return Problem(code, table.file.name, line, table.name, message, remedy, Severity.WARNING)
