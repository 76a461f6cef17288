"""Who did what, and when: for accountability, without a word of what anybody asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from assistant.store.database import Database
from assistant.store.tables import AuditRow
from assistant.store.values import AuditEntry

# One word each: a question cannot be written here, not even by mistake.
_WORD = re.compile(r"[\w.:@/+=-]{0,128}")
_LONGEST_NAME = 128  # of who did it: a proxy's names hold blanks and other signs


class AuditBook:
    """Keeps actions such as "login", "user-created" or "document-published" with their subject (a name or an id)."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def add(self, who: str, action: str, subject: str = "") -> None:
        """Notes an action. Raises ValueError when action or subject is more than a word, and StorageError."""
        named = who.isprintable() and len(who) <= _LONGEST_NAME
        if not action or not named or not all(_WORD.fullmatch(value) for value in (action, subject)):
            raise ValueError("an audit entry holds a name, an action and an id, never free text")
        with self._database.write() as session:
            session.add(AuditRow(moment=self._now(), who=who, action=action, subject=subject))

    def list(self, limit: int = 500) -> tuple[AuditEntry, ...]:
        """The last actions, newest first."""
        with self._database.read() as session:
            rows = session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(limit))
            return tuple(AuditEntry(row.moment, row.who, row.action, row.subject) for row in rows)
