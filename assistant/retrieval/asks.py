"""What a question asks for, from its wording (Dutch and English)."""

from __future__ import annotations

import re

from assistant.language.tokens import fold
from assistant.retrieval.question import Ask

_SUM = r"(bedrag(en)?|\w*tarie(f|ven)|prijs|prijzen|kosten|\w*budget|salaris|uurloon|subsidiebedrag|amount|price|rate|fee)"
_MONEY = rf"({_SUM}|euro|€|kost|geld|loon|vergoeding(en)?|subsidie|bijdrage|money)"
_PATTERNS: tuple[tuple[Ask, str], ...] = (
    (Ask.MONEY, rf"\b(hoeveel|hoe hoog|welk(e)?|what|how much)\b[^?]{{0,25}}\b{_MONEY}\b|^{_SUM}\b"),
    (Ask.MONEY, rf"\b(wat|what) (is|zijn|wordt|worden|was|are) (het |de |ons |the )?(\w+ )?{_SUM}\b|\bde hoogte van\b"),
    (
        Ask.MONEY,
        r"\bwat (krijg\w*|ontvang\w*|vang\w*|bieden|biedt|geven|geeft)\b[^?]{0,40}"
        r"\b(betaald|per (uur|dag|week|maand|jaar|etmaal))\b",
    ),
    (Ask.MONEY, r"\bwat (kost|kosten|betaal|betalen|verdient|verdien|verdienen)\b|\bhow much\b"),
    (Ask.MONEY, r"\bhoeveel (\w+ )?(kost|kosten|betaal\w*|betalen|krijg|krijgt|krijgen|verdien\w*|levert)\b"),
    (Ask.FREQUENCY, r"\bhoe (vaak|dikwijls|regelmatig)\b|\bhow often\b|\bhoeveel (keer|maal)\b|\bhoeveel \w+ per \w+"),
    (Ask.COUNT, r"\bhoeveel\b|\bhow many\b|\bwelk percentage\b|\bhoe groot\b|\b(wat is|welk|het) aantal\b|^aantal\b"),
    (
        Ask.DURATION,
        r"\bhoe ?lang\b|\bhow long\b|\bhoeveel (tijd|uur|uren|minuten|dagen|weken|maanden|jaar|jaren)\b"
        r"|\b(welke|wat is de) termijn\b",
    ),
    (Ask.WHEN, r"\bwanneer\b|\bvanaf welk\w*\b|\bper wanneer\b|\btot wanneer\b|\bwelke datum\b|\bsinds wanneer\b|\bwhen\b"),
    (Ask.WHEN, r"\b(in )?welk jaar\b|\bhoe (laat|snel|vroeg)\b|\bop welk moment\b"),
    (
        Ask.CONTACT,
        r"\b(telefoon\w*|bel|bellen|mail|mailen|e mail\w*|email\w*|contactgegevens|contactpersoon|website|phone|adres)\b",
    ),
    (
        Ask.WHO,
        r"^(en |maar )?(wie|who)\b|\b(door|van|aan|bij|met|voor) wie\b"
        r"|\bwelke (zorgverlener|persoon|partij|instantie|beroep)\w*\b",
    ),
    (Ask.WHY, r"\bwaarom\b|\bhoezo\b|\bwhy\b|\bhoe komt het\b|\bwat is de reden\b"),
    (Ask.WHERE, r"^(en |maar )?(waar|where)\b(?! (gaat|staat voor))"),
    (
        Ask.LIST,
        r"\bwelke\b|\bnoem\b|\bwat (zijn|hoort|horen|valt|vallen|doet|omvat|houdt)\b|\balle\b|\blijst\b"
        r"|\bwhich\b|\bwhat does\b",
    ),
    (
        Ask.DEFINITION,
        r"\bwat (is|betekent|betekenen|wordt bedoeld)\b|\bwat houdt\b|\bwat bedoel\w*\b|\bwhat (is|does .* mean)\b",
    ),
    (
        Ask.EXCLUDED,
        r"^(en |maar )?((aan|bij|door|in|met|op|tegen|uit|van|voor) )?(welke?|wie|wat(?! als)|waar(?!om)\w*|wanneer)\b"
        r"((?!\b(dat|die|of|als|omdat)\b)[^?.,]){0,60}\b(niet|geen)\b(?! pluis| alleen)",
    ),
    (Ask.PROCEDURE, r"^(en |maar )?hoe\b(?! ?(veel|lang|hoog|vaak|groot))|^how (do|can|does|should)\b"),
)
_COMPILED = tuple((ask, re.compile(pattern)) for ask, pattern in _PATTERNS)
_WHETHER = re.compile(
    r"^(en |maar |dus |want )?(is|zijn|was|mag|mogen|kan|kun|kunnen|moet|moeten|wordt|worden|word|heeft|heb|hebben|geldt|"
    r"gelden|valt|vallen|krijgt|krijg|krijgen|betaalt|betalen|vergoedt|hoeft|hoef|hoeven|gaat|gaan|komt|bestaat|bestaan|doet|doen|"
    r"hoort|horen|telt|blijft|blijven|verandert|veranderen|klopt|kloppen|zit|zitten|staat|can|may|is|are|does|do|must|should|will)\b"
)


_KINDS_OF_MONEY = re.compile(r"\bwelke (\w+ )?(kosten|subsidies|vergoedingen|bijdragen)\b")
_TIME_ASKED = re.compile(r"\bhoeveel (tijd|uur|uren|minuten|\w*dagen|weken|maanden|jaar|jaren|etmalen|nachten)\b")
_COUNTED = re.compile(r"\b(?:hoeveel|how many|aantal)\s+(?:van (?:de|die|deze)\s+|of the\s+)?(\w+)(?:\s+(\w+))?")


def counted_in(text: str) -> tuple[str, ...]:
    """The one or two folded words after "hoeveel": the thing that is counted, and maybe what stands before it."""
    match = _COUNTED.search(" ".join(fold(text).replace("-", " ").split()))
    return tuple(word for word in match.groups() if word) if match else ()


def asks_of(text: str) -> frozenset[Ask]:
    """The kinds of thing that ``text`` asks for; ``WHAT`` when nothing more special is seen."""
    line = " ".join(fold(text).replace("-", " ").split())
    found = {ask for ask, pattern in _COMPILED if pattern.search(line)}
    if _WHETHER.search(line) or (not found and re.search(r"\b(of|toch|klopt het|klopt dat)\b", line)):
        found.add(Ask.WHETHER)
    if _TIME_ASKED.search(line):
        found.add(Ask.DURATION)
        found.discard(Ask.MONEY)  # "hoeveel dagen krijg ik vergoed"
    if _KINDS_OF_MONEY.search(line):
        found.discard(Ask.MONEY)
    if found & {Ask.MONEY, Ask.DURATION, Ask.FREQUENCY}:
        found.discard(Ask.COUNT)  # "hoeveel euro" asks for an amount, not for a number of things
    return frozenset(found or {Ask.WHAT})
