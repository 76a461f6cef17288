"""Every Dutch word of an exported answer that is not the answer's own."""

from __future__ import annotations

from datetime import date, datetime

from assistant.records import Citation, Mode, Source, Status

TITLE = "Antwoord van Regelwijzer"
QUESTION = "Vraag"
UNDERSTOOD = "Zo begrepen"
AS_OF = "Peildatum"
STATUS = "Uitkomst"
ANSWER = "Antwoord"
SOURCES = "Bronnen"
NEAREST = "Passages die er het dichtst bij komen"
NOTICES = "Let op"
MISSING = "Documenten die Regelwijzer kent, maar niet heeft"
ABOUT = "Over dit antwoord"
CREATED = "Gemaakt op"
INDEX = "Stand van de documenten"
LINK = "Vaste link"
MADE_BY_AI = "Dit antwoord is gemaakt door een AI-systeem (Regelwijzer). Controleer de bronnen."
UNPRINTABLE = "Sommige tekens kunnen niet in dit PDF-bestand staan; op hun plaats staat ☐. In het Word-bestand staan ze wel."

STATUSES = {
    Status.ANSWERED: "De documenten beantwoorden deze vraag.",
    Status.PARTIAL: "De documenten beantwoorden een deel van deze vraag.",
    Status.NOT_IN_DOCUMENTS: "Dit staat niet in de documenten.",
    Status.NOT_LOADED: "Dit hoort te staan in een document dat Regelwijzer kent, maar niet heeft.",
    Status.OUT_OF_SCOPE: "Deze vraag gaat niet over de onderwerpen van deze documenten.",
}
MODES = {
    Mode.EXTRACTIVE: "De citaten staan letterlijk in de genoemde documenten.",
    Mode.GENERATED: "De zinnen zijn geschreven door een taalmodel. De citaten staan letterlijk in de genoemde documenten.",
}
_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def day(value: date) -> str:
    """A date in words: "3 mei 2026"."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime) -> str:
    """A date and time in words: "3 mei 2026 om 09:05"."""
    return f"{day(value)} om {value:%H:%M}"


def validity(citation: Citation) -> str:
    """From when until when the cited version holds."""
    start, end = citation.valid_from, citation.valid_until
    if start and end:
        return f"geldig van {day(start)} tot en met {day(end)}"
    if start:
        return f"geldig vanaf {day(start)}"
    return f"geldig tot en met {day(end)}" if end else "geldigheid onbekend"


def place(citation: Citation) -> str:
    """Page and section: "bladzijde 2, Casemanagement dementie › punt 3"."""
    page = f"bladzijde {citation.page_label or citation.page}"
    return ", ".join([page, " › ".join(citation.section)]) if citation.section else page


def kind(citation: Citation, source: Source | None) -> str:
    """The kind of document and how far it binds: "inkoopbeleid: zegt hoe zorgverzekeraars deze zorg inkopen"."""
    return f"{source.kind.label}: {source.kind.binding.rstrip('.')}" if source else citation.kind


def version(citation: Citation) -> str:
    """Enough of the version to tell it from every other."""
    return f"versie {citation.version[:12]}"
