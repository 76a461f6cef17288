"""Answers written by a language model: its statements, each carried by literal quotes and checked against them.

The documents and the extractive path decide whether there is an answer; a model only words it. Whatever it does, the user
keeps an answer: when too little of it stands, the extractive answer is given with a notice.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answering import wording
from assistant.answering.checks import Support, faults
from assistant.answering.extractive import citations_of
from assistant.answering.model import Draft, LanguageModel, Seen
from assistant.answering.prompt import Numbered, messages, numbered
from assistant.answering.selection import lead_in_of, widen
from assistant.answering.units import ScoredUnit
from assistant.corpus.glossary import Concept
from assistant.errors import ModelError
from assistant.indexing import Generation
from assistant.language.tokens import words
from assistant.privacy import find_personal, mask
from assistant.records import Answer, Citation, Evidence, Mode, Notice, Passage, Source, Statement, Status
from assistant.retrieval.question import AnalysedQuestion

log = logging.getLogger(__name__)

_LEAST_KEPT = 0.5  # share of the model's statements that must stand: with less, what is left may mislead
_MOST_KEYS = 6  # a statement that needs more sentences says nothing that can be looked up
_DECORATION = re.compile(r"^\s*(?:[-•*–]|\d{1,2}[.)])\s+|\*\*|__|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")

UNAVAILABLE = Notice("model-unavailable", "Het taalmodel is nu niet bereikbaar; u ziet de letterlijke tekst.")
FALLBACK = Notice("model-fallback", "Het taalmodel gaf geen bruikbaar antwoord; u ziet de letterlijke tekst.")
TRIMMED = Notice("model-trimmed", "Zinnen van het taalmodel die de bronnen niet letterlijk dragen, zijn weggelaten.")

Follow = Callable[[Answer], None]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A statement that stands, with the spans of text that carry it."""

    text: str
    evidence: tuple[Evidence, ...]


class ModelWriter:
    """Lets a language model word the answers over one index generation. Safe to use from threads."""

    def __init__(self, generation: Generation, model: LanguageModel, concepts: Sequence[Concept] = ()) -> None:
        self._generation = generation
        self._model = model
        self._sources = {source.id: source for source in generation.sources}
        self._aliases = tuple(_names(concept) for concept in concepts if concept.abbreviations)

    def write(
        self, question: AnalysedQuestion, answer: Answer, scored: Sequence[ScoredUnit], follow: Follow | None = None
    ) -> Answer:
        """``answer`` in the model's words, or as it is with a notice; ``scored`` are the units it may draw on, best first.

        Refusals and questions that are not in Dutch are never given to a model: the checks know Dutch only.
        ``follow`` is told how the answer stands, again and again while the model writes: first as it was given, then with
        the statements that were written and passed the checks. What it raises ends the call.
        """
        if answer.status not in (Status.ANSWERED, Status.PARTIAL) or answer.language != "nl":
            return answer
        sentences = numbered(answer.citations, scored)
        asked = mask(question.interpreted, find_personal(question.interpreted))
        try:
            drafts = self._model.ask(
                messages(asked, sentences, self._sources),
                self._showing(asked, answer, sentences, follow) if follow else None,
            )
        except ModelError as error:
            log.warning("language model: %s (%s)", error.code, error.line())
            notice = FALLBACK if error.code == "model-nonsense" else UNAVAILABLE
            return replace(answer, notices=(*answer.notices, notice))
        kept = self._kept(asked, drafts, sentences)
        if not kept or len(kept) < _LEAST_KEPT * len(drafts):
            return replace(answer, notices=(*answer.notices, FALLBACK))
        return self._worded(answer, kept, trimmed=len(kept) < len(drafts))

    def _showing(self, question: str, answer: Answer, sentences: Sequence[Numbered], follow: Follow) -> Seen:
        """Tells ``follow`` of the statements that stand, each checked once."""
        follow(answer)
        stands = {0: answer}  # by the number of statements that were written

        def seen(drafts: Sequence[Draft]) -> None:
            if len(drafts) not in stands:
                kept = self._kept(question, drafts, sentences)
                stands[len(drafts)] = self._worded(answer, kept, trimmed=False) if kept else answer
            follow(stands[len(drafts)])

        return seen

    def _kept(self, question: str, drafts: Sequence[Draft], sentences: Sequence[Numbered]) -> list[_Kept]:
        """The statements that cite only known sentences and pass every check, each once."""
        by_key = {sentence.key: sentence for sentence in sentences}
        kept: dict[str, _Kept] = {}
        for draft in drafts:
            keys = tuple(dict.fromkeys(draft.keys))
            if not 0 < len(keys) <= _MOST_KEYS or not all(key in by_key for key in keys):
                continue
            text = " ".join(_DECORATION.sub("", draft.text).split())
            cited = [by_key[key] for key in keys]
            if not faults(text, self._support(question, cited)):
                kept.setdefault(text, _Kept(text, tuple(_evidence(each) for each in cited)))
        return list(kept.values())

    def _support(self, question: str, cited: Sequence[Numbered]) -> Support:
        places = [self._place(sentence.passage) for sentence in cited]
        return Support(
            quotes=tuple(_with_lead_in(sentence.passage, sentence.index) for sentence in cited),
            context="\n\n".join(dict.fromkeys(places)),
            question=question,
            aliases=self._aliases,
        )

    def _place(self, passage: Passage) -> str:
        """Where a passage stands, in words: title, publisher, validity and headings."""
        source = self._sources[passage.document]
        own = (source.title, source.publisher, *source.names, wording.validity(source, "nl"), *passage.section)
        return "\n\n".join(part for part in own if part)

    def _worded(self, answer: Answer, kept: Sequence[_Kept], *, trimmed: bool) -> Answer:
        spans = _joined([span for statement in kept for span in statement.evidence])
        citations = citations_of(spans, self._generation.documents, self._sources)
        statements = tuple(Statement(each.text, _numbers(each, citations)) for each in kept)
        if not all(statement.citations for statement in statements):
            return replace(answer, notices=(*answer.notices, FALLBACK))
        lines = [f"{each.text} {''.join(f'[{n}]' for n in each.citations)}" for each in statements]
        spoken: list[Source] = [self._sources[name] for name in dict.fromkeys(c.document for c in citations)]
        return replace(
            answer,
            mode=Mode.GENERATED,
            text="\n\n".join([*lines, *(wording.lead(source, answer.language) for source in spoken)]),
            statements=statements,
            citations=citations,
            notices=(*answer.notices, TRIMMED) if trimmed else answer.notices,
        )


