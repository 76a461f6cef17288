"""Parts of a question that asks more than one thing: "Wie mag X doen, en wanneer wordt het vergoed?"."""

from __future__ import annotations

import re

from assistant.language.tokens import terms

_OPENS = (
    r"(?:wie|wat|waar\w*|wanneer|waarom|hoe|hoeveel|welke?|mag|mogen|moet|moeten|kan|kun|kunnen|is|zijn|wordt|worden|geldt|gelden|"
    r"valt|vallen|krijgt?|krijgen|heeft|hebben|komt|komen|blijft|blijven|betaalt|betalen|doet|doen|"
    r"who|what|where|when|why|how|which|may|can|must|does|do|are|should)"
)
_PREPOSITION = r"(?:(?:van|voor|met|bij|door|in|op|aan|over|from|for|with|by)\s+)?"
_BORDER = re.compile(rf"\?\s+|[,;:]?\s+(?:en|and)\s+(?={_PREPOSITION}{_OPENS}\b)", re.IGNORECASE)
_MOST = 3


def parts_of(question: str) -> tuple[str, ...]:
    """The parts of ``question`` that can be asked by themselves, in order; the question alone when it asks one thing.

    A part needs a word that carries a subject: "en waarom?" is no question of its own.
    """
    parts = [stripped for part in _BORDER.split(question) if (stripped := part.strip(" ?.,;:"))]
    if not 1 < len(parts) <= _MOST or not all(map(terms, parts)):
        return (question,)
    return tuple(f"{part[:1].upper()}{part[1:]}?" for part in parts)
