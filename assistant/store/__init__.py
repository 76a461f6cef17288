"""Conversations, answers, feedback, accounts and audit, in SQLite or PostgreSQL."""

from assistant.store.store import Store
from assistant.store.values import (
    AuditEntry,
    CitedText,
    Conversation,
    FeedbackItem,
    Purged,
    Reason,
    Role,
    StoredAnswer,
    User,
    Verdict,
)

__all__ = [
    "AuditEntry",
    "CitedText",
    "Conversation",
    "FeedbackItem",
    "Purged",
    "Reason",
    "Role",
    "Store",
    "StoredAnswer",
    "User",
    "Verdict",
]
