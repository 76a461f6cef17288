"""What the catalogue says of the documents behind an answer: which hold, which came in their place, which are missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answering.matching import Sentences, coverage
from assistant.records import Citation, DocumentStatus, Hit, MissingDocument, Source
from assistant.retrieval.question import AnalysedQuestion

_NAMED_IN_MISSING = 0.6  # share of a question that a missing document's description must speak to


class Shelf:
    """The sources of one generation, loaded and missing."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources: Mapping[str, Source] = {source.id: source for source in sources}
        self._described = {
            source.id: Sentences([" ".join((source.title, source.holds, *source.names))])
            for source in sources
            if source.status is DocumentStatus.MISSING
        }

    def holds(self, hit: Hit, question: AnalysedQuestion) -> bool:
        """Whether a passage may be evidence: its document holds on the day and in the years asked about, or names them."""
        source = self.sources[hit.passage.document]
        if not source.valid_on(question.as_of):
            return False
        return all(_holds_in(source, year) or str(year) in hit.passage.text for year in question.years)

    def years_outside(self, document: str, years: Sequence[int]) -> list[int]:
        """Those of ``years`` in which a document does not hold."""
        return [year for year in years if not _holds_in(self.sources[document], year)]

    def is_missing(self, name: str) -> bool:
        """Whether the document is known and not loaded."""
        return name in self._described

    def best_described(self, question: AnalysedQuestion) -> str:
        """The missing document whose description speaks best to ``question``, if it speaks to most of it; else nothing."""
        weights = [key.weight for key in question.keys]
        shares = {name: float(coverage(text.matches(question.keys), weights)[0]) for name, text in self._described.items()}
        best = max(shares, key=lambda name: shares[name], default="")
        return best if best and shares[best] >= _NAMED_IN_MISSING else ""

    def replaced(self, question: AnalysedQuestion, citations: Sequence[Citation]) -> list[tuple[Source, Source]]:
        """The cited sources for which another came in their place that holds on the day, each with that one."""
        cited = dict.fromkeys(citation.document for citation in citations)
        heirs = [source for source in self.sources.values() if source.status is DocumentStatus.PUBLISHED]
        return [
            (self.sources[name], heir)
            for name in cited
            for heir in heirs
            if heir.replaces == name and heir.valid_on(question.as_of)
        ]

    def missing(self, ids: Sequence[str]) -> tuple[MissingDocument, ...]:
        """Those of ``ids`` that are known and not loaded, with their address."""
        sources = [self.sources[name] for name in ids if self.is_missing(name)]
        return tuple(MissingDocument(source.id, source.title, source.source_url) for source in sources)


def _holds_in(source: Source, year: int) -> bool:
    """Whether a source holds on any day of ``year``."""
    starts_in_time = source.valid_from is None or source.valid_from.year <= year
    return starts_in_time and (source.valid_until is None or source.valid_until.year >= year)
