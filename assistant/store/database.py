"""One engine over SQLite or PostgreSQL: its address, its transactions, and its failures in Dutch."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from assistant.errors import StorageError, UsageError, system_reason

BUSY_SECONDS = 15.0  # a slow disk may stall for seconds; a user would rather wait than ask again
ATTEMPTS = 3
WRITERS = 10  # side by side on PostgreSQL: fewer than the pool has connections
T = TypeVar("T")
# Without parameters in the texts of errors, for those are what people asked.
_OPTIONS: dict[str, Any] = {"pool_pre_ping": True, "pool_timeout": 10, "hide_parameters": True}


class Database:
    """Short transactions on one database; safe to share between threads and, for both kinds, between processes."""

    def __init__(self, url: str | URL, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.url = address(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url, busy_seconds) if self.is_sqlite else _postgresql(self.url, busy_seconds)
        self._busy_seconds = busy_seconds
        self._turn = threading.Lock() if self.is_sqlite else threading.Semaphore(WRITERS)
        # SQLite cannot turn a reading transaction into a writing one while another writes: it must say so at its start.
        self._writing = self.engine.execution_options(writing=True)

    @property
    def file(self) -> Path:
        """The database file; only SQLite has one."""
        return Path(str(self.url.database))

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A reading transaction: everything in it is seen at one moment."""
        with _failures(), Session(self.engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A writing transaction: all of it, or nothing. Raises StorageError."""
        with self._own_turn(), _failures(), Session(self._writing) as session, session.begin():
            yield session

    @contextmanager
    def _own_turn(self) -> Iterator[None]:
        """Lets the writers of this process wait for each other in line: SQLite makes them poll, and one may starve."""
        if not self._turn.acquire(timeout=self._busy_seconds):
            raise storage_error(None, "SQLITE_BUSY")
        try:
            yield
        finally:
            self._turn.release()

    def in_write(self, work: Callable[[Session], T]) -> T:
        """Does ``work`` in a writing transaction, and anew when another process made or removed the same row meanwhile.

        On SQLite that cannot happen; PostgreSQL lets two add the same new row, and refuses the second.
        """
        for _ in range(ATTEMPTS - 1):
            try:
                with self.write() as session:
                    return work(session)
            except IntegrityError:
                continue
        with self.write() as session:
            return work(session)

    def checkpoint(self) -> None:
        """Moves SQLite's write-ahead log into the database, so that what was deleted is in neither."""
        if self.is_sqlite:
            with _failures(), self.engine.connect() as connection:
                # Not in a transaction, or it does nothing; a reader elsewhere only delays it to the next time.
                raw: Any = connection.connection.dbapi_connection
                try:
                    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                except sqlite3.Error as error:
                    raise storage_error(error) from error

    def close(self) -> None:
        """Gives every connection back."""
        self.engine.dispose()


def address(url: str | URL) -> URL:
    """The parts of an address that can be used here. Raises UsageError."""
    try:
        parsed = make_url(url)
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        is_file = parsed.drivername in {"sqlite", "sqlite+pysqlite"} and parsed.database not in {None, "", ":memory:"}
        known = is_file or parsed.get_backend_name() == "postgresql"
    except (ArgumentError, ValueError):  # ValueError: of a port that is no number
        known = False
    if not known:
        raise UsageError(
            "store-url",
            "Het adres van de database (store.url) kan niet worden gebruikt.",
            "Laat het leeg, of geef een adres als 'sqlite:////pad/naar/bestand' of 'postgresql://gebruiker@machine/naam'.",
        )
    return parsed


def _sqlite(url: URL, busy_seconds: float) -> Engine:
    _own_file(Path(str(url.database)))
    engine = create_engine(url, connect_args={"timeout": busy_seconds}, **_OPTIONS)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are ours to begin, below
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _own_file(path: Path) -> None:
    """Makes the database's folder and file, for this user's eyes only."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StorageError(
            "store-unreachable",
            f"De database {path} kan niet worden geopend ({system_reason(error)}).",
            "Controleer of de map bestaat en of u erin mag schrijven.",
        ) from error


def _postgresql(url: URL, busy_seconds: float) -> Engine:
    limits = f"-c lock_timeout={int(busy_seconds * 1000)} -c idle_in_transaction_session_timeout=60000"
    try:
        return create_engine(url, connect_args={"connect_timeout": 5, "options": limits}, **_OPTIONS)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise UsageError(
            "store-driver",
            "Voor PostgreSQL ontbreekt het onderdeel psycopg.",
            "Installeer het met: pip install 'regelwijzer[postgresql]'.",
        ) from error


@contextmanager
def _failures() -> Iterator[None]:
    """Turns what the database refuses into a StorageError; a broken rule of the tables stays what it is."""
    try:
        yield
    except (IntegrityError, DataError):
        raise
    except DBAPIError as error:
        raise storage_error(error.orig) from error
    except PoolTimeoutError as error:
        raise StorageError("store-busy", "De database heeft het te druk.", "Probeer het zo meteen opnieuw.") from error


def storage_error(cause: BaseException | None, name: str = "") -> StorageError:
    """The Dutch error for what SQLite or PostgreSQL said went wrong."""
    name = name or str(getattr(cause, "sqlite_errorname", "") or getattr(cause, "sqlstate", "") or "")
    for starts, code, message, remedy in _MESSAGES:
        if name.startswith(starts):
            return StorageError(code, message, remedy)
    return StorageError(
        "store-unreachable",
        "De database is niet bereikbaar.",
        "Controleer store.url en of de database draait, en probeer het opnieuw.",
    )


# By the name SQLite gives an error, or PostgreSQL's SQLSTATE.
_MESSAGES = (
    (("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40001", "40P01", "57014", "53300"),
     "store-busy", "De database is bezet.", "Er is niets bewaard. Probeer het zo meteen opnieuw."),
    (("SQLITE_FULL", "53100"),
     "store-full", "De schijf is vol.", "Er is niets bewaard. Maak ruimte en probeer het opnieuw."),
    (("SQLITE_READONLY", "SQLITE_PERM", "25006", "42501"),
     "store-readonly", "In de database mag niet worden geschreven.", "Geef Regelwijzer schrijfrecht op de map data/."),
    (("SQLITE_CANTOPEN", "SQLITE_IOERR"),
     "store-unreachable", "Het bestand van de database kan niet worden gelezen of geschreven.",
     "Controleer de map data/ en de schijf, en probeer het opnieuw."),
    (("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "42P01", "42703"),  # the last three: a table that is not there
     "store-damaged", "De database is beschadigd.", "Zet een reservekopie terug met 'regelwijzer restore BESTAND'."),
    (("28", "3D"),
     "store-refused", "De database laat Regelwijzer niet toe.", "Controleer gebruiker, wachtwoord en naam in store.url."),
)  # fmt: skip
