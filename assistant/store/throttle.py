"""Slows down wrong logins, by name and by address, with a delay that doubles."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from assistant.errors import AccessError
from assistant.store.database import Database
from assistant.store.tables import ThrottleRow

FREE = {"name": 5, "address": 20}  # wrong logins before the first delay; many people may share one address
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=24)


class Throttle:
    """Counts attempts before their password is looked at, so that attempts side by side gain nothing."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def attempt(self, name: str, address: str) -> None:
        """Counts one attempt. Raises AccessError while name or address must wait; such an attempt does not count."""
        moment = self._now()

        def count(session: Session) -> None:
            rows = []
            for kind, value in (("address", address), ("name", name)):  # one order everywhere: no deadlock
                row = session.get(ThrottleRow, _key(kind, value), with_for_update=True)
                if row is None:
                    row = ThrottleRow(key=_key(kind, value), failures=0, last=moment)
                    session.add(row)
                    session.flush()
                if moment - row.last > FORGET_AFTER:
                    row.failures = 0
                wait = row.last + _delay(kind, row.failures) - moment
                if wait > timedelta(0):
                    raise _too_many(wait)
                rows.append(row)
            for row in rows:
                row.failures, row.last = row.failures + 1, moment

        self._database.in_write(count)

    def succeeded(self, name: str, address: str) -> None:
        """Forgets the name's wrong logins, and takes back this attempt of the address."""
        with self._database.write() as session:
            from_address = session.get(ThrottleRow, _key("address", address), with_for_update=True)
            if from_address is not None:
                from_address.failures = max(0, from_address.failures - 1)
            of_name = session.get(ThrottleRow, _key("name", name), with_for_update=True)
            if of_name is not None:
                session.delete(of_name)


def stale_before(moment: datetime) -> datetime:
    """Counts whose last attempt was before this no longer matter."""
    return moment - FORGET_AFTER


def _key(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}\0{value}".encode("utf-8", "replace")).hexdigest()


def _delay(kind: str, failures: int) -> timedelta:
    over = failures - FREE[kind]
    return timedelta(0) if over < 0 else min(FIRST_DELAY * 2 ** min(over, 10), LONGEST_DELAY)


def _too_many(wait: timedelta) -> AccessError:
    seconds = int(wait.total_seconds()) + 1
    words = f"{seconds} seconden" if seconds < 100 else f"{-(-seconds // 60)} minuten"
    return AccessError(
        "login-throttled",
        "Er is te vaak een verkeerde naam of een verkeerd wachtwoord ingevuld.",
        f"Probeer het over {words} opnieuw.",
    )
