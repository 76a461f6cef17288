"""What one answer is worth against its gold: the measures of CONTRACT.md, question by question, as pure functions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import CorpusError
from assistant.evaluation.questions import Item, Quote
from assistant.language.tokens import fold, words
from assistant.records import Answer, Citation, Document, Hit, Status

Span = tuple[str, int, int]  # document, start, end
Texts = Mapping[str, str]  # canonical text by document id
DocumentOf = Callable[[str, str], Document]  # by id and version

ENOUGH_WORDS = 0.6  # share of a gold quote's words that one citation must hold
GIVEN = (Status.ANSWERED, Status.PARTIAL)


@dataclass(frozen=True, slots=True)
class Scores:
    """What one answer is worth. Shares that do not apply (no gold, nothing cited) are None.

    ``recall`` is evidence recall, 0 for a refusal; ``potential`` the same over what was cited or, in a refusal, shown as
    nearest: what answering would have been worth. ``relevant`` of the ``cited`` citations overlap a gold or accepted
    quote; ``literal`` of the ``checked`` ones (nearest passages too) stand where they say. ``found_5`` and ``found_all``
    are the shares of gold groups within the best 5 and all candidate passages, ``ndcg`` is nDCG@10 over these.
    """

    answerable: bool
    refused: bool
    recall: float | None
    potential: float | None
    cited: int
    relevant: int
    checked: int
    literal: int
    char_precision: float | None
    char_recall: float | None
    ndcg: float | None
    found_5: float | None
    found_all: float | None
    must: int
    must_held: int
    forbidden: int
    forbidden_said: int
    confidence: float
    ms: float


def is_refusal(status: Status) -> bool:
    """Whether nothing was answered: any status but answered and partial."""
    return status not in GIVEN


def holds_quote(quote: Quote, citation: Citation) -> bool:
    """Whether at least 60% of the quote's words (folded, counted as often as they occur) stand in this one citation."""
    if quote.document != citation.document:
        return False
    wanted = Counter(words(quote.text))
    held = (wanted & Counter(words(citation.quote))).total()
    return held >= ENOUGH_WORDS * wanted.total()


def evidence_recall(evidence: Sequence[Sequence[Quote]], citations: Sequence[Citation]) -> float:
    """The share of groups of which one citation holds one quote. Raises ValueError without groups."""
    if not evidence:
        raise ValueError("evidence recall needs gold evidence")
    held = sum(any(holds_quote(quote, citation) for quote in group for citation in citations) for group in evidence)
    return held / len(evidence)


def span_of(quote: Quote, texts: Texts) -> Span | None:
    """Where a quote stands in the canonical text; None where it does not."""
    start = texts.get(quote.document, "").find(quote.text)
    return (quote.document, start, start + len(quote.text)) if start >= 0 and quote.text else None


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans share at least one character."""
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def relevant_count(item: Item, citations: Sequence[Citation], texts: Texts) -> int:
    """How many citations overlap a gold or accepted quote."""
    gold = _spans((*(quote for group in item.evidence for quote in group), *item.accepted), texts)
    return sum(any(overlaps(_span(citation), span) for span in gold) for citation in citations)


def char_measures(item: Item, citations: Sequence[Citation], texts: Texts) -> tuple[float | None, float | None]:
    """Precision (cited characters within gold or accepted quotes) and recall (per group its best covered quote)."""
    cited = _characters(_span(citation) for citation in citations)
    good = _characters(_spans((*(quote for group in item.evidence for quote in group), *item.accepted), texts))
    precision = len(cited & good) / len(cited) if cited else None
    if not item.evidence:
        return precision, None
    shares = [
        max((len(cited & held) / len(held) for held in (_characters([s]) for s in _spans(group, texts))), default=0.0)
        for group in item.evidence
    ]
    return precision, sum(shares) / len(shares)


def is_literal(citation: Citation, document_of: DocumentOf) -> bool:
    """Whether the version's canonical text, sliced, equals the quote and the citation starts on the page it names."""
    try:
        document = document_of(citation.document, citation.version)
    except CorpusError:
        return False
    inside = 0 <= citation.start < citation.end <= len(document.text)
    return (
        inside
        and document.text[citation.start : citation.end] == citation.quote
        and document.page_at(citation.start).number == citation.page
    )


