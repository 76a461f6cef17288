"""Whether a text holds the kind of thing that is asked for: an amount, a number, a date, a person, a reason."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.language.tokens import fold
from assistant.retrieval.question import Ask

_NUMBER_WORD = (
    r"(twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|twintig|dertig|veertig|vijftig|honderd|duizend|beide|"
    r"helft)"
)
_MONTH = r"(januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
_TIME_UNIT = r"(minuten|minuut|uur|uren|dag|dagen|week|weken|maand|maanden|jaar|jaren|kwartaal)"
_PROFESSION = (
    r"(verpleegkundige|arts|huisarts|casemanager|werker|verzekeraar|gemeente|ministerie|minister|zorginstituut|zorgautoriteit|aanbieder|"
    r"zorgverlener|professional|functionaris|mantelzorger|praktijkondersteuner|specialist|netwerk|zorgkantoor|nederland|voorzitter|raad|"
    r"verzekerde|client|patient|bestuur|partij)"
)
_TESTS: dict[Ask, re.Pattern[str]] = {
    Ask.MONEY: re.compile(r"€|\beuro\b|\beur\b|\bpercent|%|\bprocent\b"),
    Ask.COUNT: re.compile(rf"\d|\b{_NUMBER_WORD}\b"),
    Ask.DURATION: re.compile(
        rf"(\d+|\b{_NUMBER_WORD})\s+{_TIME_UNIT}\b|\b(direct|onmiddellijk|hele|gedurende|zolang|tot en met|t/m)\b"
    ),
    Ask.WHEN: re.compile(
        rf"\b(19|20)\d\d\b|\b\d{{1,2}} {_MONTH}\b"
        r"|\b(vanaf|moment|zodra|direct|voordat|nadat|na|per|indien|wanneer|tijdens|fase|periode)\b"
    ),
    Ask.CONTACT: re.compile(r"\b0\d{1,3}[- ]?\d{6,8}\b|@|https?://|www\."),
    Ask.WHERE: re.compile(r"https?://|www\.|\b(bij|via|in|op)\b"),
    Ask.WHO: re.compile(_PROFESSION),
    Ask.WHY: re.compile(r"\b(omdat|want|doordat|daardoor|daarom|zodat|reden|doel|om|hiermee|vanwege|aangezien|met deze)\b"),
}


_folded = lru_cache(maxsize=20_000)(fold)  # the same units are looked at for every question


def fitness(asks: frozenset[Ask], text: str) -> float:
    """The share of ``asks`` that ``text`` could give, 0.0..1.0; what any sentence can give counts as given."""
    line = _folded(text)
    results = [1.0 if ask not in _TESTS or _TESTS[ask].search(line) else 0.0 for ask in asks]
    return sum(results) / len(results) if results else 1.0
