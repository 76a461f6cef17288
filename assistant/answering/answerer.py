"""From an analysed question and its hits to a checked answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from assistant.answering import wording
from assistant.answering.calibration import Calibration
from assistant.answering.extractive import citations_of, write
from assistant.answering.matching import View, coverage
from assistant.answering.selection import select
from assistant.answering.sufficiency import Judgement, judge, lacking, read_signs
from assistant.answering.units import ScoredUnit, UnitScorer
from assistant.indexing import Generation
from assistant.records import Answer, DocumentStatus, Evidence, Hit, MissingDocument, Mode, Notice, Source, Status
from assistant.retrieval.question import AnalysedQuestion

_NEAREST = 3
_UNHELD = 0.5  # weight, in idf, of a part of the question that no passage holds word for word
_NAMED_IN_MISSING = 0.6  # share of a question that a missing document's description must speak to


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question before it is put into words."""

    chosen: tuple[tuple[Evidence, ScoredUnit], ...]
    covered: tuple[float, ...]
    judgement: Judgement


class Answerer:
    """Writes extractive answers over one index generation."""

    def __init__(self, generation: Generation, calibration: Calibration) -> None:
        self._generation = generation
        self._calibration = calibration
        self._scorer = UnitScorer(generation.questions, calibration.units)
        self._sources = {source.id: source for source in generation.sources}
        self._described = {
            source.id: View.of(" ".join((source.title, source.holds, *source.names)))
            for source in generation.sources
            if source.status is DocumentStatus.MISSING
        }

    def answer(self, question: AnalysedQuestion, hits: Sequence[Hit]) -> Answer:
        """The answer to ``question`` from ``hits``; says so when they are not enough."""
        begun = perf_counter()
        valid = [hit for hit in hits if self._holds(hit, question)]
        found = self.find(question, valid)
        if question.suspicious or not self._in_scope(question):
            answer = self._plain(question, Status.OUT_OF_SCOPE, wording.out_of_scope(question.language))
        elif found is not None and found.judgement.enough:
            answer = self._answered(question, found)
        else:
            answer = self._refused(question, hits, valid, found)
        spent = (perf_counter() - begun) * 1000
        return replace(answer, timing_ms={"answer": round(spent, 3)}, index=self._generation.name)

    def find(self, question: AnalysedQuestion, hits: Sequence[Hit]) -> Found | None:
        """The evidence for ``question`` with the judgement whether it is enough; None when there is none at all."""
        scored = self.scored(question, hits)
        chosen = tuple(select(scored, self._calibration.selection))
        if not chosen or scored[0].score <= 0:
            return None
        covered = tuple(self._scorer.covered(question.keys, [unit for _, unit in chosen]))
        signs = read_signs(question, chosen, covered, self._unknown(question))
        return Found(chosen, covered, judge(question, signs, covered, self._calibration.sufficiency))

    def scored(self, question: AnalysedQuestion, hits: Sequence[Hit]) -> list[ScoredUnit]:
        """All units of ``hits`` with their features, best first."""
        return self._scorer.score(question, hits, self._informative(question))

    def _informative(self, question: AnalysedQuestion) -> list[float]:
        """How much each key tells apart the passages of this corpus; what no passage holds tells nothing here."""
        words = self._generation.words
        weights = []
        for key in question.keys:
            held = [form for form in key.forms if self._known(form.words)]
            rarest = max((max(words.idf(word) for word in form.words) * form.strength for form in held), default=0.0)
            weights.append(key.weight * (rarest or _UNHELD))
        return weights

    def _unknown(self, question: AnalysedQuestion) -> float:
        """The share of the question's information in words that no passage holds in any form."""
        total = sum(key.weight for key in question.keys) or 1.0
        return sum(key.weight for key in question.keys if not any(self._known(form.words) for form in key.forms)) / total

    def _known(self, words: Sequence[str]) -> bool:
        return all(self._generation.words.document_frequency(word) for word in words)

    def _in_scope(self, question: AnalysedQuestion) -> bool:
        return bool(question.keys) and (self._unknown(question) < 1.0 or any(key.concept for key in question.keys))

    def _holds(self, hit: Hit, question: AnalysedQuestion) -> bool:
        """Whether a passage may be evidence: its document holds on the day and in every year asked about, or names it."""
        source = self._sources[hit.passage.document]
        if not source.valid_on(question.as_of):
            return False
        return all(_holds_in(source, year) or str(year) in hit.passage.text for year in question.years)

    def _answered(self, question: AnalysedQuestion, found: Found) -> Answer:
        citations = citations_of([evidence for evidence, _ in found.chosen], self._generation.documents, self._sources)
        text, statements = write(citations, self._sources, question.language)
        open_asks = lacking(question, found.chosen)
        partial = bool(open_asks)
        notices = list(question.notices)
        if partial:
            gaps = wording.lacks(open_asks, [], question.language)
            notices += [Notice("partly", " ".join([wording.partly(question.language), *gaps]))]
        missing = self._missing(question.mentions)
        if missing:
            notices.append(Notice("not-loaded", wording.also_see(missing, question.language)))
        return replace(
            self._plain(question, Status.PARTIAL if partial else Status.ANSWERED, text),
            statements=statements,
            citations=citations,
            missing_documents=missing,
            notices=tuple(notices),
            confidence=round(found.judgement.confidence, 4),
        )

    def _refused(self, question: AnalysedQuestion, hits: Sequence[Hit], valid: Sequence[Hit], found: Found | None) -> Answer:
        language = question.language
        missing = self._missing(question.mentions or self._described_in(question))
        status = Status.NOT_LOADED if missing else Status.NOT_IN_DOCUMENTS
        lines = [wording.refusal(language)]
        if found is not None:
            open_parts = [key.text for key in found.judgement.open_keys][:3]
            lines += wording.lacks(lacking(question, found.chosen), open_parts, language)
        notices = list(question.notices)
        shown = found.chosen if found is not None else ()
        if not valid and hits and not missing:
            elsewhere = self.find(question, hits)
            shown = elsewhere.chosen if elsewhere else ()
            for document in dict.fromkeys(evidence.passage.document for evidence, _ in shown):
                text = wording.outside_validity(self._sources[document], question.years, question.as_of, language)
                notices.append(Notice("outside-validity", text))
                lines.append(text)
        lines.append(wording.not_loaded(missing, language) if missing else wording.where_to_ask(language))
        nearest = citations_of([evidence for evidence, _ in shown][:_NEAREST], self._generation.documents, self._sources)
        return replace(
            self._plain(question, status, "\n\n".join(lines)),
            nearest=nearest,
            missing_documents=missing,
            notices=tuple(notices),
            confidence=round(found.judgement.confidence, 4) if found else 0.0,
        )

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

    def _described_in(self, question: AnalysedQuestion) -> tuple[str, ...]:
        """Missing documents whose description speaks to most of the question, the best one only."""
        weights = [key.weight for key in question.keys]
        shares = {name: coverage(question.keys, view, weights) for name, view in self._described.items()}
        best = max(shares, key=lambda name: shares[name], default="")
        return (best,) if best and shares[best] >= _NAMED_IN_MISSING else ()

    def _missing(self, ids: Sequence[str]) -> tuple[MissingDocument, ...]:
        sources = [self._sources[name] for name in ids if self._sources[name].status is DocumentStatus.MISSING]
        return tuple(MissingDocument(source.id, source.title, source.source_url) for source in sources)


def _holds_in(source: Source, year: int) -> bool:
    """Whether a source holds on any day of ``year``."""
    starts_in_time = source.valid_from is None or source.valid_from.year <= year
    return starts_in_time and (source.valid_until is None or source.valid_until.year >= year)
