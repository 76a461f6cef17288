"""Carrying out the retention, and backup and restore."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from assistant.errors import StorageError, UsageError, system_reason
from assistant.retrieval.scope import small_talk
from assistant.store.conversations import set_title, title_of
from assistant.store.database import Database, storage_error
from assistant.store.migrations import check_version, migrate
from assistant.store.tables import AnswerRow, AnswerTextRow, AuditRow, ConversationRow, SessionRow, TextRow, ThrottleRow
from assistant.store.throttle import stale_before
from assistant.store.values import Purged

AUDIT_DAYS = 365


class Maintenance:
    """What an operator does to the whole database."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def purge(self, older_than_days: int) -> Purged:
        """Removes answers older than that with their feedback, conversations that were left, and texts nobody cites.

        Ended sessions, old wrong logins and audit entries older than a year go too. Raises StorageError.
        """
        moment = self._now()
        before = moment - timedelta(days=older_than_days)
        cited = exists().where(
            AnswerTextRow.document == TextRow.document,
            AnswerTextRow.version == TextRow.version,
            AnswerTextRow.text_hash == TextRow.text_hash,
        )
        kept = exists().where(AnswerRow.conversation == ConversationRow.id)

        def remove(session: Session) -> Purged:
            _rename(session, before)
            answers = session.scalars(delete(AnswerRow).where(AnswerRow.created < before).returning(AnswerRow.link)).all()
            empty = delete(ConversationRow).where(ConversationRow.updated < before, ~kept)
            conversations = session.scalars(empty.returning(ConversationRow.id)).all()
            texts = session.scalars(delete(TextRow).where(~cited).returning(TextRow.text_hash)).all()
            session.execute(delete(SessionRow).where(SessionRow.expires < moment))
            session.execute(delete(ThrottleRow).where(ThrottleRow.last < stale_before(moment)))
            session.execute(delete(AuditRow).where(AuditRow.moment < moment - timedelta(days=AUDIT_DAYS)))
            return Purged(len(conversations), len(answers), len(texts))

        purged = self._database.in_write(remove)
        self._database.checkpoint()
        return purged

    def backup(self, path: Path) -> None:
        """Writes a copy of the database to a new file, while others go on working. Raises UsageError and StorageError."""
        self._sqlite_only("backup-postgresql", "pg_dump")
        if path.exists():
            raise UsageError(
                "backup-exists", f"Het bestand {path} bestaat al.", "Kies een andere naam voor de reservekopie."
            )
        aside = path.with_name(path.name + ".deel")
        try:
            os.close(os.open(aside, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
            _copy(self._database.file, aside)
            with closing(sqlite3.connect(aside)) as copy:  # one file, without a log beside it
                copy.execute("PRAGMA journal_mode=DELETE")
            with aside.open("rb") as written:
                os.fsync(written.fileno())
            aside.replace(path)
        except sqlite3.Error as error:
            raise storage_error(error) from error
        except OSError as error:
            raise StorageError(
                "backup-unwritable",
                f"De reservekopie {path} kan niet worden geschreven ({system_reason(error)}).",
                "Kies een andere map.",
            ) from error
        finally:
            aside.unlink(missing_ok=True)

    def restore(self, path: Path) -> None:
        """Replaces everything by what is in a backup, in one step; a file that is no sound backup changes nothing.

        Sessions are ended: whoever signed out since would be signed in again. Raises UsageError and StorageError.
        """
        self._sqlite_only("restore-postgresql", "pg_restore")
        check_version(_version_of(path))
        try:
            _copy(path, self._database.file)
        except sqlite3.Error as error:
            raise storage_error(error) from error
        migrate(self._database)
        with self._database.write() as session:
            session.execute(delete(SessionRow))

    def _sqlite_only(self, code: str, program: str) -> None:
        if not self._database.is_sqlite:
            raise UsageError(
                code,
                "De gesprekken staan in PostgreSQL; daarvan maakt Regelwijzer zelf geen reservekopie.",
                f"Gebruik {program}.",
            )


def _rename(session: Session, before: datetime) -> None:
    """Conversations that go on and are named after a question that is about to go take the name of the first that stays."""
    going = select(AnswerRow.conversation, AnswerRow.question).where(AnswerRow.created < before)
    names: dict[str, set[str]] = {}
    for conversation, question in session.execute(going):
        names.setdefault(conversation, set()).add(title_of(question))
    for conversation, old in names.items():
        row = session.get_one(ConversationRow, conversation)
        staying = select(AnswerRow.question).where(AnswerRow.conversation == conversation, AnswerRow.created >= before)
        questions = session.scalars(staying.order_by(AnswerRow.position)).all()
        if questions and row.title in old:
            set_title(row, title_of(next((each for each in questions if not small_talk(each)), questions[0])))


def _copy(source: Path, target: Path) -> None:
    """SQLite's own online copy: all pages as of one moment, and in one transaction of the target."""
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target, timeout=10)) as writing:
        reading.backup(writing)


def _version_of(path: Path) -> int:
    """The version of the tables in a backup, after checking that it is whole. Raises UsageError."""
    if not path.is_file():
        raise UsageError(
            "restore-missing", f"Het bestand {path} bestaat niet.", "Geef het bestand dat 'regelwijzer backup' maakte."
        )
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as backup:
            sound = backup.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            version: int = backup.execute("SELECT version FROM schema_version").fetchone()[0]
    except (sqlite3.Error, TypeError) as error:  # TypeError: the table is there and empty
        raise _not_a_backup(path) from error
    if not sound:
        raise _not_a_backup(path)
    return version


def _not_a_backup(path: Path) -> UsageError:
    return UsageError(
        "restore-damaged",
        f"{path} is geen (gave) reservekopie van Regelwijzer.",
        "Geef het bestand dat 'regelwijzer backup' maakte; er is niets veranderd.",
    )
