"""The conversation as the page shows it: earlier turns, one that is worked on, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from assistant.privacy import Finding
from assistant.records import Answer, Source
from assistant.store.values import StoredAnswer
from assistant.web.answer_view import Look, look
from assistant.web.rendering import linker, render

_serial = count(1)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, or with the state, title and text of what went wrong."""

    question: str
    look: Look | None = None
    link: str = ""
    state: str = "error"
    title: str = ""
    text: str = ""
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Personal data in a question, and the question without it."""

    findings: tuple[Finding, ...]
    masked: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that is worked on; ``look`` is how far its answer is, once something was found for it."""

    question: str
    look: Look | None = None


def pending_of(question: str, answer: Answer, sources: Mapping[str, Source]) -> Pending:
    """A question with its answer as far as it is made."""
    return Pending(question, look(answer, sources))


def turn_of(answer: Answer, link: str, sources: Mapping[str, Source]) -> Turn:
    """A turn that was answered; ``link`` is empty when the answer is not kept."""
    return Turn(answer.question.text, look(answer, sources), link)


def turns_of(history: Sequence[StoredAnswer], sources: Mapping[str, Source]) -> list[Turn]:
    """The turns of a kept conversation."""
    return [turn_of(item.answer, item.link, sources) for item in history]


def thread(conversation: str, turns: Sequence[Turn], examples: Sequence[str] = (), pending: Pending | None = None) -> str:
    """The whole conversation as HTML."""
    return render(
        "thread.html",
        conversation=conversation,
        turns=turns,
        examples=examples,
        pending=pending,
        serial=next(_serial),
        linker=linker,
    )
