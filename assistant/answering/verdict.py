"""Says "Ja" or "Nee" first, where one quoted clause makes that certain by its own words; else the quote speaks.

Certain means: the clause holds every part of the question, is allowed or obliged in the way that is asked, and is neither
hedged, nor limited, nor bound to a condition.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.matching import Sentences
from assistant.answering.tone import Tone, clauses, tone_of
from assistant.records import Citation
from assistant.retrieval.question import AnalysedQuestion, Ask, Key

_HELD = 0.85  # how far a clause must speak to each part of the question
_SUBJECTS = 2  # parts that a question must have of its own to be answered so briefly


def verdicts(question: AnalysedQuestion, citations: Sequence[Citation]) -> dict[str, int]:
    """ "ja" and "nee", each with the number of a citation that says so; both where the quotes contradict each other."""
    asked = tone_of(question.question.text)
    keys = [key for key in question.keys if not key.inherited]
    plain = not (asked.denied or asked.only or asked.hedged or asked.always or asked.condition)
    if question.asks != {Ask.WHETHER} or question.language != "nl" or not plain or len(keys) < _SUBJECTS:
        return {}
    said = {
        _of_clause(asked, keys, clause, sentence): citation.number
        for citation in citations
        for clause, sentence in clauses(citation.quote)
    }
    said.pop("", None)
    return said


def _of_clause(asked: Tone, keys: Sequence[Key], clause: str, sentence: str) -> str:
    tone, around = tone_of(clause), tone_of(sentence)
    limited = around.only or around.hedged or around.condition or around.bound or tone.need
    if limited or (asked.may, asked.must) != (tone.may, tone.must):
        return ""
    if (Sentences([clause]).matches(keys) < _HELD).any():
        return ""
    return "nee" if tone.denied else "ja"
