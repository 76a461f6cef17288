"""Accounts on the command line: the first administrator is made here, and no password is ever an argument or shown."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from running import Run, environment, finish, start

from assistant.errors import AccessError
from assistant.home import PROJECT, Home
from assistant.records import Answer, Mode, Question, Status
from assistant.settings import StoreSettings, WebSettings
from assistant.store.store import Store
from assistant.store.values import Role
from assistant.web.access import check_exposure

PASSWORD = "een goede lange zin"


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def run(home: Home) -> Run:
    def go(*arguments: str, given: str = ""):
        return finish(start(home.root, "account", *arguments), given.encode())

    return go


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    with Store.open(home, StoreSettings()) as opened:
        yield opened


def test_the_first_administrator_lets_the_web_chat_start(run: Run, store: Store) -> None:
    done = run("add", "Ada", "--role", "admin", given=f"{PASSWORD}\n")
    assert (done.code, done.out, done.err) == (0, "Account ada is gemaakt: beheerder.\n", "")
    assert store.accounts.verify("ada", PASSWORD, "::1").role is Role.ADMIN
    check_exposure(WebSettings(access="accounts"), store)
    assert [(each.who, each.action, each.subject) for each in store.audit.list()] == [
        ("command-line", "user-created", "ada")
    ]


def test_accounts_are_listed_and_a_password_is_replaced(run: Run, store: Store) -> None:
    assert run("list").err == "Er zijn nog geen accounts.\n"
    store.accounts.create_user("ada", PASSWORD, Role.ADMIN)
    store.accounts.create_user("rob", PASSWORD)
    store.accounts.set_disabled("rob", True)
    lines = [line.split("\t")[:3] for line in run("list").out.splitlines()]
    assert lines == [["ada", "admin", "open"], ["rob", "reader", "gesloten"]]
    session = store.accounts.create_session("ada")
    done = run("password", "ada", given="een andere lange zin\r\n")
    assert done.code == 0
    assert "een andere" not in done.out + done.err
    assert store.accounts.session_user(session) is None
    store.accounts.verify("ada", "een andere lange zin", "::1")
    with pytest.raises(AccessError):
        store.accounts.verify("ada", PASSWORD, "::1")


def test_an_account_goes_with_its_conversations(run: Run, store: Store) -> None:
    store.accounts.create_user("ada", PASSWORD, Role.ADMIN)
    store.accounts.create_user("rob", PASSWORD)
    place = store.conversations.create("rob").id
    question = Question("Wat mag?", date(2026, 1, 1))
    store.conversations.append_answer("rob", place, Answer(question, "Wat mag?", Status.ANSWERED, Mode.EXTRACTIVE, "Dit."))
    assert "--yes" in run("remove", "rob").error(2)
    assert len(store.conversations.list("rob")) == 1
    done = run("remove", "rob", "--yes")
    assert (done.code, done.out) == (0, "Account rob is verwijderd, met 1 gesprek.\n")
    assert [user.name for user in store.accounts.users()] == ["ada"]
    assert store.conversations.list("rob") == ()


def test_the_last_administrator_stays(run: Run, store: Store) -> None:
    store.accounts.create_user("ada", PASSWORD, Role.ADMIN)
    assert "laatste beheerder" in run("remove", "ada", "--yes").error(2)
    assert [user.name for user in store.accounts.users()] == ["ada"]


@pytest.mark.parametrize(
    ("arguments", "given", "part"),
    [
        (("add", "ada"), "kort\n", "telt 4 tekens"),
        (("add", "ada"), "", "telt 0 tekens"),
        (("add", "a b"), f"{PASSWORD}\n", "gebruikersnaam"),
        (("add", "ada", "--role", "baas"), f"{PASSWORD}\n", "--role"),
        (("add", "ada", PASSWORD), "", "te veel woorden achter het commando"),
        (("password", "niemand"), f"{PASSWORD}\n", "bestaat niet"),
        (("remove", "niemand", "--yes"), "", "bestaat niet"),
    ],
)
def test_what_cannot_be_is_one_dutch_line(run: Run, store: Store, arguments: tuple[str, ...], given: str, part: str) -> None:
    line = run(*arguments, given=given).error(2)
    assert part in line
    assert PASSWORD not in line
    assert store.accounts.users() == ()


@pytest.fixture
def terminal(home: Home) -> Callable[..., tuple[int, str]]:
    """Types answers at a real terminal; gives the exit code and what the terminal showed."""

    def typed(*arguments: str, answers: tuple[str, ...]) -> tuple[int, str]:
        command = [sys.executable, "-m", "assistant", "--home", str(home.root), "account", *arguments]
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            command, cwd=PROJECT, env=environment(), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        shown, left, end = b"", list(answers), time.monotonic() + 60
        while time.monotonic() < end:
            if select.select([ours], [], [], 0.1)[0]:
                try:
                    shown += os.read(ours, 4096)
                except OSError:  # the other side is closed: the command has ended
                    break
            elif left and shown.rstrip().endswith((b":", b"]")):
                os.write(ours, f"{left.pop(0)}\n".encode())
                shown += b"\n"
        os.close(ours)
        return process.wait(20), shown.decode()

    return typed


def test_a_password_is_typed_twice_and_not_shown(terminal, store: Store) -> None:
    code, shown = terminal("add", "ada", "--role", "keeper", answers=(PASSWORD, PASSWORD))
    assert code == 0, shown
    assert PASSWORD not in shown
    assert "Nog een keer" in shown
    assert store.accounts.verify("ada", PASSWORD, "::1").role is Role.KEEPER
    code, shown = terminal("password", "ada", answers=(PASSWORD, "iets heel anders"))
    assert code == 2
    assert "niet gelijk" in shown


def test_a_removal_is_agreed_to_at_a_terminal(terminal, store: Store) -> None:
    store.accounts.create_user("ada", PASSWORD, Role.ADMIN)
    store.accounts.create_user("rob", PASSWORD)
    code, _ = terminal("remove", "rob", answers=("n",))
    assert code == 2
    code, shown = terminal("remove", "rob", answers=("j",))
    assert code == 0, shown
    assert [user.name for user in store.accounts.users()] == ["ada"]
