"""From an analysed question and its hits to a checked answer."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import compress, groupby
from operator import itemgetter
from time import perf_counter
from typing import TypeVar

from assistant.answering import wording
from assistant.answering.asked import AskedBefore
from assistant.answering.calibration import Calibration
from assistant.answering.exceptions import Exceptions
from assistant.answering.extractive import citations_of, write
from assistant.answering.fitness import names
from assistant.answering.known import Known
from assistant.answering.naming import open_things
from assistant.answering.places import NamedPlaces
from assistant.answering.selection import gather, select, span_of, widen
from assistant.answering.shelf import Shelf
from assistant.answering.subjects import Subjects
from assistant.answering.sufficiency import BEST, Candidate, Ground, Judgement, hard_asks, judge, lead_of
from assistant.answering.units import ScoredUnit, UnitScorer
from assistant.answering.verdict import verdicts
from assistant.embedding.base import Embedder
from assistant.indexing import Family, Generation, Place
from assistant.records import (
    Answer,
    Citation,
    Evidence,
    Hit,
    Mode,
    Notice,
    Passage,
    SectionKind,
    Statement,
    Status,
)
from assistant.retrieval.question import AnalysedQuestion
from assistant.retrieval.search import in_turns

Item = TypeVar("Item")

_NEAREST = 3
# Confidence from which a part is answered of a question that as a whole is not; lower without questions of the keeper.
_SURE_PART, _SURE_ALONE = 0.9, 0.7
_AS_SURE = 0.2  # by so much less sure at most, a family of documents speaks beside the surest one
_ALONE_BESIDE = 0.7  # confidence from which a document without questions speaks beside those that have them
_MEANT = 10.0  # added to the score of a unit to which the keeper put this very question
_CERTAIN = 0.95  # confidence at least of what the keeper gave as the answer to this very question, or whose place was named
_UNSURE = 0.6  # confidence below which one answer in two is beside the question, on the development set
_NEAR = 14  # units whose passages show what the documents know of the subject at all


@dataclass(frozen=True, slots=True)
class Looked:
    """A question as it was understood, and the passages that were found for it."""

    question: AnalysedQuestion
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question before it is put into words.

    ``sure`` is the confidence from which a part of a question is answered alone. ``around``: where it is not enough and no
    example questions tell what comes nearest, the best pieces, however far behind. ``given``: whether the keeper gave it as
    the answer to this very question.
    """

    chosen: tuple[Candidate, ...]
    judgement: Judgement
    around: tuple[Evidence, ...] = ()
    sure: float = _SURE_PART
    given: bool = False

    @property
    def evidence(self) -> list[Evidence]:
        return [candidate.evidence for candidate in self.chosen]


