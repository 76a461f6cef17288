"""What the corpus commands show: Dutch lines for people, plain values for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.corpus.differences import Change
from assistant.corpus.problems import Problem, Severity
from assistant.corpus.versions import VersionRecord
from assistant.reading import Reading, Verdict
from assistant.records import BlockKind, DocumentStatus, Source

if TYPE_CHECKING:
    from assistant.corpus.drafting import Drafted, QuestionCounts

LIST_HEAD = ("document", "soort", "status", "geldig", "titel")

_BLOCKS = {
    BlockKind.HEADING: ("kop", "koppen"),
    BlockKind.PARAGRAPH: ("alinea", "alinea's"),
    BlockKind.ITEM: ("punt of opsommingsteken", "punten of opsommingstekens"),
    BlockKind.FOOTNOTE: ("voetnoot", "voetnoten"),
    BlockKind.TABLE: ("tabel", "tabellen"),
}


def list_row(source: Source, successors: Sequence[Source]) -> tuple[str, ...]:
    """A document as one row under ``LIST_HEAD``; ``successors`` replace it."""
    replaced = f"; vervangen door {_named(successors)}" if successors else ""
    return source.id, source.kind.label, f"{source.status.value}{replaced}", validity(source), source.title


def _named(successors: Sequence[Source]) -> str:
    return ", ".join(f"{source.id} ({validity(source)})" if validity(source) else source.id for source in successors)


def validity(source: Source) -> str:
    """From when until when a document holds, in words."""
    if source.valid_from and source.valid_until:
        return f"{source.valid_from} t/m {source.valid_until}"
    if source.valid_from:
        return f"vanaf {source.valid_from}"
    return f"t/m {source.valid_until}" if source.valid_until else ""


def source_value(source: Source, successors: Sequence[Source]) -> dict[str, Any]:
    """A document for ``--json``; dates as YYYY-MM-DD or null."""
    value = asdict(source)
    value["replaced_by"] = [successor.id for successor in successors]
    value["kind"] = source.kind.id
    value["kind_label"], value["binding"] = source.kind.label, source.kind.binding
    for key in ("date", "valid_from", "valid_until", "review_by"):
        value[key] = _day(value[key])
    return value


def reading_value(reading: Reading) -> dict[str, Any]:
    """How a file was read, for ``--json``."""
    return {
        "verdict": reading.verdict.value,
        "pages": reading.pages,
        "failed_pages": list(reading.failed_pages),
        "characters": len(reading.document.text) if reading.document else 0,
        "message": reading.message,
        "remedy": reading.remedy,
        "doubts": list(reading.doubts),
    }


def version_value(record: VersionRecord) -> dict[str, Any]:
    """Another version of a document, for ``--json``."""
    return {"version": record.version, "status": record.state.value, "added": _day(record.added), "file": record.file}


def problem_value(problem: Problem) -> dict[str, Any]:
    """A problem for ``--json``."""
    return asdict(problem)


def change_value(change: Change) -> dict[str, Any]:
    """A difference for ``--json``."""
    return asdict(change)


def source_lines(source: Source, successors: Sequence[Source] = ()) -> Iterator[str]:
    """A document in full, with those that replace it, one "name: value" a line; what is not known is left out."""
    values = (
        ("titel", source.title),
        ("uitgever", source.publisher),
        ("soort", f"{source.kind.label}. {source.kind.binding}"),
        ("status", source.status.value),
        ("datum", _day(source.date)),
        ("geldig", validity(source)),
        ("vervangt", source.replaces),
        ("vervangen door", _named(successors)),
        ("ook bekend als", "; ".join(source.names)),
        ("adres", source.source_url),
        ("eigenaar", source.owner),
        ("opnieuw bekijken", _day(source.review_by)),
        ("taal", source.language),
        ("bestand", source.file),
        ("versie", source.version),
        ("bekend van de inhoud", source.holds if source.status is DocumentStatus.MISSING else ""),
    )
    yield source.id
    for name, value in values:
        if value:
            yield f"  {name}: {value}"
    if source.status is DocumentStatus.MISSING:
        yield f"  Dit document zit niet in het corpus. Toevoegen: regelwijzer corpus add BESTAND --id {source.id}"
        if source.source_url:
            yield f"  Of laat het ophalen: regelwijzer corpus fetch {source.id}"


def reading_lines(reading: Reading) -> Iterator[str]:
    """How a file was read: the verdict, its size, what was seen in it, and how the text begins."""
    message = reading.message if reading.verdict is Verdict.OK else f"{reading.message} {reading.remedy}"
    yield f"  lezing: {reading.verdict.value}. {message}".rstrip()
    document = reading.document
    if document is None:
        return
    counts = Counter(block.kind for block in document.blocks)
    seen = [f"{counts[kind]} {one if counts[kind] == 1 else many}" for kind, (one, many) in _BLOCKS.items() if counts[kind]]
    yield f"  omvang: {_count(reading.pages, 'bladzijde', 'bladzijden')}, {len(document.text)} tekens"
    if seen:
        yield f"  gezien: {', '.join(seen)}"
    for doubt in reading.doubts:
        yield f"  let op: {doubt}"
    if document.furniture:
        yield f"  apart gezet (kop- en voetregels): {' | '.join(document.furniture)}"
    yield f"  begint met: {_shortened(document.text)}"


def version_lines(records: Sequence[VersionRecord]) -> Iterator[str]:
    """The other versions of a document."""
    for record in records:
        yield f"  andere versie: {record.version} ({record.state.value}, toegevoegd op {record.added})"


def drafted_value(drafted: Drafted) -> dict[str, Any]:
    """What was drafted, for ``--json``."""
    return {
        "document": drafted.source.id,
        "file": drafted.file,
        "units": drafted.units,
        "questions": drafted.questions,
        "by_model": drafted.by_model,
    }


def drafted_lines(drafted: Drafted) -> Iterator[str]:
    """What was drafted, and what the keeper does with it."""
    if not drafted.units:
        yield f"{drafted.source.id}: niets te doen; bij alles waar iets over te vragen is, staan al voorbeeldvragen."
        return
    units = _count(drafted.units, "onderdeel", "onderdelen")
    by = f"; bij {drafted.by_model} schreef het taalmodel ze" if drafted.by_model else ""
    yield f"{drafted.source.id}: {_count(drafted.questions, 'vraag', 'vragen')} gemaakt bij {units}{by}."
    yield f"  Ze staan als concept in corpus/{drafted.file}. Kijk ze na en haal bij wat goed is de regel met 'status' weg."
    yield "  Heeft een document alleen concepten, dan tellen die nog niet mee: zonder nakijken maken ze antwoorden slechter."


def question_lines(document_id: str, counts: QuestionCounts) -> Iterator[str]:
    """How the parts of a document stand with example questions."""
    if not counts.kept + counts.drafts + counts.without:
        return
    yield (
        f"  voorbeeldvragen: bij {_count(counts.kept, 'onderdeel', 'onderdelen')}, "
        f"als concept bij {counts.drafts}, geen bij {counts.without}"
    )
    if counts.drafts:
        yield f"  Kijk de concepten na in corpus/questions/{document_id}.toml."


def change_lines(change: Change) -> Iterator[str]:
    """One difference: a line that is gone begins with "-", a new one with "+"."""
    if change.old:
        yield f"- (bladzijde {change.old_page}) {' '.join(change.old.split())}"
    if change.new:
        yield f"+ (bladzijde {change.new_page}) {' '.join(change.new.split())}"


def check_summary(problems: Sequence[Problem]) -> str:
    """How the check ended, in one line."""
    warnings = sum(problem.severity is Severity.WARNING for problem in problems)
    errors = len(problems) - warnings
    if not problems:
        return "Het corpus is in orde."
    counts = f"{_count(errors, 'fout', 'fouten')}, {_count(warnings, 'waarschuwing', 'waarschuwingen')}"
    return f"Het corpus heeft fouten ({counts})." if errors else f"Het corpus is bruikbaar ({counts})."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _shortened(text: str, length: int = 100) -> str:
    line = " ".join(text[: 4 * length].split())
    return line if len(line) <= length else f"{line[:length].rsplit(' ', 1)[0]} …"
