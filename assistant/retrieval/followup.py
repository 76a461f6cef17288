"""Makes a whole question of a follow-up, from the earlier questions of the conversation.

Deterministic and modest: what is recognised as elliptical is completed by one of a few patterns; everything else is left
as it was asked. A question that stands on its own is a new topic, and then nothing of the conversation is used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.information import information, language_of
from assistant.language.places import places_in
from assistant.language.tokens import fold, terms, words
from assistant.retrieval.dates import moved_to

_PLURALS = {
    "mag": "mogen", "kan": "kunnen", "moet": "moeten", "wordt": "worden", "is": "zijn", "valt": "vallen",
    "geldt": "gelden", "krijgt": "krijgen", "heeft": "hebben", "doet": "doen", "betaalt": "betalen",
    "vergoedt": "vergoeden", "stelt": "stellen", "bepaalt": "bepalen", "levert": "leveren", "hoort": "horen",
}  # fmt: skip
_MODALS = frozenset({*_PLURALS, *_PLURALS.values(), *"kun may can must should is are does do".split()})
_OPENER = re.compile(
    r"^\s*(en|maar|of|ook|dus|o ?k[eé]|nee|sorry|and|but|or|so|no|what about|how about)\b[\s,.:]*(dan\s+|ook\s+)?",
    re.IGNORECASE,
)
_CORRECTION = re.compile(r"^\W*((nee|sorry|oh|ah|hm+)\b\W*)*(ik (bedoel(de)?|vroeg)|i (mean|meant))\b[\s,:]*", re.IGNORECASE)
_FILLER = re.compile(
    r"^(hoe zit (dat|het)|hoe is (dat|het)|wat als|en als|geldt (dat|dit)|is (dat|dit) (ook )?zo)\b[\s,]*"
    r"(met|bij|voor|in)?\s*",
    re.IGNORECASE,
)
_POINTERS = frozenset(
    """
    dat die dit deze hij zij ze hem haar daar hier daarvan daarvoor daarbij daarna daarmee daarover daarin daaraan
    hiervoor hierbij hiervan hierover ervoor ervan erbij erover ermee erin eraan erna dan zoiets diegene zulke
    diezelfde datzelfde it that they them this those these he she there
    """.split()
)
_SPEAKERS = frozenset("ik je jij u i you".split())  # who speaks of themselves makes a sentence of their own
_ASKING = frozenset("wie wat waar wanneer waarom hoe hoeveel welk welke who what when where why how which".split())
_WH = re.compile(r"^(wie|who)\s+(?P<verb>\w+)\s+(?P<rest>.+)$", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"(in|bij|met|zonder|na|voor|vanaf|tot|tijdens|als|door|onder|op|over|per|via|with|without|for|by)\b"
)
_PLURAL = re.compile(r"(en|ers|'s)$")
_LONGEST_FRAGMENT = 6
_TELLING = 0.4  # information of a word that says what a question is about
_FOLLOWS = re.compile(r".+ \((?:na de vraag|after the question): (?P<earlier>.+)\)\?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The question as a whole sentence, and what it takes from the conversation.

    ``own`` is what this turn itself asks, in a form that can be searched; ``leans_on`` the earlier questions whose words
    count as well: the one before, and the one that its row began with; ``grafted`` says that a fragment was put into the
    first of them; ``alone`` that ``own`` points to nothing before it, so that it may be a question by itself.
    """

    text: str
    own: str
    leans_on: tuple[str, ...] = ()
    grafted: bool = False
    alone: bool = False


def resolve(question: str, history: Sequence[str]) -> Resolved:
    """Completes ``question`` from ``history`` (oldest first); without need, or without history, returns it unchanged."""
    if not history:
        return Resolved(question, question)
    corrected = _CORRECTION.sub("", question).strip()
    bare = _opened(corrected)
    fragment = _FILLER.sub("", bare)
    opened = bare != question.strip() or (fragment != bare and _is_fragment(fragment))
    if not words(bare) or not (opened or _is_fragment(bare) or _points_back(bare)):
        return Resolved(question, question)
    last = resolve(history[-1], history[:-1])
    if _is_fragment(fragment) and (moved := _elsewhere(fragment, last.text)):
        return Resolved(moved, moved)
    if corrected == question.strip() and (_is_fragment(bare) or (opened and _is_fragment(fragment))):
        return _grafted(fragment, last)
    if len(terms(bare)) > _LONGEST_FRAGMENT and not _points_back(bare):
        return Resolved(question, question)
    context = (last.own, *last.leans_on[-1:]) if last.leans_on and not last.grafted else (last.text,)
    alone = _POINTERS.isdisjoint(words(bare)) and any(information(term) >= _TELLING for term in terms(bare))
    return Resolved(_after(bare, context), bare, context, alone=alone)


