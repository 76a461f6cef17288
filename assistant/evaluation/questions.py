"""Question sets: what is asked, and which quotes a good answer holds (format: evals/questions/README.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.errors import UsageError


class Answerability(StrEnum):
    """How much of a question the documents answer."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Quote:
    """A literal piece of one document."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its gold: all groups of ``evidence`` are needed, within a group any one quote does."""

    id: str
    seed: str
    kind: str
    question: str
    history: tuple[str, ...]
    as_of: date | None
    answerability: Answerability
    evidence: tuple[tuple[Quote, ...], ...]
    accepted: tuple[Quote, ...] = ()
    must: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether the documents answer at least a part."""
        return self.answerability is not Answerability.NONE


def load_set(path: Path) -> tuple[Item, ...]:
    """The questions of a JSONL file. Raises UsageError that names the line which cannot be used."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UsageError(
            "set-unreadable", f"Vragenset {path} is niet te lezen.", "Noem dev, test of een JSONL-bestand met vragen."
        ) from None
    items = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            items.append(_item(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UsageError(
                "set-line",
                f"{path.name}, regel {number}: dit is geen vraag van een vragenset ({error}).",
                "Het formaat staat in evals/questions/README.md.",
            ) from error
    if not items:
        raise UsageError("set-empty", f"Vragenset {path} heeft geen vragen.", "Noem een set met ten minste één vraag.")
    return tuple(items)


def _item(values: Mapping[str, Any]) -> Item:
    return Item(
        id=str(values["id"]),
        seed=str(values.get("seed", values["id"])),
        kind=str(values["kind"]),
        question=str(values["question"]),
        history=tuple(values.get("history") or ()),
        as_of=date.fromisoformat(values["as_of"]) if values.get("as_of") else None,
        answerability=Answerability(values["answerability"]),
        evidence=tuple(_quotes(group) for group in values["evidence"]),
        accepted=_quotes(values.get("accepted") or ()),
        must=tuple(values.get("must") or ()),
        forbidden=tuple(values.get("forbidden") or ()),
    )


def _quotes(values: Sequence[Mapping[str, str]]) -> tuple[Quote, ...]:
    return tuple(Quote(value["document"], value["quote"]) for value in values)
