"""Decides a check: what follows from the answers so far, or which question is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.checks.model import Check, CheckQuestion, Rule
from assistant.errors import UsageError


class Status(StrEnum):
    """Whether there is an outcome, a question is still open, or the documents say nothing of this case."""

    DECIDED = "decided"
    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from the answers. ``used`` are the answered questions that it rests on, in the order of the check."""

    status: Status
    rule: Rule | None
    next: CheckQuestion | None
    used: tuple[CheckQuestion, ...]
    answers: Mapping[str, str]  # all that were given, as the options write them


def decide(check: Check, answers: Mapping[str, str]) -> Decision:
    """The first rule that holds; or, where it takes an answer that is not given, the question for it.

    Rules are gone through in order, so a rule may count on those before it not holding. Raises UsageError for an answer
    to a question that is not there, or that is none of its options.
    """
    given = {name: _checked(check, name, answer) for name, answer in answers.items()}
    seen: set[str] = set()
    for rule in check.rules:
        wanted = _first_unknown(rule, given, seen)
        if wanted is None:
            continue
        if wanted:
            return Decision(Status.OPEN, None, check.question(wanted), _used(check, seen), given)
        return Decision(Status.DECIDED, rule, None, _used(check, seen), given)
    return Decision(Status.UNKNOWN, None, None, _used(check, seen), given)


def _first_unknown(rule: Rule, given: Mapping[str, str], seen: set[str]) -> str | None:
    """The id of the first question whose answer is missing; empty where the rule holds, None where it does not.

    Adds to ``seen`` the questions whose answers were looked at.
    """
    for name, accepted in rule.when.items():
        if name not in given:
            return name
        seen.add(name)
        if given[name] not in accepted:
            return None
    return ""


def _used(check: Check, seen: set[str]) -> tuple[CheckQuestion, ...]:
    return tuple(question for question in check.questions if question.id in seen)


def _checked(check: Check, name: str, answer: str) -> str:
    question = check.question(name)
    if question is None:
        known = ", ".join(question.id for question in check.questions)
        raise UsageError("check-question", f"Check '{check.id}' heeft geen vraag '{name}'.", f"De vragen zijn: {known}.")
    found = next((option for option in question.options if option.casefold() == answer.strip().casefold()), None)
    if found is None:
        raise UsageError(
            "check-answer",
            f"'{answer}' is geen antwoord op '{name}' ({question.text})",
            f"Kies uit: {', '.join(question.options)}.",
        )
    return found
