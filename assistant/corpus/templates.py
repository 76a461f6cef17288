"""Example questions for one unit of a document, made from its own words and the glossary.

The kind of sentence decides what is asked: a rule asks who, a condition asks when, a definition asks what it is. Lay words
for the field's own make short questions of their own, as people type them who do not know the terms: those are what makes
a document found that has no questions yet (measured: see drafting). All of it is a draft, for a keeper to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from assistant.corpus.clauses import Clause, clause_of, plain_text
from assistant.corpus.topics import Topic, TopicFinder
from assistant.records import Passage, Unit, UnitRole

MOST = 14  # questions for a unit
_IN_ROW = 4  # lay words in one short question
_LEAST_WORDS = 3  # of a unit
_FEWEST_WORDS = 3  # of a question

_AMOUNT = re.compile(r"€|\b\d[\d.,]*\s*(?:euro|procent|%|uur|uren|minuten|dagen|weken|maanden|jaar|keer)\b", re.I)
_MONTH = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_BEFORE_DAY = "op|per|vanaf|met ingang van|tot en met|tot|uiterlijk|in|voor"
_DAY = re.compile(rf"(?:\b(?:{_BEFORE_DAY}) )?\b(?:\d{{1,2}} (?:{_MONTH})(?: 20\d\d)?|20\d\d)$", re.I)
_CONDITION = re.compile(
    r"\b(?:als (?=(?:de|het|een|er|iemand|deze|die)\b)|(?:wanneer|indien|mits|voor zover|voorzover|op voorwaarde dat)\b)",
    re.I,
)
_EXCEPTION = re.compile(
    r"\b(?:tenzij|behalve|uitgezonderd|uitzondering\w*|niet van toepassing|met uitsluiting|geldt niet)\b", re.I
)
_REASON = re.compile(r"\b(?:omdat|doordat|vanwege|aangezien)\b", re.I)
_SPEAKERS = frozenset({"ik", "je", "jij"})
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A unit as it is asked about; ``around`` is what its list and its headings are about."""

    text: str
    clause: Clause | None
    topics: tuple[Topic, ...]
    around: tuple[Topic, ...]
    role: UnitRole


class Templates:
    """Makes questions with one glossary."""

    def __init__(self, finder: TopicFinder) -> None:
        self._finder = finder

    def questions(self, passage: Passage, unit: Unit) -> tuple[str, ...]:
        """Questions for ``unit``, without doubles; none for what tells nothing, such as a date or a greeting."""
        seen = self._see(passage, unit)
        in_list = unit.role is UnitRole.ITEM and bool(seen.around)
        short = len(seen.text.split()) < _LEAST_WORDS and not in_list
        if short or (seen.clause is None and not seen.topics and not in_list):
            return ()
        made = [*_of_clause(seen), *_of_list(seen), *_in_lay_words(seen.topics or seen.around)]
        unique: dict[str, str] = {}
        for question in made:
            unique.setdefault(question.casefold(), question)
        return tuple(unique.values())[:MOST]

    def _see(self, passage: Passage, unit: Unit) -> _Seen:
        text = plain_text(_ADDRESS.sub("", unit.text))
        lead = next((each.text for each in passage.units if each.role is UnitRole.LEAD_IN and each.start < unit.start), "")
        around = self._finder.find(plain_text(lead)) or self._finder.find(" ".join(passage.section[-1:]))
        return _Seen(text, clause_of(text), self._finder.find(text), around, unit.role)


def _of_clause(seen: _Seen) -> Iterator[str]:
    """The sentence turned into questions: whether, who, and what its words of condition, reason, amount or day ask for."""
    clause = seen.clause
    if clause is None or clause.first.casefold() in _SPEAKERS or clause.rest.startswith("dat "):
        return
    made = [clause.yes_no(), clause.who()]
    if _AMOUNT.search(clause.rest):
        made.append(clause.how_much())
    if clause.when or _CONDITION.search(clause.rest):
        made.append(clause.asked_by("wanneer", _CONDITION))
    elif _DAY.search(clause.rest):
        made.append(clause.asked_by("wanneer", _DAY))
    if _REASON.search(seen.text):
        made.append(clause.asked_by("waarom", _REASON))
    if clause.verb in ("is", "zijn", "betekent", "omvat") and any(_same(clause.first, topic) for topic in seen.topics):
        made.append(f"Wat {'zijn' if clause.verb == 'zijn' else 'is'} {_inside(clause.first)}?")
    if _EXCEPTION.search(seen.text) and seen.topics:
        made.append(f"Welke uitzonderingen zijn er bij {seen.topics[0].concept.term}?")
    yield from (question for question in made if len(question.split()) >= _FEWEST_WORDS)


def _of_list(seen: _Seen) -> Iterator[str]:
    """What belongs to a list, and whether its item does."""
    if seen.role is UnitRole.LEAD_IN and seen.clause is not None:
        yield from (f"Wat hoort er allemaal bij {t.concept.term}?" for t in seen.topics if _same(seen.clause.first, t))
    if seen.role is UnitRole.ITEM and seen.clause is None and seen.around and seen.text[:1].islower():
        yield f"Hoort {seen.text} bij {seen.around[0].concept.term}?"


def _in_lay_words(topics: tuple[Topic, ...]) -> Iterator[str]:
    """Short questions as people type them in a hurry: of each subject the first lay word, then the second, and so on."""
    rows = zip_longest(*(topic.concept.lay for topic in topics))
    said = list(dict.fromkeys(word for row in rows for word in row if word))
    for at in range(0, len(said), _IN_ROW):
        line = ", ".join(said[at : at + _IN_ROW])
        yield f"{line[:1].upper()}{line[1:]}: hoe zit dat?"


def _same(first: str, topic: Topic) -> bool:
    return _inside(first).removeprefix("de ").removeprefix("het ").casefold() == topic.concept.term.casefold()


def _inside(text: str) -> str:
    """Text as it stands inside a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"
