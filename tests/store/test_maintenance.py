"""Retention, backup and restore, the version of the tables, and what happens when the database refuses."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from store_samples import Clock, answer, cited_text

from assistant.errors import RegelwijzerError, StorageError, UsageError
from assistant.home import Home
from assistant.settings import StoreSettings
from assistant.store import Role, Store, Verdict
from assistant.store.database import Database
from assistant.store.migrations import migrate

PASSWORD = "een lange zin als wachtwoord"


def code_of(call: Callable[[], Any]) -> str:
    with pytest.raises(RegelwijzerError) as raised:
        call()
    return raised.value.code


def _filled(store: Store, owner: str = "anna", text: str = "Een.\nTwee.") -> str:
    conversation = store.conversations.create(owner)
    kept = store.conversations.append_answer(owner, conversation.id, answer(), [cited_text(text)])
    store.feedback.add(owner, kept.link, Verdict.HELPFUL)
    return kept.link


def test_purge_removes_what_is_past_its_time_and_nothing_else(store: Store, clock: Clock) -> None:
    old = _filled(store, text="Oud.\nTekst.")
    busy = store.conversations.create("bert")
    early = store.conversations.append_answer("bert", busy.id, answer("vroeg"), [cited_text()])
    store.conversations.create("bert", "leeg en oud")
    clock.forward(days=60)
    late = store.conversations.append_answer("bert", busy.id, answer("laat"), [cited_text()])
    clock.forward(days=31)
    fresh = _filled(store, "carla")
    purged = store.maintenance.purge(90)
    assert (purged.conversations, purged.answers, purged.texts) == (2, 2, 1)
    for gone in (old, early.link):
        assert code_of(lambda gone=gone: store.conversations.answer_by_link(gone)) == "unknown-answer"
    assert [each.question for each in store.conversations.history("bert", busy.id)] == ["laat"]
    assert store.conversations.get("bert", busy.id).title == "laat"  # it was named after the question that is gone
    assert [each.id for each in store.conversations.search("bert", "laat")] == [busy.id]
    assert store.conversations.search("bert", "vroeg") == ()
    assert len(store.texts.of_answer(late.link)) == len(store.texts.of_answer(fresh)) == 1
    assert [item.answer.link for item in store.feedback.list()] == [fresh]
    assert store.maintenance.purge(90) == type(purged)(0, 0, 0)


def test_purge_names_after_a_question_and_no_greeting(store: Store, clock: Clock) -> None:
    going = store.conversations.append_answer("anna", "", answer("Komt er geld?")).conversation
    clock.forward(days=100)
    for said in ("Hallo", "Wie indiceert?"):
        store.conversations.append_answer("anna", going, answer(said))
    store.maintenance.purge(older_than_days=90)
    assert store.conversations.get("anna", going).title == "Wie indiceert?"


def test_purge_leaves_a_name_that_a_user_chose(store: Store, clock: Clock) -> None:
    busy = store.conversations.create("bert")
    store.conversations.append_answer("bert", busy.id, answer("vroeg"))
    store.conversations.rename("bert", busy.id, "Mijn naam")
    clock.forward(days=60)
    store.conversations.append_answer("bert", busy.id, answer("laat"))
    clock.forward(days=31)
    store.maintenance.purge(90)
    assert store.conversations.get("bert", busy.id).title == "Mijn naam"


def test_purge_ends_old_sessions_and_forgets_old_audit(store: Store, clock: Clock) -> None:
    store.accounts.create_user("anna", PASSWORD)
    store.audit.add("anna", "login")
    clock.forward(days=366)
    store.audit.add("anna", "purge")
    token = store.accounts.create_session("anna")
    store.maintenance.purge(90)
    assert [entry.action for entry in store.audit.list()] == ["purge"]
    assert store.accounts.session_user(token) is not None


def test_what_was_deleted_is_not_in_the_files_any_more(sqlite_file: Path, clock: Clock) -> None:
    with Store(f"sqlite:///{sqlite_file}", now=clock) as store:
        for number in range(30):
            conversation = store.conversations.create("anna")
            secret = answer(f"zeergeheimewoorden {number} " * 20)
            store.conversations.append_answer("anna", conversation.id, secret)
        store.conversations.delete_all("anna")
        files = [path.read_bytes() for path in sqlite_file.parent.iterdir()]
    assert files
    assert not any(b"zeergeheimewoorden" in content for content in files)


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "regelwijzer.sqlite3"


@pytest.fixture
def sqlite_store(sqlite_file: Path, clock: Clock) -> Any:
    with Store(f"sqlite:///{sqlite_file}", now=clock) as store:
        yield store


def test_the_store_of_a_home_is_a_file_for_its_user_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "thuis 100% ?x")
    with Store.open(home, StoreSettings()) as store:
        _filled(store)
    files = list(home.data.iterdir())
    assert [path.name for path in files] == ["regelwijzer.sqlite3"]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
    assert stat.S_IMODE(home.data.stat().st_mode) == 0o700


def test_backup_while_in_use_and_restore(sqlite_store: Store, tmp_path: Path, sqlite_file: Path, clock: Clock) -> None:
    link = _filled(sqlite_store)
    sqlite_store.accounts.create_user("chef", PASSWORD, Role.ADMIN)
    session = sqlite_store.accounts.create_session("chef")
    copy = tmp_path / "kopie.sqlite3"
    with sqlite3.connect(sqlite_file) as reader:
        reader.execute("SELECT * FROM answers").fetchone()
        sqlite_store.maintenance.backup(copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["kopie.sqlite3"]
    sqlite_store.conversations.delete_all("anna")
    sqlite_store.accounts.end_session(session)
    later = _filled(sqlite_store, "bert")
    sqlite_store.maintenance.restore(copy)
    assert sqlite_store.conversations.answer_by_link(link).answer == answer()
    assert len(sqlite_store.texts.of_answer(link)) == 1
    assert [user.name for user in sqlite_store.accounts.users()] == ["chef"]
    assert sqlite_store.accounts.session_user(session) is None  # who signed out meanwhile is not signed in again
    assert code_of(lambda: sqlite_store.conversations.answer_by_link(later)) == "unknown-answer"
    _filled(sqlite_store, "bert")
    with Store(f"sqlite:///{sqlite_file}", now=clock) as again:
        assert len(again.conversations.list("bert")) == 1


def test_a_backup_is_never_written_over_and_never_half(sqlite_store: Store, tmp_path: Path) -> None:
    there = tmp_path / "er-al"
    there.write_text("iets")
    assert code_of(lambda: sqlite_store.maintenance.backup(there)) == "backup-exists"
    assert there.read_text() == "iets"
    assert code_of(lambda: sqlite_store.maintenance.backup(tmp_path / "geen" / "map")) == "backup-unwritable"


def test_what_is_no_backup_changes_nothing(sqlite_store: Store, tmp_path: Path) -> None:
    link = _filled(sqlite_store)
    whole = tmp_path / "heel"
    sqlite_store.maintenance.backup(whole)
    torn = tmp_path / "half"
    torn.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    words, other = tmp_path / "woorden", tmp_path / "ander"
    words.write_text("geen database " * 500)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE iets (x)")
    connection.close()
    assert code_of(lambda: sqlite_store.maintenance.restore(tmp_path / "weg")) == "restore-missing"
    for damaged in (torn, words, other):
        assert code_of(lambda damaged=damaged: sqlite_store.maintenance.restore(damaged)) == "restore-damaged"
    newer = tmp_path / "nieuwer"
    sqlite_store.maintenance.backup(newer)
    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE schema_version SET version = 99")
    connection.close()
    assert code_of(lambda: sqlite_store.maintenance.restore(newer)) == "store-newer"
    assert sqlite_store.conversations.answer_by_link(link).link == link


@pytest.mark.postgres
def test_postgresql_has_programs_of_its_own_for_backups(postgres_url: str, tmp_path: Path) -> None:
    with Store(postgres_url) as store:
        with pytest.raises(UsageError, match="pg_dump"):
            store.maintenance.backup(tmp_path / "x")
        with pytest.raises(UsageError, match="pg_restore"):
            store.maintenance.restore(tmp_path / "x")


def test_tables_of_a_later_program_are_refused(store: Store, url: str) -> None:
    link = _filled(store)
    database = Database(url)
    with database.write() as session:
        session.execute(text("UPDATE schema_version SET version = 7"))
    with pytest.raises(UsageError, match=r"nieuwere versie van Regelwijzer \(tabellen 7; dit programma kent 1\)"):
        Store(url)
    with database.write() as session:
        session.execute(text("UPDATE schema_version SET version = 1"))
    database.close()
    assert store.conversations.answer_by_link(link).link == link


def _add_column(session: Session) -> None:
    session.execute(text("ALTER TABLE audit ADD COLUMN extra TEXT"))


def _broken(session: Session) -> None:
    session.execute(text("CREATE TABLE half (x INTEGER)"))
    raise StorageError("test", "stuk", "niets")


def test_missing_steps_are_taken_once_in_order_and_whole_or_not_at_all(store: Store, url: str) -> None:
    store.audit.add("anna", "login")
    database = Database(url)

    def version() -> int:
        with database.read() as session:
            return int(session.execute(text("SELECT version FROM schema_version")).scalar_one())

    migrate(database, (_add_column,))
    migrate(database, (_add_column,))
    assert version() == 2
    with pytest.raises(StorageError, match="stuk"):
        migrate(database, (_add_column, _broken))
    assert version() == 2
    with database.read() as session:
        assert session.execute(text("SELECT action, extra FROM audit")).all() == [("login", None)]
    with pytest.raises(StorageError), database.read() as session:
        session.execute(text("SELECT extra FROM half")).all()
    database.close()


def test_a_locked_database_is_busy_and_then_works_again(sqlite_store: Store, sqlite_file: Path) -> None:
    sqlite_store.conversations.create("anna")
    with Store(f"sqlite:///{sqlite_file}", busy_seconds=0.1) as hasty:
        other = sqlite3.connect(sqlite_file, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError) as raised:
            hasty.conversations.create("anna")
        other.execute("ROLLBACK")
        other.close()
        assert (raised.value.code, raised.value.retryable) == ("store-busy", True)
        hasty.conversations.create("anna")


@pytest.mark.postgres
def test_a_locked_table_of_postgresql_is_busy(postgres_url: str) -> None:
    with Store(postgres_url, busy_seconds=0.1) as store:
        blocking = Database(postgres_url)
        with blocking.write() as session:
            session.execute(text("LOCK TABLE conversations IN ACCESS EXCLUSIVE MODE"))
            assert code_of(lambda: store.conversations.create("anna")) == "store-busy"
        store.conversations.create("anna")
        blocking.close()


def test_a_full_disk_keeps_nothing_half(sqlite_store: Store) -> None:
    conversation = sqlite_store.conversations.create("anna")
    link = sqlite_store.conversations.append_answer("anna", conversation.id, answer()).link
    with sqlite_store._database.engine.connect() as connection:  # the pool hands this very connection out again
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    big = cited_text("woord " * 200_000 + "\neinde")
    with pytest.raises(StorageError) as raised:
        sqlite_store.conversations.append_answer("anna", conversation.id, answer(), [big])
    assert raised.value.code == "store-full"
    assert [each.link for each in sqlite_store.conversations.history("anna", conversation.id)] == [link]


def test_a_database_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "kapot.sqlite3"
    path.write_bytes(b"geen database " * 1000)
    with pytest.raises(StorageError) as raised:
        Store(f"sqlite:///{path}")
    assert raised.value.code == "store-damaged"


@pytest.mark.parametrize("damage", ["DELETE FROM schema_version", "DROP TABLE users"])
def test_tables_that_are_not_whole_are_damage(sqlite_store: Store, sqlite_file: Path, damage: str) -> None:
    with sqlite3.connect(sqlite_file) as connection:
        connection.execute(damage)
    assert code_of(lambda: Store(f"sqlite:///{sqlite_file}").accounts.users()) == "store-damaged"


def test_what_the_database_refuses_does_not_repeat_what_was_asked(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filled(sqlite_store)
    taken = sqlite_store.conversations.list("anna")[0].id
    monkeypatch.setattr("assistant.store.conversations.secrets.token_urlsafe", lambda _: taken)
    with pytest.raises(IntegrityError) as raised:
        sqlite_store.conversations.create("anna", "Mijn vraag over moeder")
    assert "moeder" not in str(raised.value)


def test_places_and_servers_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    assert code_of(lambda: Store(f"sqlite:///{tmp_path / 'bestand' / 'x.sqlite3'}")) == "store-unreachable"
    assert code_of(lambda: Store("postgresql://niemand@127.0.0.1:1/niets")) == "store-unreachable"


@pytest.mark.parametrize(
    "address",
    [
        *("mysql://x/y", "geen adres", "sqlite://", "sqlite:///:memory:", "://"),
        *("postgresql://wie@hier:poort/naam", "sqlite+aiosqlite:////tmp/x.sqlite3"),
    ],
)
def test_addresses_that_cannot_be(address: str) -> None:
    with pytest.raises(UsageError) as raised:
        Store(address)
    assert raised.value.code == "store-url"


@pytest.mark.postgres
def test_a_server_that_stops_and_comes_back(postgres_url: str) -> None:
    with Store(postgres_url) as store:
        conversation = store.conversations.create("stop")
        database = Database(postgres_url)
        with pytest.raises(StorageError, match="niet bereikbaar"), database.write() as session:
            session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        database.close()
        other = Database(postgres_url)
        with other.write() as session:
            others = "pid <> pg_backend_pid() AND backend_type = 'client backend'"
            session.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
        other.close()
        assert store.conversations.get("stop", conversation.id).id == conversation.id


def test_the_log_beside_the_file_is_private_too(sqlite_store: Store, sqlite_file: Path) -> None:
    _filled(sqlite_store)
    modes = {path.name: stat.S_IMODE(os.stat(path).st_mode) for path in sqlite_file.parent.iterdir()}
    assert set(modes.values()) == {0o600}
