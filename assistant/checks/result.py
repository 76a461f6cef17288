"""The result of a check with its quotes as citations, and as the published format ``check/1``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.answer_json import citation_to_json
from assistant.checks.deciding import Decision, decide
from assistant.checks.model import Check, CheckQuestion, Quoted
from assistant.corpus.library import Library
from assistant.records import Citation, Notice, Passage
from assistant.structuring import passages, structure

SCHEMA = "check/1"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check came to; ``numbers`` tells which citations a quote has become."""

    check: Check
    decision: Decision
    answers: Mapping[str, str]
    citations: tuple[Citation, ...]
    numbers: Mapping[Quoted, int]
    notices: tuple[Notice, ...]
    as_of: date

    def cited(self, quotes: Iterable[Quoted]) -> tuple[int, ...]:
        """The numbers of the citations of ``quotes``."""
        return tuple(self.numbers[quoted] for quoted in quotes)


def result_of(library: Library, check: Check, answers: Mapping[str, str], as_of: date) -> CheckResult:
    """Decides ``check`` and cites what the outcome, the answered questions and the next one rest on.

    Raises UsageError for answers that do not fit, CorpusError when a document cannot be read.
    """
    decision = decide(check, answers)
    asked = [*decision.used, *([decision.next] if decision.next else [])]
    quotes = [*(decision.rule.quotes if decision.rule else ()), *(quoted for each in asked for quoted in each.quotes)]
    numbers = {quoted: number for number, quoted in enumerate(dict.fromkeys(quotes), start=1)}
    citer = _Citer(library)
    citations = tuple(citer.cite(number, quoted) for quoted, number in numbers.items())
    return CheckResult(check, decision, decision.answers, citations, numbers, tuple(_notices(citations, as_of)), as_of)


class _Citer:
    """Makes citations; each document is read and structured once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._passages: dict[str, tuple[Passage, ...]] = {}

    def cite(self, number: int, quoted: Quoted) -> Citation:
        """The citation of a quote that is known to stand in its document once."""
        source = self._library.source(quoted.document)
        document = self._library.document(quoted.document)
        if document.id not in self._passages:
            self._passages[document.id] = passages(document, structure(document))
        start = document.text.index(quoted.quote)
        page = document.page_at(start)
        around = (each for each in self._passages[document.id] if each.start <= start < each.end)
        return Citation(
            number=number,
            document=document.id,
            version=document.version,
            title=source.title,
            kind=source.kind.id,
            valid_from=source.valid_from,
            valid_until=source.valid_until,
            page=page.number,
            page_label=page.label,
            section=next((each.section for each in around), ()),
            start=start,
            end=start + len(quoted.quote),
            quote=quoted.quote,
        )


def _notices(citations: Iterable[Citation], as_of: date) -> Iterable[Notice]:
    for title, begin, end in dict.fromkeys((c.title, c.valid_from, c.valid_until) for c in citations):
        if (begin and as_of < begin) or (end and as_of > end):
            span = " ".join(filter(None, (f"vanaf {begin}" if begin else "", f"tot en met {end}" if end else "")))
            yield Notice("not-valid", f"'{title}' geldt {span}, en dus niet op {as_of}.")


def result_to_json(result: CheckResult) -> dict[str, Any]:
    """The result as plain JSON values, citations in the shape of an answer's."""
    rule = result.decision.rule
    return {
        "schema": SCHEMA,
        "id": result.check.id,
        "title": result.check.title,
        "as_of": result.as_of.isoformat(),
        "status": result.decision.status.value,
        "outcome": {
            "verdict": rule.outcome.verdict.value,
            "text": rule.outcome.text,
            "citations": list(result.cited(rule.quotes)),
        }
        if rule
        else None,
        "asked": [_asked(result, question) for question in result.decision.used],
        "next": _asked(result, result.decision.next) if result.decision.next else None,
        "citations": [citation_to_json(citation) for citation in result.citations],
        "notices": [{"code": notice.code, "text": notice.text} for notice in result.notices],
    }


def _asked(result: CheckResult, question: CheckQuestion) -> dict[str, Any]:
    return {
        **question_to_json(question),
        "answer": result.answers.get(question.id),
        "citations": list(result.cited(question.quotes)),
    }


def question_to_json(question: CheckQuestion) -> dict[str, Any]:
    """A question as plain JSON values."""
    return {
        "id": question.id,
        "text": question.text,
        "kind": question.kind,
        "options": list(question.options),
        "help": question.help,
    }
