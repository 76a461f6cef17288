"""How a question stands to the questions that the keeper knows: those that a unit answers, those that nothing answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.answering.matching import Sentences, coverage
from assistant.answering.units import ScoredUnit, place_of
from assistant.indexing import Generation, Place
from assistant.records import Hit, Passage
from assistant.retrieval.asks import asks_of
from assistant.retrieval.question import AnalysedQuestion, Ask

_FEW = 3  # the nearest questions of a kind, of which the mean is taken
_READ = 12  # unanswered questions that are compared part by part
_THE_SAME = 0.4  # likeness from which a question is taken to ask what an unanswered one asks
_THE_VERY = 0.85  # likeness from which a question is an example question: only a letter or a word of no weight differs
_TO_THE_WORD = 0.999  # likeness of a question that is an example question, but for capitals and marks
_REMEMBERED = 8  # questions, each of which is compared several times while it is answered
_OFTEN = 8  # an ask that one in so many example questions has is one that the unit can meet
_ANY_TEXT_MEETS = frozenset({Ask.WHETHER, Ask.WHAT})

_asks_of = lru_cache(maxsize=20_000)(asks_of)


@dataclass(frozen=True, slots=True)
class Asked:
    """How one question stands to the keeper's.

    ``unanswered``: how much it is like the nearest unanswered one; ``nearer``: by how much it is more like those that the
    evidence answers; ``unanswered_said``: the share of it that one unanswered question speaks to; ``met``: the share of
    what it asks for that example questions of the evidence ask for too; ``phrased``: the log-odds that a question worded
    like it is one that the documents answer; ``heard``: the share of its wording that the evidence has, or questions that
    it answers.
    """

    unanswered: float = 0.0
    nearer: float = 0.0
    unanswered_said: float = 0.0
    met: float = 1.0
    phrased: float = 0.0
    heard: float = 0.0


class AskedBefore:
    """Compares with the questions of one generation."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._asked = generation.asked
        self._likeness = lru_cache(maxsize=_REMEMBERED)(generation.asked.likeness)
        self._units = lru_cache(maxsize=_REMEMBERED)(self._find_units)

    def compare(self, question: AnalysedQuestion, unit: ScoredUnit, telling: Sequence[float]) -> Asked:
        """How ``question`` stands to the questions that ``unit`` answers and to the unanswered ones."""
        likeness = self._likeness(question.dense)
        none = self._asked.of_none(likeness)
        place = self.place_of(unit)
        nearest = np.argsort(-none, kind="stable")[:_READ]
        said = coverage(Sentences([self._asked.unanswered[one] for one in nearest]).matches(question.keys), telling)
        return Asked(
            unanswered=float(none[nearest[0]]),
            nearer=_mean_of_best(self._asked.of_unit(likeness, *place)) - _mean_of_best(none),
            unanswered_said=float(said.max()),
            met=self._met(question, unit),
            phrased=self._asked.phrasing.odds(question.dense),
            heard=self._asked.phrasing.heard(question.dense, place),
        )

    def units_of(self, question: AnalysedQuestion) -> frozenset[Place]:
        """The units to which the keeper put this very question, by row of the passage and index.

        Where an example question is the same word for word, one that is only nearly so asks something else.
        """
        return self._units(question.interpreted)

    def _find_units(self, text: str) -> frozenset[Place]:
        likeness = self._likeness(text)
        return self._asked.like(likeness, _TO_THE_WORD if likeness.max(initial=0.0) >= _TO_THE_WORD else _THE_VERY)

    def hits_of(self, question: AnalysedQuestion) -> list[Hit]:
        """The passages of these units, in reading order, as if a search had found them."""
        rows = sorted({row for row, _ in self.units_of(question)})
        return [Hit(self._generation.passages[row], 0.0, {}, 0.0) for row in rows]

    def is_put_to(self, question: AnalysedQuestion, passage: Passage) -> bool:
        """Whether the keeper put this very question to a unit of ``passage``."""
        row = self._generation.row_of[passage.id]
        return any(row == own for own, _ in self.units_of(question))

    def place_of(self, unit: ScoredUnit) -> Place:
        """Row of its passage, and index."""
        return place_of(self._generation, unit)

    def elsewhere(self, question: AnalysedQuestion) -> str | None:
        """The document outside the corpus where the keeper expects the answer, "" for none; None when that is not known."""
        none = self._asked.of_none(self._likeness(question.dense))
        nearest = int(none.argmax()) if len(none) else 0
        return self._asked.elsewhere[nearest] if len(none) and none[nearest] >= _THE_SAME else None

    def _questions(self, unit: ScoredUnit) -> tuple[str, ...]:
        units = self._generation.questions.get(unit.passage.id, ())
        return units[unit.index] if units else ()

    def _met(self, question: AnalysedQuestion, unit: ScoredUnit) -> float:
        special = [ask for ask in question.asks if ask not in _ANY_TEXT_MEETS]
        examples = self._questions(unit)
        if not special or not examples:
            return 1.0
        asks = [_asks_of(example) for example in examples]
        shares = [sum(ask in each for each in asks) / len(asks) for ask in special]
        return sum(min(1.0, _OFTEN * share) for share in shares) / len(special)


def _mean_of_best(likeness: NDArray[np.float64]) -> float:
    return float(np.sort(likeness)[-_FEW:].mean()) if len(likeness) else 0.0
