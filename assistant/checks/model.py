"""The frozen values of a rule check, as the keeper wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

YES_NO = ("ja", "nee")


class Verdict(StrEnum):
    """What a check comes to; the value is what the keeper writes and the reader sees."""

    YES = "ja"
    NO = "nee"
    DEPENDS = "hangt af"


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a document that something rests on."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """A question with its possible answers, and the quotes that say why it is asked. ``kind`` is ``ja/nee`` or ``keuze``."""

    id: str
    text: str
    kind: str
    options: tuple[str, ...]
    quotes: tuple[Quoted, ...]
    help: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Yes, no, or it depends; and the whole of it in plain Dutch."""

    verdict: Verdict
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Under these answers this is the outcome. ``when`` maps a question's id to the answers of which any one does."""

    when: Mapping[str, tuple[str, ...]]
    outcome: Outcome
    quotes: tuple[Quoted, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """Questions and rules; the first rule that holds decides."""

    id: str
    title: str
    about: str
    questions: tuple[CheckQuestion, ...]
    rules: tuple[Rule, ...]

    def question(self, name: str) -> CheckQuestion | None:
        return next((question for question in self.questions if question.id == name), None)
