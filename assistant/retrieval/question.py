"""A question as the search and the judge of evidence see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.language.places import PlaceName
from assistant.records import Notice, Question
from assistant.retrieval.scope import Talk

CLOSE = 0.85  # strength of forms that say the same thing in the field's own words


class Ask(StrEnum):
    """What a question asks for; the evidence must be able to give it."""

    WHO = "who"
    WHETHER = "whether"
    WHEN = "when"
    MONEY = "money"
    COUNT = "count"
    FREQUENCY = "frequency"
    DURATION = "duration"
    WHERE = "where"
    CONTACT = "contact"
    WHY = "why"
    LIST = "list"
    DEFINITION = "definition"
    PROCEDURE = "procedure"
    EXCLUDED = "excluded"  # what is not, or who may not
    WHAT = "what"


class Origin(StrEnum):
    """Where a form of a question's word comes from; the weight of a form follows from it."""

    LITERAL = "literal"
    VARIANT = "variant"  # the same concept by another of its field names or abbreviations
    LAY = "lay"  # the field's term for what people call otherwise, or the other way round
    ENGLISH = "english"


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a part of the question may stand in a document: folded words, and how well it stands for it."""

    words: tuple[str, ...]
    strength: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class Key:
    """One part of the question that an answer must speak to: a word or a fixed phrase, in all its forms.

    ``weight`` is its information, 0..1; ``inherited`` says that it comes from an earlier question of the conversation,
    ``name`` that it is written as a proper name.
    """

    text: str
    weight: float
    forms: tuple[Form, ...]
    concept: str = ""
    inherited: bool = False
    name: bool = False


@dataclass(frozen=True, slots=True)
class AnalysedQuestion:
    """Everything that was understood of a question.

    ``words`` and ``grams`` are weighted query terms for the two lexical indexes; ``dense`` is the text to embed.
    ``mentions`` are ids of catalogue documents that the question names, ``places`` parts of documents that it names ("punt
    9"), and ``only_places`` says that it asks for nothing else. ``years`` are years it asks about; ``counted`` are
    the folded words for the thing whose number is asked for ("hoeveel netwerken"). ``small_talk`` is what is said instead of
    a question, ``may_stand_alone`` says of a follow-up that it points to nothing before it.
    """

    question: Question
    interpreted: str
    language: str
    keys: tuple[Key, ...]
    asks: frozenset[Ask]
    words: Mapping[str, float]
    grams: Mapping[str, float]
    dense: str
    years: tuple[int, ...] = ()
    counted: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    places: tuple[PlaceName, ...] = ()
    only_places: bool = False
    suspicious: bool = False
    small_talk: Talk | None = None
    may_stand_alone: bool = False
    urgent: bool = False
    notices: tuple[Notice, ...] = ()
    corrections: Mapping[str, str] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The day that the answer must hold on."""
        return self.question.as_of
