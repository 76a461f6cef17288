"""Every word of an exported answer that is not the answer's own, in Dutch and in English."""

from __future__ import annotations

from assistant.export.wording import Wording
from assistant.records import Mode, Status

_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_MONTHS_EN = "January February March April May June July August September October November December".split()

DUTCH = Wording(
    language="nl",
    locale="nl-NL",
    title="Antwoord van Regelwijzer",
    question="Vraag",
    understood="Zo begrepen",
    follows="Als vervolg op",
    as_of="Peildatum",
    status="Uitkomst",
    answer="Antwoord",
    sources="Bronnen",
    nearest="Passages die er het dichtst bij komen",
    notices="Let op",
    missing="Documenten die Regelwijzer kent, maar niet heeft",
    about="Over dit antwoord",
    created="Gemaakt op",
    index="Stand van de documenten",
    link="Vaste link",
    publisher="Uitgever",
    kind_label="Soort document",
    date_label="Datum",
    dated="van {day}",
    validity_label="Geldigheid",
    place_label="Plaats",
    consulted_label="Geraadpleegd op",
    technical="Technische gegevens",
    address="Officieel adres",
    made_by_ai="Dit antwoord is gemaakt door een AI-systeem (Regelwijzer). Controleer de bronnen.",
    unprintable="Sommige tekens kunnen niet in dit PDF-bestand staan; op hun plaats staat ☐. "
    "In het Word-bestand staan ze wel.",
    statuses={
        Status.ANSWERED: "De documenten beantwoorden deze vraag.",
        Status.PARTIAL: "De documenten beantwoorden een deel van deze vraag.",
        Status.NOT_IN_DOCUMENTS: "Dit staat niet in de documenten.",
        Status.NOT_LOADED: "Dit hoort te staan in een document dat Regelwijzer kent, maar niet heeft.",
        Status.OUT_OF_SCOPE: "Deze vraag gaat niet over de onderwerpen van deze documenten.",
    },
    modes={
        Mode.EXTRACTIVE: "De citaten staan letterlijk in de genoemde documenten.",
        Mode.GENERATED: "De zinnen zijn geschreven door een taalmodel. "
        "De citaten staan letterlijk in de genoemde documenten.",
    },
    months=tuple(_MONTHS),
    at="{day}, {time} uur",
    clock="%H.%M",
    valid_between="geldig van {start} tot en met {end}",
    valid_from="geldig vanaf {start}",
    valid_until="geldig tot en met {end}",
    valid_unknown="geldigheid onbekend",
    page="bladzijde {page}",
    page_foot="Regelwijzer · bladzijde {page}",
    index_of="zoekindex {index}",
    consulted_on="geraadpleegd op {day}",
)
ENGLISH = Wording(
    language="en",
    locale="en-GB",
    title="Answer by Regelwijzer",
    question="Question",
    understood="Understood as",
    follows="As following on",
    as_of="Reference date",
    status="Outcome",
    answer="Answer",
    sources="Sources (in Dutch)",
    nearest="Passages that come closest (in Dutch)",
    notices="Please note",
    missing="Documents that Regelwijzer knows of but does not have",
    about="About this answer",
    created="Made on",
    index="State of the documents",
    link="Permanent link",
    publisher="Publisher",
    kind_label="Kind of document (in Dutch)",
    date_label="Date",
    dated="of {day}",
    validity_label="Validity",
    place_label="Place",
    consulted_label="Consulted on",
    technical="Technical details",
    address="Official address",
    made_by_ai="This answer was made by an AI system (Regelwijzer). Check the sources.",
    unprintable="Some characters cannot stand in this PDF file; ☐ stands in their place. The Word file does have them.",
    statuses={
        Status.ANSWERED: "The documents answer this question.",
        Status.PARTIAL: "The documents answer this question in part.",
        Status.NOT_IN_DOCUMENTS: "This is not in the documents.",
        Status.NOT_LOADED: "This should be in a document that Regelwijzer knows of but does not have.",
        Status.OUT_OF_SCOPE: "This question is not about the subjects of these documents.",
    },
    modes={
        Mode.EXTRACTIVE: "The quotes stand in the named documents, word for word.",
        Mode.GENERATED: "A language model wrote the sentences. The quotes stand in the named documents, word for word.",
    },
    months=tuple(_MONTHS_EN),
    at="{day} at {time}",
    clock="%H:%M",
    valid_between="valid from {start} until {end}",
    valid_from="valid from {start}",
    valid_until="valid until {end}",
    valid_unknown="validity unknown",
    page="page {page}",
    page_foot="Regelwijzer · page {page}",
    index_of="search index {index}",
    consulted_on="consulted on {day}",
)
_ALL = {each.language: each for each in (DUTCH, ENGLISH)}


def words_of(language: str) -> Wording:
    """The words of a language; Dutch for any that there are none of."""
    return _ALL.get(language, DUTCH)
