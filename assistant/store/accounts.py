"""Accounts with their passwords (Argon2id) and sessions. A password or session token is nowhere kept in the clear."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.errors import AccessError, UsageError
from assistant.store.database import Database
from assistant.store.tables import SessionRow, UserRow
from assistant.store.throttle import Throttle
from assistant.store.values import Role, User

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
SESSION_HOURS = 12
_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")


class Accounts:
    """Creates, checks and ends accounts and sessions."""

    def __init__(self, database: Database, now: Callable[[], datetime], hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self._now = now
        self._hasher = hasher or PasswordHasher()
        self._throttle = Throttle(database, now)
        # Checked for names that do not exist, so that the time an answer takes does not tell which names do.
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    def create_user(self, name: str, password: str, role: Role = Role.READER) -> User:
        """Makes an account. Raises UsageError for a name that is taken or cannot be one, or a password that is too short."""
        key = _name(name)
        if not _NAME.fullmatch(key):
            raise UsageError(
                "user-name",
                f"'{name}' kan geen gebruikersnaam zijn.",
                "Gebruik letters, cijfers, punt, streepje of apenstaartje; hooguit 64 tekens.",
            )
        row = UserRow(name=key, password_hash=self._hash(password), role=role.value, created=self._now(), disabled=False)
        try:
            with self._database.write() as session:
                session.add(row)
                session.flush()
                return _user(row)
        except IntegrityError as error:
            raise UsageError("user-exists", f"Gebruiker '{key}' bestaat al.", "Kies een andere naam.") from error

    def users(self) -> tuple[User, ...]:
        """Every account, by name."""
        with self._database.read() as session:
            return tuple(_user(row) for row in session.scalars(select(UserRow).order_by(UserRow.name)))

    def find_user(self, name: str) -> User:
        """One account. Raises UsageError for an unknown name."""
        with self._database.read() as session:
            return _user(_row(session, name))

    def remove_user(self, name: str) -> None:
        """Removes an account with its sessions; its conversations are the caller's to remove. Raises as :meth:`set_role`."""
        with self._database.write() as session:
            row = _row(session, name)
            _end_sessions(session, name)
            session.delete(row)
            if row.role == Role.ADMIN.value and not row.disabled:
                _keep_an_admin(session)

    def verify(self, name: str, password: str, address: str) -> User:
        """The account with this name and password, asked for from a network address.

        Raises AccessError when they do not match, the account is closed, or there were too many wrong attempts.
        """
        key = _name(name)
        self._throttle.attempt(key, address)
        with self._database.read() as session:
            row = session.get(UserRow, key) if _NAME.fullmatch(key) else None
            user, kept = (_user(row), row.password_hash) if row else (None, self._nobody)
        if not self._matches(kept, password) or user is None or user.disabled:
            raise AccessError(
                "login-wrong",
                "De naam of het wachtwoord klopt niet.",
                "Probeer het opnieuw, of vraag de beheerder om een nieuw wachtwoord.",
            )
        self._throttle.succeeded(key, address)
        if self._hasher.check_needs_rehash(kept):
            with self._database.write() as session:
                _row(session, key).password_hash = self._hasher.hash(_bytes(password))
        return user

    def set_password(self, name: str, password: str) -> None:
        """Replaces the password and ends every session of the account. Raises UsageError."""
        kept = self._hash(password)
        with self._database.write() as session:
            _row(session, name).password_hash = kept
            _end_sessions(session, name)

    def set_role(self, name: str, role: Role) -> User:
        """Gives an account another role. Raises UsageError for an unknown name, or the last one that may manage accounts."""
        with self._database.write() as session:
            row = _row(session, name)
            row.role = role.value
            _keep_an_admin(session)
            return _user(row)

    def set_disabled(self, name: str, disabled: bool) -> User:
        """Closes an account, ending its sessions, or opens it again. Raises UsageError as :meth:`set_role` does."""
        with self._database.write() as session:
            row = _row(session, name)
            row.disabled = disabled
            _keep_an_admin(session)
            if disabled:
                _end_sessions(session, name)
            return _user(row)

    def create_session(self, name: str, hours: float = SESSION_HOURS) -> str:
        """Opens a session; the token that is returned is kept only as a hash. Raises UsageError for an unknown name."""
        token, moment = secrets.token_urlsafe(32), self._now()
        with self._database.write() as session:
            row = _row(session, name)
            session.add(
                SessionRow(
                    token_hash=_token_hash(token), user=row.name, created=moment, expires=moment + timedelta(hours=hours)
                )
            )
        return token

    def session_user(self, token: str) -> User | None:
        """The account of a session that is open, else None."""
        query = (
            select(UserRow)
            .join(SessionRow, SessionRow.user == UserRow.name)
            .where(
                SessionRow.token_hash == _token_hash(token), SessionRow.expires > self._now(), UserRow.disabled.is_(False)
            )
        )
        with self._database.read() as session:
            row = session.scalar(query)
            return _user(row) if row else None

    def end_session(self, token: str) -> None:
        """Ends a session; one that is unknown or ended is no matter."""
        with self._database.write() as session:
            session.execute(delete(SessionRow).where(SessionRow.token_hash == _token_hash(token)))

    def end_sessions(self, name: str) -> None:
        """Ends every session of an account."""
        with self._database.write() as session:
            _end_sessions(session, name)

    def _hash(self, password: str) -> str:
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise UsageError(
                "password-length",
                f"Het wachtwoord telt {len(password)} tekens; nodig zijn er {SHORTEST_PASSWORD} tot {LONGEST_PASSWORD}.",
                "Kies een wachtwoord van die lengte, bijvoorbeeld een zin.",
            )
        return self._hasher.hash(_bytes(password))

    def _matches(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, _bytes(password[: LONGEST_PASSWORD + 1]))
        except VerificationError:
            return False


def _name(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _bytes(password: str) -> bytes:
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _row(session: Session, name: str) -> UserRow:
    key = _name(name)
    row = session.get(UserRow, key) if _NAME.fullmatch(key) else None
    if row is None:
        raise UsageError("unknown-user", f"Gebruiker '{name}' bestaat niet.", "Controleer de naam.")
    return row


def _end_sessions(session: Session, name: str) -> None:
    session.execute(delete(SessionRow).where(SessionRow.user == _name(name)))


def _keep_an_admin(session: Session) -> None:
    session.flush()
    open_admin = (UserRow.role == Role.ADMIN.value, UserRow.disabled.is_(False))
    if not session.scalar(select(func.count()).select_from(UserRow).where(*open_admin)):
        raise UsageError(
            "last-admin",
            "Dit is de laatste beheerder; zonder beheerder kan niemand accounts beheren.",
            "Maak eerst een andere beheerder.",
        )


def _user(row: UserRow) -> User:
    return User(row.name, Role(row.role), row.created, row.disabled)


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
