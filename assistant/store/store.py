"""The store as the rest of the product sees it: one object, with a part for each thing that is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from argon2 import PasswordHasher
from sqlalchemy import URL

from assistant.home import Home
from assistant.settings import StoreSettings
from assistant.store.accounts import Accounts
from assistant.store.audit import AuditBook
from assistant.store.conversations import Conversations
from assistant.store.database import BUSY_SECONDS, Database, address
from assistant.store.feedback import FeedbackBook
from assistant.store.maintenance import Maintenance
from assistant.store.migrations import migrate
from assistant.store.texts import Texts

FILE = "regelwijzer.sqlite3"


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """Opens the database, making or updating its tables; share one between all threads of a process.

    Raises UsageError for an address that cannot be used or tables of a later program, and StorageError.
    """

    def __init__(
        self,
        url: str | URL,
        *,
        now: Callable[[], datetime] = _now,
        hasher: PasswordHasher | None = None,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        self._database = Database(url, busy_seconds=busy_seconds)
        migrate(self._database)
        self.conversations = Conversations(self._database, now)
        self.texts = Texts(self._database)
        self.feedback = FeedbackBook(self._database, now)
        self.accounts = Accounts(self._database, now, hasher)
        self.audit = AuditBook(self._database, now)
        self.maintenance = Maintenance(self._database, now)

    @classmethod
    def open(cls, home: Home, settings: StoreSettings) -> Store:
        """The store of a home folder."""
        return cls(cls.address(home, settings))

    @staticmethod
    def address(home: Home, settings: StoreSettings) -> URL:
        """Where that is: what ``store.url`` names, else SQLite in the folder data/. Raises UsageError."""
        return address(settings.url or URL.create("sqlite", database=str(home.data / FILE)))

    def close(self) -> None:
        """Gives every connection back."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
