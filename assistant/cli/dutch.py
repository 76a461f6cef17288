"""Click's own words in Dutch: what its help pages say between our texts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

_SECTIONS = {"Options": "Opties", "Commands": "Commando's"}
_USAGE = "Gebruik: "
_OPTIONS = "[OPTIES]"
_COMMAND = "COMMANDO [ARGUMENTEN]..."
_HELP = "Laat deze uitleg zien."


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or _USAGE)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(_SECTIONS.get(name, name)):
            yield


class _Context(click.Context):
    formatter_class = _Formatter


class DutchCommand(click.Command):
    """A command whose help page is Dutch throughout."""

    context_class = _Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": _OPTIONS, **kwargs})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option


class DutchGroup(DutchCommand, click.Group):
    """A group of such commands."""

    command_class = DutchCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"subcommand_metavar": _COMMAND, **kwargs})
