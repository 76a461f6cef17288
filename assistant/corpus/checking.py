"""Everything that can be wrong with a corpus, collected in one go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from assistant.corpus.catalogue import CATALOGUE_NAME, check_catalogue, open_catalogue
from assistant.corpus.glossary import check_glossary
from assistant.corpus.library import Library
from assistant.corpus.originals import DOCUMENTS_FOLDER
from assistant.corpus.problems import Problem, Severity, is_error
from assistant.corpus.questions import QUESTIONS_FOLDER, check_questions
from assistant.corpus.unanswered import check_unanswered
from assistant.corpus.versions import check_versions
from assistant.errors import CorpusError
from assistant.reading import Reading, Verdict
from assistant.records import DocumentStatus, Source


def check_corpus(library: Library, today: date) -> list[Problem]:
    """All problems of the catalogue, the files, the versions, the glossary, the example questions and the unanswered ones.

    Documents are read only where the catalogue can be used; one that cannot be read does not keep the others from it.
    """
    problems = check_catalogue(library.folder, today)
    problems += check_glossary(library.folder)
    try:
        sources = library.catalogue.sources
    except CorpusError:
        return problems + check_unanswered(library.folder)  # what is wrong with the catalogue is in the list already
    problems += check_unanswered(library.folder, library.catalogue.by_id)
    problems += check_versions(library.folder, library.catalogue.by_id)
    published = library.catalogue.with_status(DocumentStatus.PUBLISHED)
    problems += [found for source in published if (found := early_version(library, source, today))]
    problems += [found for source in published for found in _both_valid(library, source)]
    for source in sources:
        if source.file:
            problems += _document_problems(library, source)
    return [*problems, *_stray_questions(library), *_stray_documents(library)]


def early_version(library: Library, source: Source, today: date) -> Problem | None:
    """A warning for a version that took another one's place, or will, before the day on which it begins to hold."""
    never = library.source(source.id).status is DocumentStatus.DRAFT  # what was not published yet has nothing to replace
    if never or source.valid_from is None or source.valid_from <= today or not _has_other_version(library, source):
        return None
    message = f"Deze versie geldt pas vanaf {source.valid_from}; tot die dag wordt niets uit dit document geciteerd."
    remedy = f"Voeg haar liever toe als nieuw document met --replaces {source.id}."
    return _warn(library, source, "valid_from", "not-valid-yet", message, remedy)


def _both_valid(library: Library, old: Source) -> Iterator[Problem]:
    """A warning for each published document that replaces this one while this one holds too."""
    for new in library.catalogue.successors(old.id):
        begin = max(old.valid_from or date.min, new.valid_from or date.min)
        if begin > min(old.valid_until or date.max, new.valid_until or date.max):
            continue
        message = f"Dit document is vervangen door '{new.id}', maar geldt daarnaast nog."
        remedy = f"Trek het in met 'regelwijzer corpus retire {old.id}'"
        if new.valid_from and new.valid_from > (old.valid_from or date.min):
            remedy = f"Zet hier 'valid_until = {new.valid_from - timedelta(days=1)}', of t{remedy[1:]}"
        yield _warn(library, old, "valid_until", "replaced-still-valid", message, f"{remedy}.")


def _warn(library: Library, source: Source, key: str, code: str, message: str, remedy: str) -> Problem:
    index = list(library.catalogue.by_id).index(source.id)
    line = open_catalogue(library.folder).line("document", index, key)
    return Problem(code, CATALOGUE_NAME, line, source.id, message, remedy, Severity.WARNING)


def _has_other_version(library: Library, source: Source) -> bool:
    try:
        versions = {record.version for record in library.versions if record.document == source.id}
    except CorpusError:
        return False  # what is wrong is told by the check of the versions
    return bool((versions | {library.source(source.id).version}) - {source.version, ""})


def _document_problems(library: Library, source: Source) -> Iterator[Problem]:
    try:
        reading = library.reading_of(source)
    except CorpusError:
        return  # a missing or changed file was found with the catalogue
    yield from reading_problems(source, reading)
    if reading.document is not None:
        yield from check_questions(library.folder, source.id, reading.document.text)


def reading_problems(source: Source, reading: Reading) -> Iterator[Problem]:
    """What a reader's verdict means for the corpus."""
    if reading.verdict is not Verdict.OK:
        severity = Severity.ERROR if reading.document is None else Severity.WARNING
        yield Problem(f"read-{reading.verdict.value}", source.file, 0, source.id, reading.message, reading.remedy, severity)


def _stray_questions(library: Library) -> Iterator[Problem]:
    for path in sorted((library.folder / QUESTIONS_FOLDER).glob("*.toml")):
        if path.stem not in library.catalogue.by_id:
            yield Problem(
                "unknown-document",
                f"{QUESTIONS_FOLDER}/{path.name}",
                0,
                "",
                f"Er is geen document '{path.stem}' in {CATALOGUE_NAME}.",
                "Geef het bestand de naam van een document, of verwijder het.",
                Severity.WARNING,
            )


def _stray_documents(library: Library) -> Iterator[Problem]:
    try:
        named = {source.file for source in library.catalogue.sources} | {record.file for record in library.versions}
    except CorpusError:
        return  # what is wrong is in the list already
    for path in sorted((library.folder / DOCUMENTS_FOLDER).rglob("*")):
        name = path.relative_to(library.folder).as_posix()
        if path.is_file() and name not in named and not path.name.startswith("."):
            message = "Dit bestand hoort bij geen enkel document; er wordt niets uit geciteerd."
            remedy = f"Neem het op met 'regelwijzer corpus add', of haal het weg uit de map {DOCUMENTS_FOLDER}."
            yield Problem("stray-file", name, 0, "", message, remedy, Severity.WARNING)


def errors_in(problems: list[Problem]) -> list[Problem]:
    """Those that keep the corpus from being used as it is."""
    return [problem for problem in problems if is_error(problem)]