def earlier_in(interpreted: str) -> str:
    """The earlier question that a question was read as following on, by how :func:`resolve` words it; else nothing."""
    found = _FOLLOWS.fullmatch(interpreted)
    return f"{found['earlier']}?" if found else ""


def _opened(text: str) -> str:
    """The question without the words that only tie it to what was said."""
    bare = _OPENER.sub("", text).strip()
    return bare if bare == text.strip() else _opened(bare)


def _elsewhere(fragment: str, last: str) -> str:
    """The last question for another time or another place: "en voor 2028?", "en punt 8?", "en 11?"; else nothing."""
    moved = moved_to(fragment, last)
    found, named = places_in(last), places_in(fragment)
    if moved or not found:
        return moved
    start, end = found[0][1], max(end for _, _, end in found)
    if re.fullmatch(r"\W*\d+[a-z]?\W*", fragment):
        fragment = f"{found[-1][0][0]} {fragment.strip(' ?.!')}"
    elif not named:
        return ""
    rest = last[end:] if len(words(fragment)) == 2 else "?"  # "punt 2 van de brief" says of which document
    return f"{last[:start]}{fragment.strip(' ?.!')}{rest}" if len(fold(last)) == len(last) else fragment


def _grafted(fragment: str, last: Resolved) -> Resolved:
    """A fragment in the question that began the row: "En de huisarts?", "En de sociaal werker?" both belong there."""
    base = last.leans_on[0] if last.grafted else last.own if last.leans_on else last.text
    before = (last.leans_on[1:] if last.grafted else last.leans_on)[-1:]
    whole = _graft(fragment, base)
    return Resolved(_after(whole, before) if before else whole, fragment, (base, *before), grafted=True)


def _after(question: str, context: Sequence[str]) -> str:
    """A question with those that it follows on, oldest first."""
    whole = f"{question[:1].upper()}{question[1:].rstrip(' ?.!')}"
    said = "; ".join(text.rstrip(" ?.!") for text in reversed(context))
    return f"{whole} ({'after the question' if language_of(question) == 'en' else 'na de vraag'}: {said})?"


def _is_fragment(text: str) -> bool:
    """A few words without a verb that makes a question: "de huisarts", "in 2027", "bij een Wlz-indicatie"."""
    found = words(text)
    return (
        0 < len(found) <= _LONGEST_FRAGMENT
        and found[0] not in _ASKING
        and _MODALS.isdisjoint(found)
        and _SPEAKERS.isdisjoint(found)
    )


def _points_back(text: str) -> bool:
    """Whether the question has a word that points back, and too little of its own to be understood without."""
    found = fold(text).replace("’", "'")
    pointers = [word for word in re.findall(r"[a-z']+", found) if word in _POINTERS]
    return (bool(pointers) and len(terms(text)) <= 4) or (len(terms(text)) <= 1 and len(words(text)) <= 6)


def _graft(fragment: str, previous: str) -> str:
    """Puts a fragment into the previous question: "Wie mag X doen?" + "de huisarts" is "Mag de huisarts X doen?"."""
    fragment = fragment.strip(" ?.!,")
    asked = previous.strip(" ?.!")
    match = _WH.match(asked)
    verb = match["verb"].lower() if match else ""
    if match and not _PREPOSITION.match(fold(fragment)) and verb in _MODALS:
        if _PLURAL.search(fold(fragment)) and not fold(fragment).startswith("een "):
            verb = _PLURALS.get(verb, verb)
        return f"{verb.capitalize()} {fragment} {match['rest']}?"
    return f"{asked}, {'and' if language_of(asked) == 'en' else 'en'} {fragment}?"
