"""Parts of a question that asks more than one thing: "Wie mag X doen, en wanneer wordt het vergoed?"."""

from __future__ import annotations

import re

from assistant.language.tokens import terms, words
from assistant.retrieval.question import AnalysedQuestion

_OPENS = (
    r"(?:wie|wat|waar\w*|wanneer|waarom|hoe|hoeveel|welke?|mag|mogen|moet|moeten|kan|kun|kunnen|is|zijn|wordt|worden|geldt|gelden|"
    r"valt|vallen|krijgt?|krijgen|heeft|hebben|komt|komen|blijft|blijven|betaalt|betalen|doet|doen|"
    r"who|what|where|when|why|how|which|may|can|must|does|do|are|should)"
)
_PREPOSITION = r"(?:(?:van|voor|met|bij|door|in|op|aan|over|from|for|with|by)\s+)?"
_BORDER = re.compile(rf"\?\s+|[,;:]?\s+(?:en|and)\s+(?={_PREPOSITION}{_OPENS}\b)", re.IGNORECASE)
_MOST = 3
_DENIAL = r"\b(?:nog )?(?:geen|zonder|niet|without|no)(?: \w{1,4})?"
_ENOUGH = 1.0  # information that must be left in a question without what it denies


def parts_of(question: str) -> tuple[str, ...]:
    """The parts of ``question`` that can be asked by themselves, in order; the question alone when it asks one thing.

    A part needs a word that carries a subject: "en waarom?" is no question of its own.
    """
    parts = [stripped for part in _BORDER.split(question) if (stripped := part.strip(" ?.,;:"))]
    if not 1 < len(parts) <= _MOST or not all(map(terms, parts)):
        return (question,)
    return tuple(f"{part[:1].upper()}{part[1:]}?" for part in parts)


def without_denied(question: AnalysedQuestion) -> str:
    """The question without the field term that it denies ("geen Wlz-indicatie"): then the rule holds. Else nothing."""
    line = " ".join(words(question.interpreted))
    denied = [key for key in question.keys if key.concept and re.search(rf"{_DENIAL} {re.escape(key.text)}\b", line)]
    if not denied or sum(key.weight for key in question.keys if key not in denied) < _ENOUGH:
        return ""
    for key in denied:
        line = re.sub(rf"{_DENIAL} {re.escape(key.text)}\b", " ", line)
    return " ".join(line.split())
