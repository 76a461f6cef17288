"""Chooses the evidence: few units, each widened to what must be read with it, near-duplicates once."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.answering.tone import tone_of
from assistant.answering.units import ScoredUnit
from assistant.language.tokens import fold, terms
from assistant.records import Evidence, Passage, SectionKind, Unit, UnitRole

_LEANS_BACK = re.compile(
    r"^(dit|dat|deze|die|hij|zij|ze|dan|daar\w*|hier\w*|ook|wel|echter|maar|toch|anders?|andere|bovendien|verder|zo|dus|want|"
    r"als gevolg|het (gaat|betreft)|afhankelijk|voor zover|in dat geval|op die manier)\b"
)
_WITHIN = re.compile(r"\b(deze|dit|ook|echter|daarom|daardoor|daarmee|hier\w*|daar\w*|toch|wel)\b")
_OPEN = (":", ",", "?")  # what ends so is completed by what follows: a list, the rest of a sentence, an answer
_FIRST_WORDS = 6  # of a sentence, in which such a word points back
_LONGEST = 90  # words of a quote to which no further sentence is added
_FIGURE = re.compile(r"\d+")
_WHOLE_WORDS = 70  # a point or article of at most so many words is quoted whole
_LIST_WORDS = 220  # a longer list is quoted from its lead-in up to the items that speak, a longer table by its rows
_LISTED = {SectionKind.LIST: (UnitRole.ITEM, UnitRole.LEAD_IN), SectionKind.TABLE: (UnitRole.ROW,)}
_WHOLE = (*_LISTED, SectionKind.POINT, SectionKind.ARTICLE, SectionKind.MEMBER, SectionKind.FOOTNOTE)
_LONG_WORDS, _LONG_SHARE = 100, 0.5
_SAME = 0.8  # share of a quote's terms that stand in another from which it adds nothing to that one


@dataclass(frozen=True, slots=True)
class SelectionRules:
    """How much evidence is taken: units within ``margin`` of the best one's score, at ``most`` so many citations, and beside
    a chosen unit its neighbours within ``beside`` of the best score."""

    margin: float = 1.6
    beside: float = 2.5
    most: int = 4


def select(scored: Sequence[ScoredUnit], rules: SelectionRules = SelectionRules()) -> list[tuple[Evidence, ScoredUnit]]:
    """The evidence for an answer, best first, each with the unit it was chosen for; empty when nothing was scored."""
    chosen: list[tuple[Evidence, ScoredUnit]] = []
    if not scored:
        return chosen
    best = scored[0].score
    beside = {(unit.passage.id, unit.index) for unit in scored if unit.score >= best - rules.beside}
    for unit in scored:
        if unit.score < best - rules.margin:
            break
        evidence = span_of(unit.passage, *_with_neighbours(unit, beside), score=unit.score)
        if chosen and unit.score < best - rules.margin * _share_for(evidence):
            continue
        pieces = gather([other for other, _ in chosen], evidence, rules.most)
        units = [held for _, held in chosen] + [unit]
        chosen = [(piece, next(held for held in units if _within(held, piece))) for piece in pieces]
    return chosen


def gather(pieces: Sequence[Evidence], new: Evidence, most: int) -> list[Evidence]:
    """``pieces`` with ``new``: joined to all that it touches, left out when it is said already or there are ``most``."""
    touched = [piece for piece in pieces if _touch(piece, new)]
    if touched:
        for piece in touched:
            new = _joined(new, piece)
        place = pieces.index(touched[0])
        return [*pieces[:place], new, *(piece for piece in pieces[place + 1 :] if piece not in touched)]
    if len(pieces) >= most or any(_says_the_same(piece, new) for piece in pieces):
        return list(pieces)
    return [*pieces, new]


def _within(unit: ScoredUnit, piece: Evidence) -> bool:
    return unit.passage.id == piece.passage.id and piece.start <= unit.unit.start < piece.end


def _share_for(evidence: Evidence) -> float:
    """The share of the margin that a further quote may use: a long one must speak nearly as well as the best."""
    return _LONG_SHARE if len(evidence.text.split()) > _LONG_WORDS else 1.0


def _with_neighbours(unit: ScoredUnit, beside: Collection[tuple[str, int]]) -> tuple[int, int]:
    """The unit with the ones before and after it where they speak to the question too, and what must be read with these."""
    first = last = unit.index
    if (unit.passage.id, first - 1) in beside:
        first -= 1
    if (unit.passage.id, last + 1) in beside:
        last += 1
    return widen(unit.passage, first, last)


def widen(passage: Passage, first: int, last: int) -> tuple[int, int]:
    """First and last unit (inclusive) to quote so that the units ``first`` to ``last`` are not torn from what they need."""
    units = passage.units
    most = _WHOLE_WORDS
    if passage.kind in _LISTED:
        listed = any(unit.role in _LISTED[passage.kind] for unit in units[first : last + 1])
        most = _LIST_WORDS if listed else 0
    if passage.kind in _WHOLE and _words(passage, 0, len(units) - 1) <= most:
        return 0, len(units) - 1
    first = lead_in_of(passage, first)
    while first > 0 and _leans_back(units[first]) and _words(passage, first - 1, last) <= _LONGEST:
        first -= 1
    while last + 1 < len(units) and _leans_back(units[last + 1]) and _words(passage, first, last + 1) <= _LONGEST:
        last += 1
    return first, _with_what_follows(passage, last)


def _leans_back(unit: Unit) -> bool:
    """Whether a sentence points to the one before it, and is not to be read without."""
    line = fold(unit.text)
    return bool(_LEANS_BACK.match(line) or _WITHIN.search(" ".join(line.split()[:_FIRST_WORDS])))


def lead_in_of(passage: Passage, index: int) -> int:
    """The unit to begin with: for an item what leads in to its list, without which it may say the opposite."""
    first = index
    while first > 0 and passage.units[first].role is UnitRole.ITEM:
        first -= 1
    return index if passage.units[first].role is UnitRole.ITEM else first


def _with_what_follows(passage: Passage, last: int) -> int:
    """The unit to end with, so that none only leads in to what follows: a list's items, a row of a table, an answer."""
    units = passage.units
    if last == 0 and units[0].role is UnitRole.ROW:
        return min(1, len(units) - 1)  # the first row names the columns
    while last + 1 < len(units) and (units[last].role is UnitRole.LEAD_IN or units[last].text.rstrip().endswith(_OPEN)):
        last += 1
        while last + 1 < len(units) and units[last].role is units[last + 1].role is UnitRole.ITEM:
            last += 1
    return last


