"""``regelwijzer index``: build, status, verify, rollback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from assistant.cli import words
from assistant.cli.dutch import DutchGroup
from assistant.cli.root import Context
from assistant.errors import IndexUnusableError
from assistant.service import Progress


@click.group(cls=DutchGroup, help=words.INDEX)
def index() -> None:
    pass


@index.command("build", help=words.INDEX_BUILD)
@click.pass_obj
def build(obj: Context) -> None:
    with _progress() as progress:
        manifest, notices = obj.service.build_index(progress)
    for notice in notices:
        click.echo(f"Let op: {notice.text}", err=True)
    counts = manifest.counts
    click.echo(
        f"Index {manifest.name} is in gebruik: {counts['documents']} documenten, {counts['passages']} passages, "
        f"{counts['embedded']} nieuw ingebed, {counts['reused']} hergebruikt."
    )


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A progress bar on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # lazy: only a terminal shows it
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks = {stage: bars.add_task(label, total=None, start=False) for stage, label in words.STAGES.items()}

        def show(stage: str, done: int, total: int) -> None:
            bars.start_task(tasks[stage])
            bars.update(tasks[stage], completed=done, total=total)

        yield show


@index.command("status", help=words.INDEX_STATUS)
@click.option("--quiet", is_flag=True, help=words.QUIET)
@click.pass_obj
def status(obj: Context, quiet: bool) -> None:
    generation = obj.service.generation
    if quiet:
        return
    manifest = generation.manifest
    click.echo(f"Generatie:  {manifest.name}, gemaakt {manifest.created}")
    click.echo(f"Inhoud:     {manifest.counts['documents']} documenten, {manifest.counts['passages']} passages")
    click.echo(f"Inbedding:  {manifest.embedder.name} ({manifest.embedder.dimension} getallen)")
    click.echo(f"Chroma:     {manifest.chroma}")
    for notice in generation.notices:
        click.echo(f"Let op: {notice.text}", err=True)


@index.command("verify", help=words.INDEX_VERIFY)
@click.pass_obj
def verify(obj: Context) -> None:
    problems = obj.service.verify_index()
    if problems:
        more = f"; en nog {len(problems) - 3} andere fouten" if len(problems) > 3 else ""
        raise IndexUnusableError(
            "index-damaged",
            f"De index is niet goed: {'; '.join(problems[:3])}{more}.",
            "Bouw hem opnieuw: regelwijzer index build",
        )
    click.echo("De index is goed.")


@index.command("rollback", help=words.INDEX_ROLLBACK)
@click.pass_obj
def rollback(obj: Context) -> None:
    manifest = obj.service.rollback_index()
    click.echo(f"Index {manifest.name} van {manifest.created} is weer in gebruik.")
