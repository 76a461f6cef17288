"""Brings a database to this program's tables, one step at a time, and never backwards."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from assistant.errors import UsageError
from assistant.store.database import Database, storage_error
from assistant.store.tables import Base, SchemaRow

# STEPS[n] brings version n + 1 to n + 2. The first version was made from the tables as they are in tables.py.
STEPS: tuple[Callable[[Session], None], ...] = ()
_LOCK = 0x5265676C  # any number, the same in every process


def migrate(database: Database, steps: tuple[Callable[[Session], None], ...] = STEPS) -> None:
    """Makes the tables, or takes the steps that are missing. Raises UsageError for tables of a later program."""
    newest = len(steps) + 1
    with database.write() as session:
        if not database.is_sqlite:  # two processes that start together must not both make the tables
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if not inspect(session.connection()).has_table(SchemaRow.__tablename__):
            Base.metadata.create_all(session.connection())
            session.add(SchemaRow(version=newest))
            return
        row = session.scalar(select(SchemaRow))
        if row is None:
            raise storage_error(None, "SQLITE_CORRUPT")
        check_version(row.version, newest)
        for step in steps[row.version - 1 :]:
            step(session)
        row.version = newest


def check_version(found: int, newest: int = len(STEPS) + 1) -> None:
    """Raises UsageError when tables of version ``found`` were made by a later program than this."""
    if found > newest:
        raise UsageError(
            "store-newer",
            f"De database is van een nieuwere versie van Regelwijzer (tabellen {found}; dit programma kent {newest}).",
            "Werk Regelwijzer bij; er is niets veranderd.",
        )
