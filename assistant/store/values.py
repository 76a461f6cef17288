"""What the store hands out: frozen values, without a database behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.records import Answer, Document, Source


class Role(StrEnum):
    """What an account may do; each role may do what those before it may."""

    READER = "reader"
    KEEPER = "keeper"
    ADMIN = "admin"


class Verdict(StrEnum):
    """What a reader thought of an answer."""

    HELPFUL = "helpful"
    NOT_HELPFUL = "not_helpful"


class Reason(StrEnum):
    """Why an answer did not help."""

    WRONG_SOURCE = "wrong_source"
    INCOMPLETE = "incomplete"
    OUTDATED = "outdated"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it is listed. Moments are in UTC, here and below."""

    id: str
    title: str
    created: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer that is kept. ``link`` is its permanent, unguessable address; ``position`` counts from 1."""

    link: str
    conversation: str
    position: int
    question: str
    answer: Answer
    index: str
    created: datetime


@dataclass(frozen=True, slots=True)
class CitedText:
    """The very text that citations point into, with what the catalogue said of it at the time."""

    document: Document
    source: Source
    reading_version: str


@dataclass(frozen=True, slots=True)
class FeedbackItem:
    """One reader's opinion, with what the corpus keeper needs to judge it; who gave it is not told."""

    answer: StoredAnswer
    verdict: Verdict
    reasons: tuple[Reason, ...]
    line: str
    created: datetime


@dataclass(frozen=True, slots=True)
class User:
    """An account, without its password."""

    name: str
    role: Role
    created: datetime
    disabled: bool


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, to what, and when; never what anybody asked."""

    moment: datetime
    who: str
    action: str
    subject: str


@dataclass(frozen=True, slots=True)
class Purged:
    """How much a purge removed."""

    conversations: int
    answers: int
    texts: int
