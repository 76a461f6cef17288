"""Turns a Dutch main clause into a question by moving its finite verb: "X mag Y" becomes "Mag X Y?" and "Wie mag Y?".

In a Dutch statement the finite verb is the second part, whatever stands first; in a yes-or-no question it comes first. So no
grammar is needed but a list of the finite verbs that rules are written with. A sentence without one gives no question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language.function_words import DUTCH
from assistant.language.sentences import sentence_spans

_VERBS = frozenset(
    """
    is zijn was waren wordt worden werd werden heeft hebben had hadden kan kunnen mag mogen moet moeten zal zullen zou
    zouden dient dienen hoeft hoeven wil willen blijft blijven komt komen gaat gaan doet doen geeft geven krijgt krijgen
    ontvangt ontvangen staat staan valt vallen geldt gelden betreft betreffen omvat omvatten bevat bevatten bestaat bestaan
    betekent betekenen bepaalt bepalen beslist beslissen beoordeelt beoordelen besluit besluiten stelt stellen vindt vinden
    vraagt vragen levert leveren biedt bieden verleent verlenen zorgt zorgen voert voeren vormt vormen maakt maken neemt
    nemen houdt houden legt leggen draagt dragen koopt kopen betaalt betalen vergoedt vergoeden financiert financieren
    bekostigt bekostigen berekent berekenen bedraagt bedragen kost kosten ziet zien zegt zeggen meldt melden informeert
    informeren ondersteunt ondersteunen begeleidt begeleiden helpt helpen werkt werken overlegt overleggen bespreekt
    bespreken onderzoekt onderzoeken toetst toetsen controleert controleren evalueert evalueren registreert registreren
    verwijst verwijzen draait hanteert hanteren gebruikt gebruiken volgt volgen voldoet voldoen behoort behoren hoort horen
    vereist vereisen vergt vergen verplicht verplichten garandeert garanderen leidt leiden start starten begint beginnen
    eindigt eindigen vervalt vervallen verdwijnt verdwijnen verandert veranderen wijzigt wijzigen ontstaat ontstaan treedt
    treden streeft streven denkt denken verwacht verwachten constateert constateren beschrijft beschrijven regelt regelen
    """.split()
)
_SUBORDINATE = re.compile(
    r"(als|wanneer|indien|zodra|omdat|doordat|hoewel|voor zover|voorzover|nadat|voordat|mocht\w*)\b", re.I
)
_RELATIVE = frozenset("die dat wie waar waarin waarbij waarvan waarvoor waarmee waarop welke wat".split())
_ADVERBIAL = frozenset(
    """
    aan als bij binnen daar daarbij daardoor daarmee daarnaast daarom daarvoor dan door er gedurende hier hierbij hierdoor
    hiermee hiervoor in met na naast om onder ook op over per sinds soms tijdens tot tussen uit van vanaf vanuit vaak
    vervolgens via volgens voor wanneer zo
    """.split()
)
_ONE = {"mogen": "mag", "moeten": "moet", "kunnen": "kan", "hebben": "heeft", "zullen": "zal", "dienen": "dient"}
_NO_DOER = frozenset(
    "is zijn was waren wordt worden werd werden betekent geldt gelden valt vallen omvat omvatten betreft".split()
)
_PASSIVE = re.compile(r"\bword(?:t|en)\b")
_AMOUNTS = frozenset(
    "is zijn bedraagt bedragen kost kosten krijgt krijgen betaalt betalen ontvangt ontvangen duurt duren".split()
)
_SMALL = frozenset("er het we wij je jij u ze zij dit dat".split())
_TAIL = re.compile(r",? (?:maar|omdat|doordat|zodat|tenzij|waarbij|waardoor|waarmee|terwijl|behalve|inclusief)\b", re.I)
_NOT_FINITE = frozenset("het te van om en of".split())
_MARKER = re.compile(r"^(?:[•·▪◦–—*-]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.)°])\s+", re.I)
_ASIDE = re.compile(r"\s*\([^()]{0,200}\)")
_MOST_WORDS = 22


@dataclass(frozen=True, slots=True)
class Clause:
    """A main clause in three parts; ``when`` is the subordinate clause that stood before it, if one did."""

    first: str
    verb: str
    rest: str
    when: str = ""

    def yes_no(self) -> str:
        """The clause as a question to answer with yes or no."""
        return _asked(*self.turned(), self.when)

    def who(self) -> str:
        """The clause asked for who does it; empty where what stands first is no doer."""
        opens = self.first.split()[0].casefold()
        passive = self.verb.casefold() in _NO_DOER or _PASSIVE.search(self.rest)
        if passive or self.when or opens in _ADVERBIAL or opens in _SMALL:
            return ""
        few = len(self.rest.split()) < 3 or self.rest.split()[0].casefold() in _NOT_FINITE
        return "" if few else _asked("wie", _ONE.get(self.verb, self.verb), self.rest)

    def asked_by(self, word: str, until: re.Pattern[str] | None = None) -> str:
        """The clause behind a word that asks (why, when), without its part from ``until`` on, which is what is asked for."""
        found = until.search(self.rest) if until else None
        rest = self.rest[: found.start()].rstrip(" ,") if found else self.rest
        return _asked(word, *Clause(self.first, self.verb, rest).turned())

    def how_much(self) -> str:
        """The clause asked for its amount; empty where its verb names none."""
        return _asked("hoeveel", self.verb, _lowered(self.first)) if self.verb in _AMOUNTS else ""

    def turned(self) -> tuple[str, ...]:
        """Verb, then what stood before it, then the rest; a small word of the rest keeps close to its verb."""
        head, _, tail = self.rest.partition(" ")
        if tail and head.casefold() in _SMALL and self.first.split()[0].casefold() in _ADVERBIAL:
            return self.verb, head, _lowered(self.first), tail
        return self.verb, _lowered(self.first), self.rest


def plain_text(text: str) -> str:
    """A unit without its marker, what stands between brackets, and its closing sign."""
    line = _ASIDE.sub("", " ".join(_MARKER.sub("", text.strip()).split()))
    return line.rstrip(" .;:,")


def clause_of(text: str) -> Clause | None:
    """The main clause of the first sentence of ``plain_text``, or None where its finite verb is not found."""
    text = next((text[start:end].rstrip(" .;:,") for start, end in sentence_spans(text)), "")
    when = ""
    if _SUBORDINATE.match(text):
        condition, comma, main = _after_condition(text)
        if not comma:
            return None
        words = main.split()
        if len(words) < 3:
            return None
        return Clause(*_second_first(words), when=_lowered(condition))
    words = text.split()
    at = _verb_at(words)
    if at is None or words[0][0].islower():  # no sentence but an item of a list, whose verb is an infinitive
        return None
    return Clause(" ".join(words[:at]).rstrip(","), words[at], _cut(" ".join(words[at + 1 :])), when)


def _after_condition(text: str) -> tuple[str, str, str]:
    """The subordinate clause and the main one, that begins with its verb: "Als …, (dan) wordt …"."""
    for found in re.finditer(r", (?:dan )?(?=(\w+))", text):
        if found[1].casefold() in _VERBS:
            return text[: found.start()], ",", text[found.end() :]
    # Without a comma the verb of the main clause follows that of the other: "… is geïndiceerd wordt het traject …".
    words = text.split()
    for at in range(3, len(words) - 2):
        if words[at].casefold() in _VERBS and words[at + 1].casefold() in {"de", "het", "een", "er"}:
            return " ".join(words[:at]), ",", " ".join(words[at:])
    return text, "", ""


def _second_first(words: list[str]) -> tuple[str, str, str]:
    """Of a clause that begins with its verb: the word after it (with its article), the verb, the rest."""
    length = 2 if words[1].casefold() in {"de", "het", "een", "deze", "die"} and len(words) > 3 else 1
    return " ".join(words[1 : 1 + length]), words[0], _cut(" ".join(words[1 + length :]))


def _verb_at(words: list[str]) -> int | None:
    """Where the finite verb of the main clause stands: the first one that does not belong to a relative clause."""
    relative = 0
    for at, word in enumerate(words):
        folded = word.casefold().strip(",")
        if at and folded in _RELATIVE:
            relative += 1
        if not at or folded not in _VERBS or at + 1 == len(words) or words[at - 1].casefold() in _NOT_FINITE:
            continue
        if relative:
            relative -= 1
            continue
        return at
    return None


def _cut(rest: str) -> str:
    """The rest up to where a further clause begins, so that the question stays one question."""
    found = next((f for f in _TAIL.finditer(rest) if f.start() > 0 and len(rest[: f.start()].split()) >= 4), None)
    short = rest[: found.start()] if found else rest
    return short.rstrip(" .;:,")


def _asked(*parts: str) -> str:
    line = " ".join(" ".join(part for part in parts if part).split())
    words = line.split()
    if len(words) > _MOST_WORDS:
        words = words[:_MOST_WORDS]
        while words[-1].casefold().strip(",;:") in DUTCH:
            words.pop()
        line = " ".join(words).rstrip(" .;:,")
    return f"{line[:1].upper()}{line[1:]}?"


def _lowered(text: str) -> str:
    """The text as it stands inside a sentence: a name or an abbreviation keeps its capital."""
    word = text.split()[0] if text.split() else ""
    return text if sum(char.isupper() for char in word) > 1 else text[:1].lower() + text[1:]
