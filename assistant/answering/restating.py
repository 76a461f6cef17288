"""How much of the evidence a question says itself: who repeats a sentence and asks on does not want to hear it again."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.language.information import information
from assistant.language.tokens import terms, words

_STEM = 6  # letters by which two forms of a word are taken for one
_FEW = 4  # words in a row that any question in the words of the documents shares with them
_HALF = 0.5
_ASKING = r"(?:maar|en|dus|want|wie|wat|welke?|waar\w*|wanneer|hoe\w*|is|mag|moet|kan)"
_CLAUSE = re.compile(rf"(?<=[.!?;:])\s+|,\s+(?={_ASKING}\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Restated:
    """``copied``: the longest run of words that question and evidence share, as ln(1 + words beyond a few). ``restated``:
    the share of the best sentence that the question says, as far as it is more than half. Both count as far as the
    evidence leaves something open: times ln(1 + the information of that). ``beyond``: in a question of several clauses,
    how much the one that asks adds, times the share of the others that stands in the evidence."""

    copied: float
    restated: float
    beyond: float


def restating(question: str, sentence: str, quote: str, left: float) -> Restated:
    """How far ``question`` repeats the best ``sentence`` of the evidence and all that is quoted.

    ``left`` is the information of the parts of the question that nothing quoted speaks to.
    """
    run = SequenceMatcher(None, words(question), words(quote), autojunk=False).find_longest_match()
    asked, said = terms(question), _stems(terms(quote))
    more = math.log1p(left)
    return Restated(
        copied=math.log1p(max(0, run.size - _FEW)) * more,
        restated=max(0.0, _share(terms(sentence), _stems(asked)) - _HALF) * more,
        beyond=_beyond(question, said),
    )


def _beyond(question: str, said: frozenset[str]) -> float:
    clauses = [clause for clause in _CLAUSE.split(question) if clause.strip()]
    asking = max((at for at, clause in enumerate(clauses) if clause.rstrip().endswith("?")), default=len(clauses) - 1)
    before = [word for at, clause in enumerate(clauses) if at != asking for word in terms(clause)]
    if not before:
        return 0.0
    known = said | _stems(before)
    return _information(word for word in terms(clauses[asking]) if word[:_STEM] not in known) * _share(before, said)


def _share(of: list[str], among: frozenset[str]) -> float:
    """The share of the information of some words that stands among others."""
    return _information(word for word in of if word[:_STEM] in among) / (_information(of) or 1.0)


def _information(of: Iterable[str]) -> float:
    return sum(information(word) for word in of)


def _stems(of: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in of)
