"""The root command: options that all commands share, commands loaded when they are called, and the error edge."""

from __future__ import annotations

import importlib
import logging
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import click

from assistant import __version__
from assistant.cli import words
from assistant.cli.dutch import DutchGroup
from assistant.errors import RegelwijzerError, UsageError
from assistant.home import Home
from assistant.service import Service
from assistant.settings import Settings, load_settings

_COMMANDS = {
    "ask": "assistant.cli.ask:ask",
    "search": "assistant.cli.search:search",
    "corpus": "assistant.cli.corpus:corpus",
    "index": "assistant.cli.index:index",
    "eval": "assistant.cli.evaluate:evaluate",
    "check": "assistant.cli.check:check",
    "serve": "assistant.cli.serve:serve",
    "account": "assistant.cli.account:account",
    "doctor": "assistant.cli.doctor:doctor",
    "backup": "assistant.cli.backup:backup",
    "restore": "assistant.cli.backup:restore",
}


@dataclass(frozen=True)
class Context:
    """What every command is given: the home folder, its settings, and the service over both (made when first used)."""

    home: Home
    debug: bool = False

    @cached_property
    def settings(self) -> Settings:
        return load_settings(self.home.root)

    @cached_property
    def service(self) -> Service:
        return Service(self.home, self.settings)


class LazyGroup(DutchGroup):
    """Imports a command's module when it is called: `ask` must not wait for what only `serve` needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, help=words.ROOT, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", metavar="MAP", help=words.HOME)
@click.option("--debug", is_flag=True, help=words.DEBUG)
@click.version_option(__version__, prog_name="regelwijzer", message="%(prog)s %(version)s", help=words.VERSION)
@click.pass_context
def root(ctx: click.Context, home: str | None, debug: bool) -> None:
    if home is not None and not home.strip():  # as of a variable that was not set: never the project's own then
        raise UsageError("home-empty", words.HOME_EMPTY, words.HOME_REMEDY)
    try:
        ctx.obj = Context(Home.find(home), debug)
    except RuntimeError as error:  # "~name" of somebody who is not there
        raise UsageError("home-unknown", words.HOME_UNKNOWN.format(home=home), words.HOME_REMEDY) from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code; an error becomes one Dutch line on standard error."""
    given = _debug_first(sys.argv[1:] if arguments is None else arguments)
    debug = given[:1] == ["--debug"]
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    # Of this program alone: the clients of language models would log whole questions.
    logging.getLogger("assistant").setLevel(logging.DEBUG if debug else logging.NOTSET)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        result = root.main(given, prog_name="regelwijzer", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except RegelwijzerError as error:
        if debug:
            traceback.print_exc()
        click.echo(words.error(error.line()), err=True)
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.UsageError as error:
        click.echo(words.error(words.usage(error)), err=True)
        return 2
    except click.ClickException as error:
        click.echo(words.error(error.format_message()), err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(words.STOPPED, err=True)
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away; there is no one left to tell
        return 1
    except Exception as error:  # the very edge: no traceback may reach a user
        if debug:
            traceback.print_exc()
        click.echo(words.error(words.unexpected(error)), err=True)
        return 1


def _debug_first(arguments: Sequence[str]) -> list[str]:
    """The arguments with ``--debug`` in front: it may also stand after a command, up to a lone ``--``."""
    given = list(arguments)
    options = given[: given.index("--")] if "--" in given else given
    if "--debug" not in options:
        return given
    return ["--debug", *(word for word in options if word != "--debug"), *given[len(options) :]]
