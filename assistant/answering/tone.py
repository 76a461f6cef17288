"""How a clause is meant: denied or not, allowed, obliged, only, usually, under a condition. By rule, for Dutch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.language.sentences import sentence_spans
from assistant.language.tokens import fold

# "Niet alleen … maar ook" denies nothing; "niet-" before a noun and "niet pluis" are names of things.
_NO_DENIAL = re.compile(r"\bniet[- ](?:alleen|slechts|enkel|uitsluitend|pluis\w*)\b|\bniet-\w+|\b(?:zo|indien|waar) nodig\b")
_DENIAL = re.compile(
    r"\b(?:niet|geen|nooit|niemand|niets|nergens|noch|evenmin|geenszins|zonder|onvoldoende|onmogelijk|"
    r"belemmering\w*|verboden|verbied\w*|uitgesloten|weiger\w*|ontbreekt|ontbreken|vervalt|vervallen)\b"
)
_ONLY = re.compile(r"\b(?:alleen|enkel|slechts|uitsluitend|voorbehouden)\b")
_MUST = re.compile(r"\b(?:moet|moeten|moest|moesten|dient|dienen|verplicht\w*|vereist\w*|hoeft|hoeven|noodzakelijk)\b")
_NEED = re.compile(r"\b(?:nodig|noodzaak\w*|noodza(?:ak|ken)t|voorwaarden?|mits|behoort|hoort|horen|eis|eisen)\b")
_MAY = re.compile(
    r"\b(?:mag|mogen|mocht|mochten|kan|kun|kunt|kunnen|kon|konden|toegestaan|bevoegd\w*|mogelijk|mogelijkhe(?:id|den)|"
    r"belemmering\w*)\b"
)
_HEDGE = re.compile(r"\b(?:soms|meestal|vaak|doorgaans|zelden|deels|gedeeltelijk|in principe|in de regel|niet altijd)\b")
_ALWAYS = re.compile(r"\b(?:altijd|steeds|alle|alles|iedereen|ieder|iedere|elk|elke|nooit|volledig|helemaal|automatisch)\b")
_WHOLE = re.compile(r"\b(?:geheel|gehele|hele|doorlopend|geen enkele?)\b")
_CONDITION = re.compile(
    r"\b(?:als|indien|wanneer|mits|tenzij|behalve|voor zover|uitgezonderd|zodra|pas|"
    r"uitzondering\w*|afhankelijk|voorwaarden?)\b"
)
_BOUND = re.compile(r"\b(?:mits|tenzij|behalve|voor zover|uitgezonderd|met uitzondering)\b|^(?:als|indien|wanneer)\b")
_CLAUSE = re.compile(
    r"[;\n]+|\s[–—-]\s"
    r"|,\s+(?=(?:maar|terwijl|omdat|want|tenzij|behalve|dan|waarbij|waardoor|zodat|als|indien|wanneer|mits|doordat|en)\b)"
    r"|\s(?=(?:maar|terwijl|omdat|doordat|want|tenzij)\s)"
)


@dataclass(frozen=True, slots=True)
class Tone:
    """What the words of a clause say of how it is meant. ``bound``: it holds only under a condition that it names."""

    denied: bool
    only: bool
    must: bool
    need: bool
    may: bool
    hedged: bool
    always: bool
    whole: bool
    condition: bool
    bound: bool


def tone_of(text: str) -> Tone:
    """Reads the tone of ``text``. Two denials undo each other: "geen belemmering" is no denial."""
    line = _NO_DENIAL.sub(" ", " ".join(fold(text).split()))
    return Tone(
        denied=len(_DENIAL.findall(line)) % 2 == 1,
        only=bool(_ONLY.search(line)),
        must=bool(_MUST.search(line)),
        need=bool(_NEED.search(line)),
        may=bool(_MAY.search(line)),
        hedged=bool(_HEDGE.search(line)),
        always=bool(_ALWAYS.search(line)),
        whole=bool(_WHOLE.search(line)),
        condition=bool(_CONDITION.search(line)),
        bound=bool(_BOUND.search(line)),
    )


def clauses(text: str) -> Iterator[tuple[str, str]]:
    """The clauses of ``text``, each with the sentence that it stands in."""
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        for clause in _CLAUSE.split(sentence):
            if clause.strip():
                yield clause.strip(), sentence