def groups_held(item: Item, places: Iterable[Span], texts: Texts) -> list[frozenset[int]]:
    """For each place (a passage) which gold groups it speaks to: those with a quote that overlaps it."""
    gold = [_spans(group, texts) for group in item.evidence]
    return [
        frozenset(at for at, spans in enumerate(gold) if any(overlaps(place, span) for span in spans)) for place in places
    ]


def ndcg(ranked: Sequence[frozenset[int]], pool: Iterable[frozenset[int]], depth: int = 10) -> float:
    """nDCG where a passage gains the gold groups that no passage before it held; 1 for the best order of ``pool``.

    The ideal order takes at each step the passage that gains most. An alternative of what is already shown gains nothing,
    so that it costs nothing either when it is left out.
    """
    ideal: list[frozenset[int]] = []
    left = [held for held in pool if held]
    seen: frozenset[int] = frozenset()
    while left and len(ideal) < depth:
        best = max(left, key=lambda held: len(held - seen))
        if not best - seen:
            break
        ideal.append(best)
        seen |= best
    most = _gain(ideal, depth)
    return min(1.0, _gain(ranked, depth) / most) if most else 0.0


def _gain(ranked: Sequence[frozenset[int]], depth: int) -> float:
    total, seen = 0.0, frozenset[int]()
    for rank, held in enumerate(ranked[:depth], start=1):
        total += len(held - seen) / math.log2(rank + 1)
        seen |= held
    return total


def facts_held(facts: Sequence[str], text: str) -> int:
    """How many of the facts stand in the text, whatever its capitals, diacritics and blanks."""
    line = _line(text)
    return sum(_line(fact) in line for fact in facts)


def score(
    item: Item, answer: Answer, hits: Sequence[Hit], pool: Sequence[Span], sources: tuple[Texts, DocumentOf]
) -> Scores:
    """Everything at once. ``pool`` are the places of all passages that could have been found."""
    texts, document_of = sources
    refused = is_refusal(answer.status)
    shown = answer.citations or answer.nearest
    ranked = groups_held(item, (_place(hit) for hit in hits), texts)
    precision, recall = char_measures(item, answer.citations, texts)
    checked = (*answer.citations, *answer.nearest)
    gold = item.evidence
    return Scores(
        answerable=item.answerable,
        refused=refused,
        recall=(0.0 if refused else evidence_recall(gold, answer.citations)) if gold else None,
        potential=evidence_recall(gold, shown) if gold else None,
        cited=len(answer.citations),
        relevant=relevant_count(item, answer.citations, texts),
        checked=len(checked),
        literal=sum(is_literal(citation, document_of) for citation in checked),
        char_precision=precision,
        char_recall=recall,
        ndcg=ndcg(ranked, groups_held(item, pool, texts)) if gold else None,
        found_5=_found(ranked[:5], len(gold)),
        found_all=_found(ranked, len(gold)),
        must=len(item.must),
        must_held=facts_held(item.must, answer.text),
        forbidden=len(item.forbidden),
        forbidden_said=facts_held(item.forbidden, answer.text),
        confidence=answer.confidence,
        ms=float(answer.timing_ms.get("total", 0.0)),
    )


def _found(ranked: Sequence[frozenset[int]], groups: int) -> float | None:
    return len(frozenset[int]().union(*ranked)) / groups if groups else None


def _place(hit: Hit) -> Span:
    return hit.passage.document, hit.passage.start, hit.passage.end


def _span(citation: Citation) -> Span:
    return citation.document, citation.start, citation.end


def _spans(quotes: Iterable[Quote], texts: Texts) -> list[Span]:
    return [span for quote in quotes if (span := span_of(quote, texts)) is not None]


def _characters(spans: Iterable[Span]) -> set[tuple[str, int]]:
    return {(document, at) for document, start, end in spans for at in range(start, end)}


def _line(text: str) -> str:
    return " ".join(fold(text).split())
