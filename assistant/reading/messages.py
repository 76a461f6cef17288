"""Everything that reading a file says to people, in Dutch: what is wrong, and what to do."""

from __future__ import annotations

from assistant.reading.faults import Verdict

_BY_VERDICT: dict[Verdict, tuple[str, str]] = {
    Verdict.OK: ("Het bestand is gelezen.", ""),
    Verdict.PARTIAL: (
        "Niet alle pagina's konden worden gelezen: {failed}.",
        "Vergelijk die pagina's met het origineel, of vraag de uitgever om een nieuw bestand.",
    ),
    Verdict.SCANNED: (
        "Het bestand bevat alleen afbeeldingen van tekst (een scan).",
        "Laat de tekst eerst herkennen (OCR), of vraag de uitgever om het oorspronkelijke bestand.",
    ),
    Verdict.ENCRYPTED: (
        "Het bestand is beveiligd met een wachtwoord.",
        "Sla het op zonder wachtwoord en voeg het daarna opnieuw toe.",
    ),
    Verdict.DAMAGED: (
        "Het bestand is beschadigd en kan niet worden gelezen.",
        "Download het opnieuw, of open het in het programma waarmee het is gemaakt en sla het opnieuw op.",
    ),
    Verdict.TOO_HEAVY: (
        "Het lezen van het bestand kost te veel geheugen of tijd en is gestopt.",
        "Splits het bestand in kleinere delen, of sla het opnieuw op als PDF.",
    ),
    Verdict.UNSUPPORTED: (
        "Dit soort bestand kan niet worden gelezen.",
        "Gebruik PDF, DOCX, HTML, BWB-XML, Markdown of gewone tekst.",
    ),
}

_BY_REASON: dict[str, tuple[str, str]] = {
    "missing": ("Het bestand is er niet.", "Controleer de naam en de map."),
    "forbidden": ("Het bestand mag niet worden geopend.", "Geef uzelf leesrechten op het bestand."),
    "not-a-file": ("Dit is een map of een apparaat en geen bestand.", "Noem het bestand zelf."),
    "empty": ("Het bestand is leeg.", "Download het opnieuw, of vraag de uitgever om een nieuw bestand."),
    "no-text": (
        "Er staat geen tekst in het bestand.",
        "Controleer het bestand; is het een scan, laat de tekst dan herkennen (OCR).",
    ),
    "file-size": ("Het bestand is te groot.", "Splits het bestand in kleinere delen."),
    "old-office": (
        "Dit is een bestand van een oude of beveiligde versie van Office.",
        "Open het en sla het op als DOCX of PDF, zonder wachtwoord.",
    ),
    "xml": (
        "Dit XML-bestand is geen wet of regeling in het formaat BWB.",
        "Gebruik de XML van wetten.overheid.nl, of een PDF.",
    ),
    "image": ("Dit is een afbeelding.", "Laat de tekst herkennen (OCR) en sla het resultaat op als PDF of gewone tekst."),
    "no-reader": ("Voor dit soort bestand is in deze versie geen lezer.", "Sla het op als PDF of gewone tekst."),
}


_DOUBTS = {
    "order": "tekst in kolommen met een tabel; controleer de volgorde",
    "letters": "de meeste woorden zijn onleesbaar; vergelijk de tekst met het origineel",
}


def doubt(kind: str, pages: tuple[int, ...]) -> str:
    """What to look at on pages that were read, but perhaps wrongly; ``kind`` is "order" or "letters"."""
    return f"{'bladzijde' if len(pages) == 1 else 'bladzijden'} {_enumerate(pages)}: {_DOUBTS[kind]}"


def explain(verdict: Verdict, reason: str = "", failed_pages: tuple[int, ...] = ()) -> tuple[str, str]:
    """The message and the remedy for how reading ended; ``reason`` is the code of a Fault."""
    message, remedy = _BY_REASON.get(reason, _BY_VERDICT[verdict])
    return message.format(failed=_enumerate(failed_pages)), remedy


def _enumerate(pages: tuple[int, ...]) -> str:
    """Page numbers as people write them: "2, 5 en 7"; a long row is cut short."""
    shown = [str(page) for page in pages[:10]]
    if len(pages) > len(shown):
        return f"{', '.join(shown)} en nog {len(pages) - len(shown)}"
    return " en ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
