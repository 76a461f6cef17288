"""Accounts, sessions and the brake on wrong logins."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from store_samples import Clock

from assistant.errors import AccessError, RegelwijzerError, UsageError
from assistant.store import Role, Store
from assistant.store.throttle import FREE

PASSWORD = "een lange zin als wachtwoord"


def code_of(call: Callable[[], Any]) -> str:
    with pytest.raises(RegelwijzerError) as raised:
        call()
    return raised.value.code


def test_the_right_password_and_no_other(store: Store) -> None:
    made = store.accounts.create_user(" Anna ", PASSWORD, Role.KEEPER)
    assert (made.name, made.role, made.disabled) == ("anna", Role.KEEPER, False)
    assert store.accounts.verify("ANNA", PASSWORD, "10.0.0.1") == made
    for name, password in (("anna", PASSWORD + "!"), ("bert", PASSWORD), ("anna", ""), ("a\0b", PASSWORD)):
        assert (
            code_of(lambda name=name, password=password: store.accounts.verify(name, password, "10.0.0.2")) == "login-wrong"
        )
    assert store.accounts.users() == (made,)


def test_names_and_passwords_that_cannot_be(store: Store) -> None:
    store.accounts.create_user("anna", PASSWORD)
    assert code_of(lambda: store.accounts.create_user("ANNA", PASSWORD)) == "user-exists"
    for name in ("", "a b", "-x", "x" * 65, "a\0"):
        assert code_of(lambda name=name: store.accounts.create_user(name, PASSWORD)) == "user-name"
    for password in ("kort", "x" * 201):
        assert code_of(lambda password=password: store.accounts.create_user("bert", password)) == "password-length"
    assert code_of(lambda: store.accounts.set_password("niemand", PASSWORD)) == "unknown-user"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=12, max_size=200), st.text(max_size=220))
def test_any_password_of_the_right_length_works_and_another_does_not(store: Store, password: str, other: str) -> None:
    if "anna" not in {user.name for user in store.accounts.users()}:
        store.accounts.create_user("anna", PASSWORD)
    store.accounts.set_password("anna", password)
    assert store.accounts.verify("anna", password, "::1").name == "anna"
    if unicodedata.normalize("NFC", other) != unicodedata.normalize("NFC", password):
        assert code_of(lambda: store.accounts.verify("anna", other, "::1")) == "login-wrong"
        store.accounts.verify("anna", password, "::1")


def test_sessions_open_expire_and_end(store: Store, clock: Clock) -> None:
    user = store.accounts.create_user("anna", PASSWORD)
    token = store.accounts.create_session("anna", hours=1)
    other = store.accounts.create_session("anna", hours=3)
    assert token != other
    assert len(token) >= 40
    assert store.accounts.session_user(token) == user
    assert store.accounts.session_user(token + "x") is None
    clock.forward(hours=1)
    assert store.accounts.session_user(token) is None
    assert store.accounts.session_user(other) == user
    store.accounts.end_session(other)
    store.accounts.end_session(other)
    assert store.accounts.session_user(other) is None


def test_a_new_password_or_a_closed_account_ends_every_session(store: Store) -> None:
    store.accounts.create_user("anna", PASSWORD)
    token = store.accounts.create_session("anna")
    store.accounts.set_password("anna", PASSWORD + " nieuw")
    assert store.accounts.session_user(token) is None
    store.accounts.create_user("chef", PASSWORD, Role.ADMIN)
    token = store.accounts.create_session("anna")
    store.accounts.set_disabled("anna", True)
    assert store.accounts.session_user(token) is None
    assert code_of(lambda: store.accounts.verify("anna", PASSWORD + " nieuw", "::1")) == "login-wrong"
    store.accounts.set_disabled("anna", False)
    assert store.accounts.session_user(token) is None
    store.accounts.verify("anna", PASSWORD + " nieuw", "::1")
    token = store.accounts.create_session("anna")
    store.accounts.end_sessions("anna")
    assert store.accounts.session_user(token) is None


def test_the_last_admin_stays(store: Store) -> None:
    store.accounts.create_user("chef", PASSWORD, Role.ADMIN)
    assert code_of(lambda: store.accounts.set_role("chef", Role.READER)) == "last-admin"
    assert code_of(lambda: store.accounts.set_disabled("chef", True)) == "last-admin"
    assert store.accounts.users()[0].role is Role.ADMIN
    store.accounts.create_user("tweede", PASSWORD, Role.ADMIN)
    assert store.accounts.set_role("chef", Role.READER).role is Role.READER


def test_wrong_logins_wait_ever_longer_by_name(store: Store, clock: Clock) -> None:
    store.accounts.create_user("anna", PASSWORD)

    def attempt(password: str = "fout fout fout") -> str:
        return code_of(lambda: store.accounts.verify("anna", password, f"10.0.{clock().minute}.{clock().second}"))

    assert [attempt() for _ in range(FREE["name"])] == ["login-wrong"] * FREE["name"]
    assert attempt(PASSWORD) == "login-throttled"
    clock.forward(seconds=31)
    assert attempt() == "login-wrong"
    clock.forward(seconds=31)
    assert attempt(PASSWORD) == "login-throttled"
    clock.forward(seconds=30)
    assert store.accounts.verify("anna", PASSWORD, "10.0.0.1").name == "anna"
    assert attempt() == "login-wrong"  # and the count begins anew
    clock.forward(days=2)
    assert attempt() == "login-wrong"


def test_the_wait_is_said_in_dutch(store: Store) -> None:
    for _ in range(FREE["name"]):
        code_of(lambda: store.accounts.verify("wie", "x", "::1"))
    with pytest.raises(AccessError, match=r"te vaak .* Probeer het over \d+ seconden opnieuw"):
        store.accounts.verify("wie", "x", "::1")


def test_wrong_logins_from_one_address_wait_whatever_the_name(store: Store, clock: Clock) -> None:
    store.accounts.create_user("anna", PASSWORD)
    for number in range(FREE["address"]):
        assert code_of(lambda number=number: store.accounts.verify(f"naam{number}", "x", "10.9.9.9")) == "login-wrong"
    assert code_of(lambda: store.accounts.verify("anna", PASSWORD, "10.9.9.9")) == "login-throttled"
    assert store.accounts.verify("anna", PASSWORD, "10.9.9.8").name == "anna"


def test_good_logins_never_close_an_address(store: Store) -> None:
    store.accounts.create_user("anna", PASSWORD)
    for _ in range(FREE["address"] + 5):
        store.accounts.verify("anna", PASSWORD, "10.9.9.9")


def test_attempts_side_by_side_are_counted_too(store: Store) -> None:
    store.accounts.create_user("anna", PASSWORD)
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda _: code_of(lambda: store.accounts.verify("anna", "fout", "::1")), range(12)))
    assert codes.count("login-wrong") == FREE["name"]
    assert codes.count("login-throttled") == 12 - FREE["name"]


def test_neither_password_nor_token_nor_tried_name_is_in_the_database(store: Store, url: str) -> None:
    store.accounts.create_user("anna", PASSWORD)
    token = store.accounts.create_session("anna")
    code_of(lambda: store.accounts.verify("wachtwoord-als-naam", PASSWORD, "10.1.2.3"))
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        rows = [str(connection.execute(text(f"SELECT * FROM {table}")).all()) for table in ("users", "sessions", "throttle")]
    engine.dispose()
    everything = " ".join(rows)
    assert "$argon2id$" in everything
    for secret in (PASSWORD, token, "wachtwoord-als-naam", "10.1.2.3"):
        assert secret not in everything


def test_a_stronger_hash_is_made_at_the_next_login(store: Store, url: str, clock: Clock) -> None:
    store.accounts.create_user("anna", PASSWORD)
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    with Store(url, now=clock, hasher=stronger) as later:
        later.accounts.verify("anna", PASSWORD, "::1")
    with Store(url, now=clock, hasher=stronger) as later:
        later.accounts.verify("anna", PASSWORD, "::1")
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT password_hash FROM users")).scalar_one()
    engine.dispose()
    assert not stronger.check_needs_rehash(kept)


def test_usage_errors_are_dutch_lines(store: Store) -> None:
    with pytest.raises(UsageError) as raised:
        store.accounts.create_user("anna", "kort")
    assert raised.value.line() == (
        "Het wachtwoord telt 4 tekens; nodig zijn er 12 tot 200. Kies een wachtwoord van die lengte, bijvoorbeeld een zin."
    )
