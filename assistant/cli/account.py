"""``regelwijzer account …``: make accounts for the web chat, list and remove them, replace a password.

A password is typed at a prompt that does not show it, or read from standard input; as an argument it would end up in the
shell's history and in the list of processes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from assistant.cli import words
from assistant.cli.dutch import DutchGroup
from assistant.cli.root import Context
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.store.store import Store

_ROLES = ("reader", "keeper", "admin")
_WHO = "command-line"  # in the audit book


@click.group(cls=DutchGroup, help=words.ACCOUNT)
def account() -> None:
    pass


@contextmanager
def _store(context: Context) -> Iterator[Store]:
    from assistant.store.store import Store  # brings SQLAlchemy along, which only these commands need

    with Store.open(context.home, context.settings.store) as store:
        yield store


@account.command("add", help=words.ACCOUNT_ADD)
@click.argument("name", metavar="NAAM")
@click.option("--role", type=click.Choice(_ROLES), default="reader", metavar="ROL", help=words.ACCOUNT_ROLE)
@click.pass_obj
def add(obj: Context, name: str, role: str) -> None:
    from assistant.store.values import Role

    with _store(obj) as store:
        made = store.accounts.create_user(name, _new_password(), Role(role))
        store.audit.add(_WHO, "user-created", made.name)
    click.echo(f"Account {made.name} is gemaakt: {words.ACCOUNT_ROLES[role]}.")


@account.command("list", help=words.ACCOUNT_LIST)
@click.pass_obj
def list_accounts(obj: Context) -> None:
    with _store(obj) as store:
        users = store.accounts.users()
    if not users:
        click.echo(words.ACCOUNT_NONE, err=True)
    for user in users:
        state = "gesloten" if user.disabled else "open"
        click.echo(f"{user.name}\t{user.role.value}\t{state}\tsinds {user.created:%Y-%m-%d}")


@account.command("remove", help=words.ACCOUNT_REMOVE)
@click.argument("name", metavar="NAAM")
@click.option("--yes", is_flag=True, help=words.ACCOUNT_YES)
@click.pass_obj
def remove(obj: Context, name: str, yes: bool) -> None:
    with _store(obj) as store:
        known = store.accounts.find_user(name)
        if not yes and not _agreed(known.name):
            raise UsageError("not-agreed", words.ACCOUNT_KEPT, words.ACCOUNT_AGREE)
        store.accounts.remove_user(known.name)
        gone = store.conversations.delete_all(known.name)
        store.audit.add(_WHO, "user-removed", known.name)
    click.echo(f"Account {known.name} is verwijderd, met {gone} {'gesprek' if gone == 1 else 'gesprekken'}.")


@account.command("password", help=words.ACCOUNT_PASSWORD)
@click.argument("name", metavar="NAAM")
@click.pass_obj
def password(obj: Context, name: str) -> None:
    with _store(obj) as store:
        known = store.accounts.find_user(name)
        store.accounts.set_password(known.name, _new_password())
        store.audit.add(_WHO, "user-changed", known.name)
    click.echo(f"Het wachtwoord van {known.name} is vervangen. Wie met het oude was ingelogd, is uitgelogd.")


def _new_password() -> str:
    """The password: the first line of standard input, or what is typed twice at a terminal. Raises UsageError."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed, again = (
        click.prompt(prompt, hide_input=True, default="", show_default=False, err=True)
        for prompt in (words.PASSWORD_NEW, words.PASSWORD_AGAIN)
    )
    if typed != again:
        raise UsageError("password-differs", "De twee wachtwoorden zijn niet gelijk.", "Probeer het opnieuw.")
    return str(typed)


def _agreed(name: str) -> bool:
    """Whether the removal is agreed to, at a terminal; elsewhere nobody can be asked."""
    if not sys.stdin.isatty():
        return False
    asked = click.prompt(words.ACCOUNT_SURE.format(name=name), default="", show_default=False, err=True)
    return str(asked).strip().casefold() in ("j", "ja")
