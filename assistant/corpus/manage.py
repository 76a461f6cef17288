"""What the corpus keeper does: add a file as a draft, publish it, retire a document.

Nothing is overwritten or removed before what takes its place is safely on disk. Every change becomes true with the one
atomic replacement of ``catalogue.toml`` or ``versions.toml``: what was interrupted before it has changed nothing, and
repeating the command finishes what was interrupted after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date as Day
from pathlib import Path
from typing import Any

from assistant.corpus.atomic import storage_errors
from assistant.corpus.catalogue import CATALOGUE_NAME, ID_HINT, ID_PATTERN, SOURCE_URL, SOURCE_URL_HINT, Catalogue
from assistant.corpus.library import Library
from assistant.corpus.originals import sha256_of
from assistant.corpus.shelf import Shelf, open_shelf
from assistant.corpus.versions import VersionRecord, VersionState
from assistant.errors import CorpusError, ReadingError, UsageError, system_reason
from assistant.language.tokens import fold
from assistant.reading import Reading, in_force_from
from assistant.records import DocumentStatus, Source

_OWN_KEYS = ("title", "date", "valid_from", "valid_until", "source_url")


@dataclass(frozen=True, slots=True)
class Details:
    """What the keeper says of a file that is added; what is None stays as it was, or gets a plain default."""

    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    kind: str | None = None
    date: Day | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    source_url: str | None = None
    replaces: str | None = None
    names: tuple[str, ...] | None = None

    def given(self, *names: str) -> dict[str, Any]:
        """Those of the named catalogue keys that were given."""
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}


@dataclass(frozen=True, slots=True)
class Added:
    """A file that was taken in: the draft, how it was read, and whether the document had a text already."""

    source: Source
    reading: Reading
    is_new_version: bool


def add_file(library: Library, file: Path, details: Details, today: Day) -> Added:
    """Takes a copy of ``file`` into the corpus as a draft; nothing changes in what is published.

    A law says itself from which day it holds; what the keeper says goes first.
    Raises UsageError, ReadingError (the file has no text that can be used), CorpusError, BusyError or StorageError.
    """
    version = _version_of(file)
    with storage_errors(file):
        details = replace(details, valid_from=details.valid_from or in_force_from(file))
    document_id = details.id or _id_from(file)
    if not ID_PATTERN.fullmatch(document_id):
        raise UsageError("bad-id", f"'{document_id}' kan geen naam van een document zijn.", ID_HINT)
    with open_shelf(library.folder) as shelf:
        catalogue = shelf.catalogue()
        current = catalogue.by_id.get(document_id)
        _refuse_known_file(catalogue, document_id, version)
        _refuse_impossible(catalogue, document_id, details)
        reading = library.read(file, document_id, version)
        if reading.document is None:
            raise ReadingError("document-unreadable", f"{file.name} is niet opgenomen: {reading.message}", reading.remedy)
        with shelf.placed(file, version, document_id) as name:
            if current is None:
                _append(shelf, catalogue, document_id, reading, details, {"file": name, "sha256": version})
            elif current.status in (DocumentStatus.MISSING, DocumentStatus.DRAFT):
                _fill_in(shelf, current, details, {"file": name, "sha256": version}, today)
            else:
                _add_version(shelf, current, details, name, version, today)
    fresh = Library(library.folder, library.cache_folder)
    has_text = current is not None and current.status is not DocumentStatus.MISSING
    return Added(fresh.source(document_id, version), reading, has_text)


def publish(library: Library, document_id: str, today: Day) -> Source:
    """Makes a draft what the answers are made from; the version that it replaces is kept and can still be opened."""
    with open_shelf(library.folder) as shelf:
        current = _known(shelf.catalogue(), document_id)
        draft = _draft_of(shelf, document_id)
        if draft is not None:
            _check_readable(library, draft.source(current))
            _replace_version(shelf, current, draft, today)
        elif current.status is DocumentStatus.PUBLISHED:
            raise UsageError(
                "already-published",
                f"Document '{document_id}' is al gepubliceerd en heeft geen concept.",
                f"Voeg een nieuwe versie toe met 'regelwijzer corpus add BESTAND --id {document_id}'.",
            )
        else:
            _check_readable(library, current)
            shelf.change_document(document_id, {"status": DocumentStatus.PUBLISHED.value})
    return Library(library.folder, library.cache_folder).source(document_id)


def retire(library: Library, document_id: str) -> Source:
    """Takes a document out of the answers; its file and its place in old answers stay."""
    with open_shelf(library.folder) as shelf:
        current = _known(shelf.catalogue(), document_id)
        if current.status not in (DocumentStatus.PUBLISHED, DocumentStatus.DRAFT):
            raise UsageError(
                "not-published",
                f"Document '{document_id}' kan niet worden ingetrokken: de status is '{current.status.value}'.",
                "Alleen een gepubliceerd document of een concept kan worden ingetrokken.",
            )
        shelf.change_document(document_id, {"status": DocumentStatus.RETIRED.value})
    return Library(library.folder, library.cache_folder).source(document_id)


def _append(
    shelf: Shelf, catalogue: Catalogue, document_id: str, reading: Reading, details: Details, place: dict[str, str]
) -> None:
    if details.kind is None:
        raise UsageError(
            "kind-needed",
            f"Van welke soort is '{document_id}'?",
            f"Noem de soort met --kind. Bekend zijn: {', '.join(catalogue.kinds)}.",
        )
    read_title = reading.document.title if reading.document else ""
    entry = {
        "id": document_id,
        "title": details.title or " ".join(read_title.split()) or document_id,
        "publisher": details.publisher or "",
        "kind": details.kind,
        "status": DocumentStatus.DRAFT.value,
        **details.given("date", "valid_from", "valid_until", "replaces", "source_url", "names"),
        "language": "nl",
        **place,
    }
    shelf.add_document(entry)


def _fill_in(shelf: Shelf, current: Source, details: Details, place: dict[str, str], today: Day) -> None:
    """A document that was missing, or a draft that gets another file before it was published."""
    if current.file:
        shelf.keep_version(shelf.archive(current), _own(current), VersionState.REPLACED, today)
    given = details.given(
        "title", "publisher", "kind", "date", "valid_from", "valid_until", "replaces", "source_url", "names"
    )
    shelf.change_document(current.id, {"status": DocumentStatus.DRAFT.value, **given, **place})
    if current.file:
        shelf.clear(current.file)


def _add_version(shelf: Shelf, current: Source, details: Details, name: str, version: str, today: Day) -> None:
    previous = _draft_of(shelf, current.id)
    own = details.given(*_OWN_KEYS)
    draft = Source(
        current.id, current.title, current.publisher, current.kind, DocumentStatus.DRAFT, version=version, file=name
    )
    shelf.keep_version(draft, own, VersionState.DRAFT, today)
    if previous is not None and previous.version != version:
        archived = shelf.archive(previous.source(current))
        shelf.keep_version(archived, {}, VersionState.REPLACED, today)
        shelf.clear(previous.file)


def _replace_version(shelf: Shelf, current: Source, draft: VersionRecord, today: Day) -> None:
    if draft.version != current.version:
        shelf.keep_version(shelf.archive(current), _own(current), VersionState.REPLACED, today)
        own = {key: value for key, value in draft.own.items() if value is not None}
        new = {"file": draft.file, "sha256": draft.version, "status": DocumentStatus.PUBLISHED.value}
        shelf.change_document(current.id, {**own, **new})
    shelf.drop_version(current.id, draft.version)
    if current.file != draft.file:
        shelf.clear(current.file)


def _own(source: Source) -> dict[str, Any]:
    values = {key: getattr(source, key) for key in _OWN_KEYS}
    return {key: value for key, value in values.items() if value}


def _draft_of(shelf: Shelf, document_id: str) -> VersionRecord | None:
    drafts = [r for r in shelf.versions() if r.document == document_id and r.state is VersionState.DRAFT]
    return drafts[-1] if drafts else None


def _known(catalogue: Catalogue, document_id: str) -> Source:
    if document_id not in catalogue.by_id:
        raise CorpusError(
            "unknown-document", f"Document '{document_id}' is onbekend.", f"Bekend zijn: {', '.join(catalogue.by_id)}."
        )
    return catalogue.by_id[document_id]


def _check_readable(library: Library, source: Source) -> None:
    reading = library.reading_of(source)
    if reading.document is None:
        raise ReadingError("document-unreadable", f"Document '{source.id}': {reading.message}", reading.remedy)


def _version_of(file: Path) -> str:
    try:
        if file.is_file():
            return sha256_of(file)
    except OSError as error:
        message = f"Bestand '{file}' kan niet worden gelezen ({system_reason(error)})."
        raise UsageError("file-unreadable", message, "Geef uzelf leesrechten, of kies een ander bestand.") from error
    raise UsageError("no-such-file", f"Bestand '{file}' bestaat niet.", "Controleer de naam en de map.")


def _id_from(file: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(file.stem)).strip("-")


def _refuse_impossible(catalogue: Catalogue, document_id: str, details: Details) -> None:
    """Raises UsageError for a value that the catalogue could not hold, by the name of its option."""
    current = catalogue.by_id.get(document_id)
    if details.kind is not None and details.kind not in catalogue.kinds:
        known = ", ".join(catalogue.kinds)
        raise UsageError("unknown-kind", f"De soort '{details.kind}' is onbekend.", f"Kies met --kind uit: {known}.")
    begin = details.valid_from or (current and current.valid_from)
    end = details.valid_until or (current and current.valid_until)
    if begin and end and begin > end:
        message = f"'{document_id}' zou gelden vanaf {begin}, en dat is na de laatste dag waarop het geldt ({end})."
        raise UsageError("impossible-dates", message, "Verbeter --valid-from of --valid-until.")
    if details.source_url and not SOURCE_URL.fullmatch(details.source_url):
        raise UsageError("bad-value", f"--source-url is '{details.source_url}'; dat kan niet.", SOURCE_URL_HINT)
    _refuse_replacing(catalogue, document_id, details.replaces)
    if current is not None and current.status in (DocumentStatus.PUBLISHED, DocumentStatus.RETIRED):
        _refuse_other_document(current, details)


def _refuse_replacing(catalogue: Catalogue, document_id: str, target: str | None) -> None:
    replaced = target
    while replaced and replaced != document_id and replaced in catalogue.by_id:
        replaced = catalogue.by_id[replaced].replaces
    if replaced == document_id:
        message = f"--replaces '{target}' kan niet: '{document_id}' zou dan zichzelf vervangen."
        raise UsageError("replaces-circle", message, "Noem een ander document.")
    if replaced:
        message = f"--replaces noemt '{target}'; dat document is onbekend."
        raise UsageError("unknown-replaces", message, f"Bekend zijn: {', '.join(catalogue.by_id)}.")


def _refuse_other_document(current: Source, details: Details) -> None:
    """A version is the same document: what the catalogue says of all versions at once does not change with a new one."""
    held = {"kind": current.kind.id, "publisher": current.publisher, "replaces": current.replaces, "names": current.names}
    for name, value in details.given(*held).items():
        if value != held[name]:
            raise UsageError(
                "not-of-a-version",
                f"'{current.id}' bestaat al, met {name} '{held[name]}'; een nieuwe versie verandert dat niet.",
                f"Laat --{name.removesuffix('s') if name == 'names' else name} weg, of verander het in {CATALOGUE_NAME}.",
            )


def _refuse_known_file(catalogue: Catalogue, document_id: str, version: str) -> None:
    for source in catalogue.sources:
        if source.version == version:
            raise UsageError(
                "already-there",
                f"Dit bestand zit al in het corpus, als '{source.id}' (status {source.status.value}).",
                "Er is niets veranderd."
                if source.id == document_id
                else "Kies een ander bestand, of werk met dat document verder.",
            )
