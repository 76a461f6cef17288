"""The corpus as the rest of the product sees it: documents by id and version, read once and kept in a cache."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.corpus.atomic import write_atomic
from assistant.corpus.catalogue import Catalogue, load_catalogue
from assistant.corpus.originals import inside, sha256_of
from assistant.corpus.questions import load_questions
from assistant.corpus.unanswered import load_unanswered
from assistant.corpus.versions import VersionRecord, load_versions
from assistant.errors import CorpusError, ReadingError, StorageError
from assistant.reading import READER_VERSION, Reading, read_file
from assistant.records import Document, DocumentStatus, Source


@cache
def _codec() -> TypeAdapter[Reading]:
    """Readings to and from JSON; made when first used, for answering a question from the index needs none."""
    return TypeAdapter(Reading)


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A document of the catalogue with how its file was read."""

    source: Source
    reading: Reading


class Library:
    """Documents of one corpus folder; ``cache_folder`` holds what was read and may be thrown away at any time."""

    def __init__(self, corpus_folder: Path, cache_folder: Path) -> None:
        self.folder = corpus_folder
        self.cache_folder = cache_folder

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue, whose files are checked when they are read. Raises CorpusError."""
        return load_catalogue(self.folder, verify_files=False)

    @cached_property
    def versions(self) -> tuple[VersionRecord, ...]:
        """Every version that is not the catalogue's own. Raises CorpusError."""
        return load_versions(self.folder)

    def source(self, document_id: str, version: str | None = None) -> Source:
        """What is known of a document, in the given version or else its present one.

        Raises CorpusError for an unknown id or version, listing those that are known.
        """
        current = self.catalogue.by_id.get(document_id)
        if current is None:
            known = ", ".join(self.catalogue.by_id) or "geen enkel"
            raise CorpusError("unknown-document", f"Document '{document_id}' is onbekend.", f"Bekend zijn: {known}.")
        if version is None or version == current.version:
            return current
        others = [record for record in self.versions if record.document == document_id]
        for record in others:
            if record.version == version:
                return record.source(current)
        known = ", ".join([current.version, *(record.version for record in others)]) if current.version else "geen enkele"
        raise CorpusError(
            "unknown-version", f"Versie '{version}' van document '{document_id}' is onbekend.", f"Bekend zijn: {known}."
        )

    def document(self, document_id: str, version: str | None = None) -> Document:
        """The text of a document. Raises CorpusError, or ReadingError when its file cannot be read."""
        source = self.source(document_id, version)
        reading = self.reading_of(source)
        if reading.document is None:
            raise ReadingError("document-unreadable", f"Document '{source.id}': {reading.message}", reading.remedy)
        return reading.document

    def reading(self, document_id: str, version: str | None = None) -> Reading:
        """How a document's file was read, with its text where that succeeded. Raises CorpusError."""
        return self.reading_of(self.source(document_id, version))

    def readings(self) -> Iterator[ReadSource]:
        """Every published document with its reading; one that could not be read has a verdict and no text."""
        published = self.catalogue.with_status(DocumentStatus.PUBLISHED)
        if not published:
            raise CorpusError(
                "corpus-empty",
                "Er is geen enkel document gepubliceerd; er valt niets te beantwoorden.",
                "Voeg een document toe met 'regelwijzer corpus add' en daarna 'regelwijzer corpus publish'.",
            )
        for source in published:
            yield ReadSource(source, self.reading_of(source))

    def path_of(self, source: Source) -> Path:
        """The original file of a document, after checking that it is still what the catalogue says."""
        if source.status is DocumentStatus.MISSING or not source.file:
            where = f" De tekst staat op {source.source_url}." if source.source_url else ""
            raise CorpusError(
                "document-not-loaded",
                f"Document '{source.id}' zit niet in het corpus.{where}",
                f"Haal het bestand op en voeg het toe met 'regelwijzer corpus add BESTAND --id {source.id}'.",
            )
        path = inside(self.folder, source.file)
        try:
            if path is not None and sha256_of(path) == source.version:
                return path
        except OSError:  # missing or unreadable: the same answer as for a file that was changed
            pass
        raise _file_changed(source.file, source.id)

    def reading_of(self, source: Source) -> Reading:
        """The reading of a source's file. Raises CorpusError when the file is not what the catalogue says."""
        return self.read(self.path_of(source), source.id, source.version)

    def read(self, path: Path, document_id: str, version: str) -> Reading:
        """The reading of a file with these bytes, from the cache where the same reader read it before."""
        kept = self.cache_folder / f"{document_id}-{version}-{READER_VERSION}.json"
        reading = _from_cache(kept, document_id, version)
        if reading is None:
            reading = read_file(path, document_id)
            if reading.document is not None and reading.document.version != version:
                raise _file_changed(path.name, document_id)  # after its checksum was taken
            if reading.document is not None:
                _to_cache(kept, reading)
        return reading


def _file_changed(file: str, document_id: str) -> CorpusError:
    return CorpusError(
        "file-changed",
        f"Het bestand '{file}' van document '{document_id}' ontbreekt of is veranderd.",
        "Zet het oude bestand terug; 'regelwijzer corpus check' zegt wat er mis is.",
    )


def _from_cache(path: Path, document_id: str, version: str) -> Reading | None:
    """A cached reading, or None when there is none or it is damaged; the file is then simply read again."""
    try:
        reading = _codec().validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    document = reading.document
    if document is None or document.version != version or document.id != document_id:
        return None
    sound = all(document.text[page.start : page.end] == page.text for page in document.pages)
    return reading if sound else None


def _to_cache(path: Path, reading: Reading) -> None:
    try:
        write_atomic(path, _codec().dump_json(reading))
    except StorageError:
        # The cache only saves time: a full disk or a read-only folder must not keep a document from being read.
        return


def corpus_hash(corpus_folder: Path, catalogue: Catalogue | None = None) -> str:
    """SHA-256 over everything of the corpus that an index is made from, the reader included.

    That is: what the catalogue says of the published and of the missing documents, the example questions and the
    unanswered ones. Comments, the glossary, drafts, retired documents, owners and review dates do not count.
    """
    known = catalogue or load_catalogue(corpus_folder, verify_files=False)
    parts: list[object] = [READER_VERSION]
    for source in known.sources:
        if source.status in (DocumentStatus.PUBLISHED, DocumentStatus.MISSING):
            parts.append(asdict(replace(source, owner="", review_by=None, file="")))
        if source.status is DocumentStatus.PUBLISHED:
            parts.append([[e.quote, e.draft, *e.questions] for e in load_questions(corpus_folder, source.id)])
    unanswered = load_unanswered(corpus_folder)
    parts.append([unanswered.documents, unanswered.questions])
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()