def _with_lead_in(passage: Passage, index: int) -> str:
    """A unit as it is to be read: a list item after the sentence that introduces it, which may deny or limit it."""
    lead, text = lead_in_of(passage, index), passage.units[index].text
    return text if lead == index else f"{passage.units[lead].text.rstrip(' :')} {text}"


def _evidence(sentence: Numbered) -> Evidence:
    """The span to quote for a cited sentence: with what must be read with it."""
    passage = sentence.passage
    first, last = widen(passage, sentence.index, sentence.index)
    return _span(passage, passage.units[first].start, passage.units[last].end)


def _span(passage: Passage, start: int, end: int) -> Evidence:
    return Evidence(passage, start, end, passage.text[start - passage.start : end - passage.start], 0.0)


def _joined(spans: Sequence[Evidence]) -> list[Evidence]:
    """Overlapping spans of one passage as one, in the order in which they were first cited."""
    joined: list[Evidence] = []
    for span in spans:
        for other in [held for held in joined if held.passage.id == span.passage.id]:
            if other.start < span.end and span.start < other.end:
                joined.remove(other)
                span = _span(span.passage, min(span.start, other.start), max(span.end, other.end))
        joined.append(span)
    return joined


def _numbers(statement: _Kept, citations: Sequence[Citation]) -> tuple[int, ...]:
    """The citations that hold the evidence of ``statement``; none unless every piece is held."""
    found = [next((c.number for c in citations if _holds(c, span)), 0) for span in statement.evidence]
    return tuple(sorted(set(found))) if all(found) else ()


def _holds(citation: Citation, span: Evidence) -> bool:
    same = (citation.document, citation.version) == (span.passage.document, span.passage.version)
    return same and citation.start <= span.start and span.end <= citation.end


def _names(concept: Concept) -> frozenset[str]:
    """The folded names of a concept: its term and abbreviations, which stand for each other word for word."""
    return frozenset(" ".join(words(name)) for name in (concept.term, *concept.variants, *concept.abbreviations))
