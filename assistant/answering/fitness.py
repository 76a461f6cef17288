"""Whether a text holds the kind of thing that is asked for (an amount, a date, a person, a reason), and of which years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.language.tokens import fold
from assistant.retrieval.question import AnalysedQuestion, Ask

_ONES = r"(?:twee|drie|vier|vijf|zes|zeven|acht|negen)"
_TEENS = r"(?:tien|elf|twaalf|dertien|veertien|(?:vijf|zes|zeven|acht|negen)tien)"
_TENS = rf"(?:(?:een|{_ONES})en)?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)"
_HUNDREDS = rf"(?:{_ONES}|{_TEENS}|{_TENS})?(?:honderd|duizend)(?:en)?(?:{_TENS}|{_TEENS}|{_ONES}|een)?"
_NUMBER_WORD = rf"(?:{_HUNDREDS}|{_TENS}|{_TEENS}|{_ONES}|miljoen|miljard|beide|helft)"
_MONTH = r"(januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
_TIME_UNIT = (
    r"(minuten|minuut|uur|uren|kwartier|etmaal|etmalen|nacht|nachten|\w*dag|\w*dagen|dagdeel|dagdelen|week|weken|maand|maanden|"
    r"\w*jaar|jaren|kwartaal)"
)
# Digits that count nothing: years, dates, labels, page and article references, codes, addresses.
_NO_NUMBER = re.compile(
    rf"https?://\S+|^\W*\d+[.)]\s|\(p\.? ?\d+[^)]*\)|\b\d{{1,2}} {_MONTH}\b|\b(19|20)\d\d\b"
    r"|\b(punt|artikel|lid|bladzijde|pagina|bijlage|hoofdstuk|versie|nr|nummer)\.? \d[\d.]*|\b[a-z]+[-/]\S*\d\S*"
)
_SOME = r"(meerdere|enkele|diverse|geen|alle)"
_SOMEONE = (  # how words for people, professions, bodies and organisations end, in any field
    r"(kundige|arts|manager|werker|verzekeraar|gemeente|ministerie|minister|instituut|autoriteit|aanbieder|verlener|professional|"
    r"functionaris|ondersteuner|specialist|netwerk|kantoor|nederland|voorzitter|raad|verzekerde|client|patient|bestuur|"
    r"partij|coach|leider|houder|beheerder|meester|directeur|directie|adviseur|consulent|coordinator|inspecteur|secretaris|"
    r"penningmeester|loket|dienst|commissie|team|vereniging|stichting|bedrijf|instelling|organisatie|school|college|provincie|\brijk|"
    r"overheid|politie|rechter|notaris|apotheker|therapeut|psycholoog|docent|leraar|leerkracht|trainer|begeleider|chauffeur|monteur|"
    r"eigenaar|huurder|bewoner|inwoner|burger|bezoeker|gebruiker|aanvrager|deelnemer|vrijwilliger|gever|nemer|leverancier|"
    r"contactpersoon|persoon|personen|iemand|niemand|mensen|mens|\bleden|\bouders|kind|kinderen|leerling|student|partner|familie|gezin|"
    r"huisgenoot|buur|buren|naaste|zorger|wie|degene)"
)
_TERM = rf"(\d+|\b{_NUMBER_WORD})\s+{_TIME_UNIT}\b"
_RATE = rf"\b(dagelijks|wekelijks|maandelijks|jaarlijks|eenmalig)\b|\b(per|elke?|iedere?) {_TIME_UNIT}\b"
_TESTS: dict[Ask, re.Pattern[str]] = {
    Ask.MONEY: re.compile(r"€|\beuro\b|\beur\b|\bpercent|%|\bprocent\b"),
    Ask.FREQUENCY: re.compile(
        rf"{_RATE}|\b(periodiek\w*|continu\w*|regelmatig|keer|maal)\b",
    ),
    Ask.DURATION: re.compile(rf"{_TERM}|\b(direct|onmiddellijk|hele|gedurende|zolang|tot en met|t/m)\b"),
    Ask.WHEN: re.compile(
        rf"\b(19|20)\d\d\b|\b\d{{1,2}} {_MONTH}\b"
        r"|\b(vanaf|moment|zodra|direct|voordat|nadat|na|per|indien|wanneer|tijdens|fase|periode)\b"
    ),
    Ask.CONTACT: re.compile(r"\b0\d{1,3}[- ]?\d{6,8}\b|@|https?://|www\."),
    Ask.WHERE: re.compile(r"https?://|www\.|\b(bij|via|in|op)\b"),
    Ask.WHO: re.compile(rf"{_SOMEONE}(?:s|n|en)?\b"),
    Ask.EXCLUDED: re.compile(
        r"\b(niet|geen|nooit|niemand|evenmin|behalve|tenzij|uitgezonderd|uitgesloten|uitzondering\w*|alleen|uitsluitend|voorbehouden|"
        r"vervalt|vervallen|verboden)\b"
    ),
    Ask.WHY: re.compile(r"\b(omdat|want|doordat|daardoor|daarom|zodat|reden|doel|om|hiermee|vanwege|aangezien|met deze)\b"),
}

_NAMED = {  # what is no more than the thing itself, of those that other words may stand for
    Ask.DURATION: re.compile(_TERM),
    Ask.FREQUENCY: re.compile(rf"{_RATE}|(\d+|\b{_NUMBER_WORD}) (keer|maal)\b"),
}
_NUMBER = re.compile(rf"\b(\d[\d.]*|{_NUMBER_WORD}|{_SOME})\s+(?:\w+\s+)?(?:\w+\s+)?")
_ANY_NUMBER = re.compile(rf"\d|\b{_NUMBER_WORD}\b")
_YEARS = re.compile(r"\b(?:(na|vanaf|sinds|per|tot(?: en met)?|t/m|voor)\s+(?:\d{1,2}\s+)?(?:\w+\s+)?)?((?:19|20)\d\d)\b")
_TAIL = 5  # so many last letters that two words share make them the same thing: "dementienetwerken", "netwerken"

_folded = lru_cache(maxsize=20_000)(fold)  # the same units are looked at for every question


def fitness(question: AnalysedQuestion, text: str) -> float:
    """The share of what is asked that ``text`` could give, 0.0..1.0; what any sentence can give counts as given."""
    results = [1.0 if gives(question, ask, text) else 0.0 for ask in question.asks]
    return sum(results) / len(results) if results else 1.0


def untimely(question: AnalysedQuestion, text: str) -> bool:
    """Whether ``text`` speaks of years, and of none that is asked about: not of 2026 only, when 2027 is asked about."""
    return bool(question.years) and _of_other_years(question.years, text)


def gives(question: AnalysedQuestion, ask: Ask, text: str) -> bool:
    """Whether ``text`` holds the kind of thing that ``ask`` asks for; for a number, a number of that very thing."""
    line = _folded(text)
    if ask is Ask.COUNT:
        return _counts(question.counted, _NO_NUMBER.sub(" ", line))
    return ask not in _TESTS or _TESTS[ask].search(line) is not None


def names(question: AnalysedQuestion, ask: Ask, text: str) -> bool:
    """Whether ``text`` holds the very thing that a hard ask is for: for a term a number of days, not "het hele traject"."""
    if ask in _NAMED:
        return _NAMED[ask].search(_folded(text)) is not None
    return gives(question, ask, text)


def _of_other_years(years: Sequence[int], text: str) -> bool:
    """Whether a text speaks of years, and of none of ``years``: "voor 2026" when 2027 is asked about."""
    said = [(word or "", int(year)) for word, year in _YEARS.findall(_folded(text))]
    return bool(said) and not any(_covers(word, year, asked) for word, year in said for asked in years)


def _covers(word: str, year: int, asked: int) -> bool:
    if word == "na":
        return asked > year
    if word in ("vanaf", "sinds", "per"):
        return asked >= year
    return asked <= year if word.startswith(("tot", "t/m")) else asked == year


def _counts(counted: Sequence[str], line: str) -> bool:
    if not counted:
        return _ANY_NUMBER.search(line) is not None
    return any(
        _same_thing(word, thing)
        for match in _NUMBER.finditer(line)
        for word in re.findall(r"[a-z]+", line[match.end(1) : match.end(1) + 60])[:3]
        for thing in counted
    )


def _same_thing(one: str, other: str) -> bool:
    shorter, longer = sorted((one.removesuffix("en").removesuffix("s"), other.removesuffix("en").removesuffix("s")), key=len)
    return longer == shorter or (len(shorter) >= _TAIL and (longer.endswith(shorter) or longer.startswith(shorter)))