class Answerer:
    """Writes extractive answers over one index generation."""

    def __init__(self, generation: Generation, embedder: Embedder, calibration: Calibration) -> None:
        self._generation = generation
        self._embedder = embedder
        self._calibration = calibration
        self._scorer = UnitScorer(generation, embedder)
        self._asked = AskedBefore(generation)
        self._known = Known(generation)
        self._subjects = Subjects(generation)
        self._shelf = Shelf(generation.sources)
        self._places = NamedPlaces(generation)
        self._exceptions = Exceptions(generation)

    def recalibrated(self, calibration: Calibration) -> Answerer:
        """The same, by other parameters."""
        return Answerer(self._generation, self._embedder, calibration)

    def answer(self, looked: Looked, parts: Sequence[Looked] = (), rule: Looked | None = None) -> Answer:
        """The answer to a question from what was found for it and for each of its parts; says so when it is not enough.

        ``rule`` is the question without what it denies: the best evidence for that comes first, if it is sure.
        """
        begun = perf_counter()
        question = looked.question
        valid = self.valid(question, looked.hits)
        found = self.find(question, valid)
        given = bool(found) and found[0].given
        apart = () if given else parts
        by_part = [self.find(part.question, self.valid(part.question, part.hits)) for part in apart]
        if question.small_talk:
            answer = self._plain(question, Status.OUT_OF_SCOPE, wording.small_talk(question.small_talk, question.language))
        elif question.suspicious or not (given or self._known.in_scope(question)):
            answer = self._plain(question, Status.OUT_OF_SCOPE, wording.out_of_scope(question.language))
        elif self._is_nowhere(question):
            answer = self._refused(question, looked.hits, valid, found)
        elif any(speaks := [_speaks(each, found) for each in by_part]):
            left = [part.question.question.text for part, said in zip(apart, speaks, strict=True) if not said]
            answer = self._answered(question, [one for each in compress(by_part, speaks) for one in each], left)
        elif _is_enough(found):
            answer = self._answered(question, (*self._rule(rule, found), *found))
        else:
            answer = self._refused(question, looked.hits, valid, found)
        if question.urgent:
            answer = replace(answer, notices=(Notice("urgent", wording.urgent(question.language)), *answer.notices))
        spent = (perf_counter() - begun) * 1000
        return replace(answer, timing_ms={"answer": round(spent, 3)}, index=self._generation.name)

    def confidence(self, looked: Looked) -> float:
        """How sure the evidence is that was found for a question; 0.0 where it is not enough."""
        found = self.find(looked.question, self.valid(looked.question, looked.hits))
        return found[0].judgement.confidence if _is_enough(found) else 0.0

    def _rule(self, rule: Looked | None, said: Sequence[Found]) -> tuple[Found, ...]:
        """The best evidence for the rule that is not said already."""
        found = self.find(rule.question, self.valid(rule.question, rule.hits)) if rule else ()
        if not _is_enough(found) or found[0].judgement.confidence < _SURE_PART:
            return ()
        known = {evidence.passage.id for one in said for evidence in one.evidence}
        new = [candidate for candidate in found[0].chosen if candidate.evidence.passage.id not in known]
        return (replace(found[0], chosen=tuple(new[:1])),)

    def valid(self, question: AnalysedQuestion, hits: Sequence[Hit]) -> list[Hit]:
        """What may be evidence, where its document holds: the places that the question names, the hits, and what the keeper
        gave as the answer to it."""
        first: dict[str, Hit] = {}
        for hit in (*self._places.hits_of(question), *hits, *self._asked.hits_of(question)):
            first.setdefault(hit.passage.id, hit)
        return [hit for hit in first.values() if self._shelf.holds(hit, question)]

    def find(self, question: AnalysedQuestion, hits: Sequence[Hit]) -> tuple[Found, ...]:
        """The evidence for ``question`` with the judgement whether it is enough; nothing when there is none at all.

        A place that the question asks for is read out. What the keeper gave as the answer to this question speaks alone,
        and so does a document that it names, where that is enough.
        """
        if question.only_places and (read := self._read_out(question, self.scored(question, hits))):
            return read
        given = [hit for hit in hits if self._asked.is_put_to(question, hit.passage)]
        if given:
            return self.found(question, self.scored(question, given))
        named = [hit for hit in hits if hit.passage.document in question.mentions]
        if 0 < len(named) < len(hits):
            found = self.found(question, self.scored(question, named))
            if _is_enough(found):
                return found
        return self.found(question, self.scored(question, hits))

    def found(self, question: AnalysedQuestion, scored: Sequence[ScoredUnit]) -> tuple[Found, ...]:
        """What each family of documents says (``Generation.families``), judged by itself, the surest first.

        That is the surest of those that are enough, and beside it documents with example questions that are nearly as sure:
        they are judged more surely. Where none is enough, the one that comes nearest.
        """
        families = self._by_family(scored, [unit.passage for unit in scored])
        found = ((self._found(question, units, family), family.asked) for family, units in families.items())
        judged = [(one, asked) for one, asked in found if one is not None]
        judged.sort(key=lambda one: -one[0].judgement.confidence)
        enough = [one for one in judged if one[0].judgement.enough]
        if not enough:
            return tuple(one for one, _ in judged[:1])
        surest, _ = enough[0]
        least = surest.judgement.confidence - _AS_SURE
        beside = [one for one, asked in enough[1:] if one.judgement.confidence >= (least if asked else _ALONE_BESIDE)]
        return (surest, *beside)

    def _by_family(self, items: Sequence[Item], passages: Sequence[Passage]) -> dict[Family, list[Item]]:
        """Items of these passages by the family of their document, in the order in which they stand."""
        families: dict[Family, list[Item]] = {}
        for item, passage in zip(items, passages, strict=True):
            families.setdefault(self._generation.families[passage.document], []).append(item)
        return families

    def _found(self, question: AnalysedQuestion, scored: Sequence[ScoredUnit], family: Family) -> Found | None:
        if not family.asked:  # a title says what a document is about, and answers nothing
            scored = [unit for unit in scored if unit.passage.kind is not SectionKind.HEADING]
        if not scored or scored[0].score <= 0:
            return None
        rules = self._calibration.of(family)
        chosen = tuple(Candidate(evidence, unit) for evidence, unit in select(scored, rules.selection))
        judgement = self._judged(question, chosen, scored, family)
        if given := self._asked.place_of(chosen[0].unit) in self._asked.units_of(question):
            judgement = _certain(judgement)
        if family.asked:
            return Found(chosen, judgement, given=given)
        widely = replace(rules.selection, margin=math.inf, most=_NEAREST)
        around = () if judgement.enough else tuple(evidence for evidence, _ in select(scored, widely))
        return Found(chosen, judgement, around, _SURE_ALONE)

    def _judged(
        self, question: AnalysedQuestion, chosen: Sequence[Candidate], scored: Sequence[ScoredUnit], family: Family
    ) -> Judgement:
        near = {unit.passage.id: unit.reading for unit in scored[:_NEAR]}
        telling, best = self._known.telling(question), chosen[0].unit
        ground = Ground(
            chosen=chosen,
            near=list(near.values()),
            ahead=lead_of(best, scored),
            telling=telling,
            known=[self._known.knows(key) for key in question.keys],
            foreign=self._subjects.foreign(question.keys, {candidate.unit.passage.document for candidate in chosen[:BEST]}),
            asked=self._asked.compare(question, best, telling) if family.asked and family.judged else None,
        )
        return judge(question, ground, self._calibration.of(family).sufficiency)

    def _read_out(self, question: AnalysedQuestion, scored: Sequence[ScoredUnit]) -> tuple[Found, ...]:
        """The places that the question names, whole and in reading order: nothing else is asked."""
        units = {self._asked.place_of(unit): unit for unit in scored}
        chosen = []
        for _, places in groupby(sorted(self._places.units_of(question) & units.keys()), key=itemgetter(0)):
            named = [units[place] for place in places]
            passage, score = named[0].passage, named[0].score
            quote = span_of(passage, *widen(passage, named[0].index, named[-1].index), score=score)
            chosen.append(Candidate(quote, named[0]))
        if not chosen:
            return ()
        family = self._generation.families[chosen[0].unit.passage.document]
        judgement = _certain(self._judged(question, chosen, scored, family))
        return (Found(tuple(chosen), replace(judgement, lacking=())),)

    def cited(self, evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
        """The checked citations of ``evidence``, in the order in which they are to be read."""
        return citations_of(evidence, self._generation.documents, self._shelf.sources)

    def scored(self, question: AnalysedQuestion, hits: Sequence[Hit]) -> list[ScoredUnit]:
        """All units of ``hits`` with their features, best first; families of documents take turns."""
        telling, families = self._known.telling(question), self._by_family(hits, [hit.passage for hit in hits])
        scored = [self._scorer.score(question, own, telling, self._calibration.of(f).units) for f, own in families.items()]
        meant = self._asked.units_of(question) | self._places.units_of(question)
        if meant:
            scored = [
                sorted((self._if_meant(unit, meant) for unit in units), key=lambda unit: -unit.score) for units in scored
            ]
        return list(in_turns(scored))

    def _if_meant(self, unit: ScoredUnit, meant: Collection[Place]) -> ScoredUnit:
        """The unit ahead of all others where the keeper put this very question to it, or the question names its place."""
        return replace(unit, score=unit.score + _MEANT) if self._asked.place_of(unit) in meant else unit

    def _is_nowhere(self, question: AnalysedQuestion) -> bool:
        """Whether the question is about a part that no loaded document has, and not of one that is known to be missing."""
        elsewhere = any(self._shelf.is_missing(name) for name in question.mentions)
        asked = question.only_places or (question.places and not elsewhere)
        return bool(asked) and not self._places.units_of(question)

    def _answered(self, question: AnalysedQuestion, found: Sequence[Found], unanswered: Sequence[str] = ()) -> Answer:
        """An answer from the evidence of the whole question, or of its parts save those that the documents leave open."""
        evidence: list[Evidence] = []
        most = self._calibration.asked.selection.most
        for rank in range(most):
            for part in found:
                if rank < len(part.evidence):
                    evidence = gather(evidence, part.evidence[rank], most)
        citations = self.cited(self._exceptions.added(evidence))
        text, statements = write(citations, self._shelf.sources, question.language)
        said = {} if unanswered else verdicts(question, citations)
        if len(said) == 1:
            ((word, number),) = said.items()
            text = f"**{wording.SAID[word]}** [{number}]\n\n{text}"
            statements = (Statement(wording.SAID[word], (number,)), *statements)
        lacks = [ask for part in found for ask in part.judgement.lacking]
        partial = bool(lacks or unanswered)
        notices = list(question.notices)
        if partial:
            gaps = [wording.unanswered(part, question.language) for part in unanswered]
            gaps += wording.lacks(lacks, [], question.language)
            notices.append(Notice("partly", " ".join([wording.partly(question.language), *gaps])))
        if len(said) > 1:
            notices.append(Notice("sources-disagree", wording.disagree(question.language)))
        confidence = min(part.judgement.confidence for part in found)
        if confidence < _UNSURE:
            notices.append(Notice("unsure", wording.unsure(question.language)))
        for old, new in self._shelf.replaced(question, citations):
            notices.append(Notice("replaced", wording.replaced(old, new, question.language)))
        missing = self._shelf.missing(question.mentions)
        if missing:
            notices.append(Notice("not-loaded", wording.also_see(missing, question.language)))
        return replace(
            self._plain(question, Status.PARTIAL if partial else Status.ANSWERED, text),
            statements=statements,
            citations=citations,
            missing_documents=missing,
            notices=tuple(notices),
            confidence=round(confidence, 4),
        )

    def _refused(
        self, question: AnalysedQuestion, hits: Sequence[Hit], valid: Sequence[Hit], nearest: Sequence[Found]
    ) -> Answer:
        found = nearest[0] if nearest else None
        language = question.language
        missing = self._shelf.missing(question.mentions or self._expected_in(question, found))
        status = Status.NOT_LOADED if missing else Status.NOT_IN_DOCUMENTS
        strange = wording.not_understood(language)
        lines = [strange or wording.refusal(language)]
        notices = list(question.notices)
        shown = ((found.around or found.evidence) if found is not None else [])[:_NEAREST]
        if question.places and self._is_nowhere(question):
            lines.append(wording.no_such_place(question.places, language))
        elif found is not None and not strange:
            # Nothing is said to be missing that the nearest passages hold.
            missed = [a for a in hard_asks(question) if not any(names(question, a, piece.text) for piece in shown)]
            lines += wording.lacks(missed, open_things(found.judgement.open_keys, question.question.text), language)
        outdated = self._outdated(question, hits, valid)
        if outdated:
            shown, missing, status, lines = outdated, (), Status.NOT_IN_DOCUMENTS, []
            for document in dict.fromkeys(evidence.passage.document for evidence in outdated):
                years = self._shelf.years_outside(document, question.years)
                text = wording.outside_validity(self._shelf.sources[document], years, question.as_of, language)
                notices.append(Notice("outside-validity", text))
                lines.append(text)
        known = [self._shelf.sources[document.document] for document in missing]
        lines.append(wording.not_loaded(known, language) if known else wording.where_to_ask(language))
        return replace(
            self._plain(question, status, "\n\n".join(lines)),
            nearest=self.cited(shown[:_NEAREST]),
            missing_documents=missing,
            notices=tuple(notices),
            confidence=round(found.judgement.confidence, 4) if found else 0.0,
        )

    def _outdated(self, question: AnalysedQuestion, hits: Sequence[Hit], valid: Sequence[Hit]) -> list[Evidence]:
        """What would have been the evidence, had its document held on the day or in the years asked about."""
        if len(valid) == len(hits):
            return []
        found = self.find(question, hits)
        if not found or (valid and not _is_enough(found)):
            return []
        held = {hit.passage.id for hit in valid}
        return [evidence for one in found for evidence in one.evidence if evidence.passage.id not in held]

    def _plain(self, question: AnalysedQuestion, status: Status, text: str) -> Answer:
        return Answer(
            question=question.question,
            interpreted=question.interpreted,
            status=status,
            mode=Mode.EXTRACTIVE,
            text=text,
            notices=question.notices,
            language="en" if question.language == "en" else "nl",
        )

    def _expected_in(self, question: AnalysedQuestion, found: Found | None) -> tuple[str, ...]:
        """The missing document that may hold the answer, at most one.

        It is the one that the keeper names for such a question; else the one whose description speaks best to it, if that
        speaks to most of it and no amount, number or address is asked for, of which a description says nothing.
        """
        known = self._asked.elsewhere(question)
        if known is not None or (found is not None and found.judgement.lacking):
            return (known,) if known and self._shelf.is_missing(known) else ()
        best = self._shelf.best_described(question)
        return (best,) if best else ()


def _certain(judgement: Judgement) -> Judgement:
    """The judgement of what certainly is what was asked for."""
    return replace(judgement, confidence=max(judgement.confidence, _CERTAIN), enough=True)


def _is_enough(found: Sequence[Found]) -> bool:
    return bool(found) and found[0].judgement.enough


def _speaks(part: Sequence[Found], whole: Sequence[Found]) -> bool:
    """Whether a part of a question is answered: more surely where the question as a whole is not."""
    return _is_enough(part) and (_is_enough(whole) or part[0].judgement.confidence >= part[0].sure)
