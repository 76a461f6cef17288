"""An answer to and from the published format ``answer/1`` (CONTRACT): the same keys, in the same order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.errors import UsageError
from assistant.records import Answer, Citation, MissingDocument, Mode, Notice, Question, Statement, Status

SCHEMA = "answer/1"


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The answer as plain JSON values. The history of its question is not part of the format and is left out."""
    return {
        "schema": SCHEMA,
        "id": answer.question.id,
        "question": answer.question.text,
        "interpreted": answer.interpreted,
        "as_of": answer.question.as_of.isoformat(),
        "language": answer.language,
        "status": answer.status.value,
        "mode": answer.mode.value,
        "text": answer.text,
        "statements": [{"text": item.text, "citations": list(item.citations)} for item in answer.statements],
        "citations": [citation_to_json(item) for item in answer.citations],
        "nearest": [citation_to_json(item) for item in answer.nearest],
        "missing_documents": [
            {"document": item.document, "title": item.title, "source_url": item.source_url}
            for item in answer.missing_documents
        ],
        "notices": [{"code": item.code, "text": item.text} for item in answer.notices],
        "confidence": float(answer.confidence),
        "timing_ms": {name: float(value) for name, value in answer.timing_ms.items()},
        "index": answer.index,
    }


def answer_from_json(data: Mapping[str, Any]) -> Answer:
    """The answer that ``data`` describes; keys that the format may grow are left alone.

    Raises UsageError when ``data`` is not an ``answer/1``.
    """
    if data.get("schema") != SCHEMA:
        raise _unreadable(f"het formaat is {data.get('schema')!r} en niet '{SCHEMA}'")
    try:
        return _answer(data)
    except KeyError as error:
        raise _unreadable(f"onderdeel {error} ontbreekt") from error
    except (TypeError, ValueError) as error:
        raise _unreadable(f"een waarde klopt niet: {error}") from error


def citation_to_json(citation: Citation) -> dict[str, Any]:
    """One citation as plain JSON values; open ends of its validity are null."""
    return {
        "number": citation.number,
        "document": citation.document,
        "version": citation.version,
        "title": citation.title,
        "kind": citation.kind,
        "valid_from": _day_out(citation.valid_from),
        "valid_until": _day_out(citation.valid_until),
        "page": citation.page,
        "page_label": citation.page_label,
        "section": list(citation.section),
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }


def _answer(data: Mapping[str, Any]) -> Answer:
    return Answer(
        question=Question(text=data["question"], as_of=date.fromisoformat(data["as_of"]), id=data["id"]),
        interpreted=data["interpreted"],
        status=Status(data["status"]),
        mode=Mode(data["mode"]),
        text=data["text"],
        statements=tuple(Statement(item["text"], tuple(item["citations"])) for item in data["statements"]),
        citations=tuple(_citation(item) for item in data["citations"]),
        nearest=tuple(_citation(item) for item in data["nearest"]),
        missing_documents=tuple(
            MissingDocument(item["document"], item["title"], item["source_url"]) for item in data["missing_documents"]
        ),
        notices=tuple(Notice(item["code"], item["text"]) for item in data["notices"]),
        confidence=float(data["confidence"]),
        timing_ms={str(name): float(value) for name, value in data["timing_ms"].items()},
        index=data["index"],
        language=data["language"],
    )


def _citation(item: Mapping[str, Any]) -> Citation:
    return Citation(
        number=item["number"],
        document=item["document"],
        version=item["version"],
        title=item["title"],
        kind=item["kind"],
        valid_from=_day_in(item["valid_from"]),
        valid_until=_day_in(item["valid_until"]),
        page=item["page"],
        page_label=item["page_label"],
        section=tuple(item["section"]),
        start=item["start"],
        end=item["end"],
        quote=item["quote"],
    )


def _day_out(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day_in(value: str | None) -> date | None:
    return date.fromisoformat(value) if value is not None else None


def _unreadable(why: str) -> UsageError:
    return UsageError(
        "answer-format",
        f"Dit antwoord kan niet worden gelezen: {why}.",
        "Het is beschadigd of door een andere versie van Regelwijzer gemaakt; stel de vraag opnieuw.",
    )