def span_of(passage: Passage, first: int, last: int, score: float) -> Evidence:
    """The units ``first`` to ``last`` (inclusive) of a passage as one quote."""
    start, end = passage.units[first].start, passage.units[last].end
    return Evidence(passage, start, end, passage.text[start - passage.start : end - passage.start], score)


def _touch(one: Evidence, other: Evidence) -> bool:
    """Whether two spans of one passage overlap or stand next to each other."""
    if one.passage.id != other.passage.id:
        return False
    between = one.passage.text[min(one.end, other.end) - one.passage.start : max(one.start, other.start) - one.passage.start]
    return not between.strip()


def _joined(one: Evidence, other: Evidence) -> Evidence:
    start, end = min(one.start, other.start), max(one.end, other.end)
    passage = one.passage
    return Evidence(
        passage, start, end, passage.text[start - passage.start : end - passage.start], max(one.score, other.score)
    )


def _says_the_same(one: Evidence, other: Evidence) -> bool:
    """Whether a reader learns nothing from the second: nearly the same words, and no denial or figure that differs."""
    mine, yours = set(terms(one.text)), set(terms(other.text))
    if not mine or not yours or len(mine & yours) / len(yours) < _SAME:
        return False
    figures, others = set(_FIGURE.findall(one.text)), set(_FIGURE.findall(other.text))
    return (figures <= others or others <= figures) and tone_of(one.text).denied == tone_of(other.text).denied


def _words(passage: Passage, first: int, last: int) -> int:
    start, end = passage.units[first].start, passage.units[last].end
    return len(passage.text[start - passage.start : end - passage.start].split())
