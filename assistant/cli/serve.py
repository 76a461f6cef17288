"""``regelwijzer serve``: starts the web chat."""

from __future__ import annotations

import click

from assistant.cli import words
from assistant.cli.dutch import DutchCommand
from assistant.cli.root import Context
from assistant.service import Service


@click.command(cls=DutchCommand, help=words.SERVE)
@click.option("--host", metavar="ADRES", help=words.SERVE_HOST)
@click.option("--port", type=click.IntRange(1, 65535), metavar="POORT", help=words.SERVE_PORT)
@click.pass_obj
def serve(obj: Context, host: str | None, port: int | None) -> None:
    from assistant.web.run import serve as run  # the web brings gradio along, which takes seconds

    chosen = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = obj.settings.model_copy(update={"web": obj.settings.web.model_copy(update=chosen)})
    run(Service(obj.home, settings))
