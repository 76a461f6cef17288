"""Makes a whole question of a follow-up, from the earlier questions of the conversation.

Deterministic and modest: what is recognised as elliptical is completed by one of three patterns; everything else is left
as it was asked. A question that stands on its own is a new topic, and then nothing of the conversation is used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.tokens import fold, terms, words

_MODALS = frozenset(
    """
    mag mogen kan kun kunnen moet moeten wordt worden is zijn valt vallen geldt gelden krijgt krijgen heeft hebben doet doen
    betaalt betalen vergoedt vergoeden bepaalt bepalen levert leveren hoort horen stelt stellen
    may can must should is are does do
    """.split()
)
_OPENER = re.compile(r"^\s*(en|maar|of|ook|dus|and|but|or|what about|how about)\b[\s,]*(dan\s+|ook\s+)?", re.IGNORECASE)
_FILLER = re.compile(
    r"^(hoe zit (dat|het)|hoe is (dat|het)|wat als|en als|geldt (dat|dit)|is (dat|dit)( ook)?( zo)?)\b[\s,]*"
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
_WH = re.compile(r"^(wie|wat|welke?( \w+)?|who|what|which( \w+)?)\s+(?P<verb>\w+)\s+(?P<rest>.+)$", re.IGNORECASE)
_LONGEST_FRAGMENT = 6
_FOLLOWS = re.compile(r".+ \(na de vraag: (?P<earlier>.+)\)\?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The question as a whole sentence, and the earlier question that it leans on, if any.

    ``grafted`` says that it was made by putting a fragment into that earlier question.
    """

    text: str
    leans_on: str = ""
    grafted: bool = False


def resolve(question: str, history: Sequence[str]) -> Resolved:
    """Completes ``question`` from ``history`` (oldest first); without need, or without history, returns it unchanged."""
    if not history:
        return Resolved(question)
    bare = _OPENER.sub("", question).strip()
    opened = bare != question.strip()
    fragment = _FILLER.sub("", bare)
    opened = opened or (fragment != bare and _is_fragment(fragment))
    if not (opened or _is_fragment(bare) or _points_back(bare)):
        return Resolved(question)
    earlier = resolve(history[-1], history[:-1])
    # "En de huisarts?", "En de sociaal werker?": both belong in the question that began the row.
    previous = earlier.leans_on if earlier.leans_on and (earlier.grafted or _is_fragment(fragment)) else earlier.text
    if _is_fragment(bare) or (opened and _is_fragment(fragment)):
        return Resolved(_graft(fragment, previous), previous, grafted=True)
    if len(terms(bare)) > _LONGEST_FRAGMENT and not _points_back(bare):
        return Resolved(question)
    topic = (earlier.leans_on or previous) if not earlier.grafted else earlier.text
    whole = f"{bare[:1].upper()}{bare[1:].rstrip(' ?.!')}"
    return Resolved(f"{whole} (na de vraag: {topic.rstrip(' ?.!')})?", topic)


def earlier_in(interpreted: str) -> str:
    """The earlier question that a question was read as following on, by how :func:`resolve` words it; else nothing."""
    found = _FOLLOWS.fullmatch(interpreted)
    return f"{found['earlier']}?" if found else ""


def _is_fragment(text: str) -> bool:
    """A few words without a verb that makes a question: "de huisarts", "in 2027", "bij een Wlz-indicatie"."""
    found = words(text)
    return (
        0 < len(found) <= _LONGEST_FRAGMENT
        and found[0] not in _MODALS
        and not _MODALS.intersection(found)
        and not _asks(found[0])
    )


def _asks(word: str) -> bool:
    return word in {
        "wie",
        "wat",
        "waar",
        "wanneer",
        "waarom",
        "hoe",
        "hoeveel",
        "welk",
        "welke",
        "who",
        "what",
        "when",
        "where",
        "why",
        "how",
    }


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
    starts_with_preposition = re.match(
        r"(in|bij|met|zonder|na|voor|vanaf|tot|tijdens|als|door|onder|op|over|per)\b", fold(fragment)
    )
    if match and not starts_with_preposition and match["verb"].lower() in _MODALS and fold(asked).startswith(("wie", "who")):
        return f"{match['verb'].capitalize()} {fragment} {match['rest']}?"
    return f"{asked}, en {fragment}?"
