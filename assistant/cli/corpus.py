"""``regelwijzer corpus …``: look at the documents, check them, add, publish and retire them.

Modules that change the corpus are imported in their commands, so that looking at it stays quick.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli import corpus_view as view
from assistant.cli.ask import parse_day
from assistant.cli.dutch import DutchGroup
from assistant.corpus.library import Library
from assistant.errors import UsageError
from assistant.home import Home
from assistant.records import DocumentStatus, Source

if TYPE_CHECKING:
    from assistant.corpus.manage import Added


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Turns an option written as YYYY-MM-DD into a day; None where it was not given."""
    return None if value is None else parse_day(value)


def _version(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The version that was asked for; an empty one is a mistake, as of a variable that was not set."""
    if value is not None and not value.strip():
        raise UsageError("bad-version", f"{param.opts[0]} is leeg.", "Noem een versie, of laat de optie weg.")
    return value


_as_json = click.option("--json", "as_json", is_flag=True, help="Geef het resultaat als JSON.")


@click.group("corpus", cls=DutchGroup, help="Documenten bekijken, controleren, toevoegen en publiceren.")
def corpus() -> None:
    pass


def library_of(ctx: click.Context) -> Library:
    """The library of the home folder that was chosen; what is read is kept with the index, for it can be thrown away."""
    home: Home = ctx.obj.home
    return Library(home.corpus, home.index / "cache")


@corpus.command("list", help="Toon alle bekende documenten, ook die nog ontbreken.")
@_as_json
@click.pass_context
def list_documents(ctx: click.Context, as_json: bool) -> None:
    catalogue = library_of(ctx).catalogue
    sources = [(source, catalogue.successors(source.id)) for source in catalogue.sources]
    if as_json:
        _echo_json([view.source_value(*each) for each in sources])
    elif sys.stdout.isatty():
        _table([view.list_row(*each) for each in sources])
    else:
        # For a pipe: one line a document, columns parted by tabs.
        _echo("\t".join(view.list_row(*each)) for each in sources)


@corpus.command("show", help="Toon wat over een document bekend is. Ook hoe het gelezen is, en welke versies er zijn.")
@click.argument("document_id", metavar="ID")
@click.option("--version", callback=_version, metavar="SHA256", help="Een andere versie dan de huidige.")
@_as_json
@click.pass_context
def show(ctx: click.Context, document_id: str, version: str | None, as_json: bool) -> None:
    from assistant.corpus.drafting import count_questions  # brings an editor for TOML along

    library = library_of(ctx)
    source = library.source(document_id, version)
    successors = library.catalogue.successors(document_id)
    reading = None if source.status is DocumentStatus.MISSING else library.reading_of(source)
    others = [record for record in library.versions if record.document == source.id and record.version != source.version]
    counts = count_questions(library, source) if reading and source.version == library.source(source.id).version else None
    if as_json:
        value = view.source_value(source, successors)
        value["reading"] = view.reading_value(reading) if reading else None
        value["questions"] = asdict(counts) if counts else None
        value["versions"] = [view.version_value(record) for record in others]
        _echo_json(value)
        return
    _echo(view.source_lines(source, successors))
    if reading:
        _echo(view.reading_lines(reading))
    if counts:
        _echo(view.question_lines(source.id, counts))
    _echo(view.version_lines(others))


@corpus.command("text", help="Geef de tekst van een document. Teken voor teken, zoals citaten ernaar verwijzen.")
@click.argument("document_id", metavar="ID")
@click.option("--version", callback=_version, metavar="SHA256", help="Een andere versie dan de huidige.")
@click.pass_context
def text(ctx: click.Context, document_id: str, version: str | None) -> None:
    document = library_of(ctx).document(document_id, version)
    # As bytes: a text stream would change line ends on some systems, and the offsets of citations with them.
    sys.stdout.buffer.write(document.text.encode())
    sys.stdout.buffer.flush()


@corpus.command(
    "check", help="Controleer het hele corpus. Catalogus, bestanden, versies, woordenlijst, voorbeeldvragen en checks."
)
@_as_json
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    from assistant.checks import check_checks  # only this command needs these
    from assistant.corpus.checking import check_corpus, errors_in

    library = library_of(ctx)
    problems = check_corpus(library, date.today())
    if not errors_in(problems):
        problems += check_checks(library)  # held against the documents, which must be in order first
    errors = errors_in(problems)
    if as_json:
        _echo_json({"ok": not errors, "problems": [view.problem_value(problem) for problem in problems]})
    else:
        _echo(f"{problem.severity.value}: {problem.text()}" for problem in problems)
        click.echo(view.check_summary(problems))
    ctx.exit(3 if errors else 0)


@corpus.command(
    "add",
    help="Neem een bestand op als concept. Als nieuw document, of als nieuwe versie van een bekend document.\n\n"
    "De soorten staan bovenin corpus/catalogue.toml, zoals wet, besluit, beleidsregel, regeling, duiding, "
    "kwaliteitsstandaard, beroepsprofiel, inkoopbeleid en brief. In corpus/README.md staat hoe u er een bij zet.",
)
@click.argument("file", metavar="BESTAND", type=click.Path(path_type=Path, readable=False))
@click.option("--id", "id", metavar="ID", help="Het document; zonder deze optie de naam van het bestand.")
@click.option("--title", metavar="TITEL", help="De titel zoals de lezer hem ziet.")
@click.option("--publisher", metavar="UITGEVER", help="Wie het document heeft uitgegeven.")
@click.option("--kind", metavar="SOORT", help="Een van de soorten in catalogue.toml; nodig voor een nieuw document.")
@click.option("--name", "names", multiple=True, metavar="NAAM", help="Hoe mensen het noemen; mag vaker.")
@click.option("--date", "date", callback=_day, metavar="JJJJ-MM-DD", help="Datum van het document.")
@click.option("--valid-from", callback=_day, metavar="JJJJ-MM-DD", help="Vanaf deze dag geldt het.")
@click.option("--valid-until", callback=_day, metavar="JJJJ-MM-DD", help="Tot en met deze dag geldt het.")
@click.option("--source-url", metavar="ADRES", help="Het officiële adres.")
@click.option("--replaces", metavar="ID", help="Het document waarvoor dit in de plaats komt.")
@click.pass_context
def add(ctx: click.Context, /, file: Path, **given: Any) -> None:
    from assistant.corpus.manage import Details, add_file  # brings an editor for TOML along

    details = Details(**{**given, "names": given["names"] or None})
    added = add_file(library_of(ctx), file, details, date.today())
    what = "Nieuwe versie opgenomen als concept:" if added.is_new_version else "Opgenomen als concept:"
    click.echo(what)
    _show_added(added)
    _early_hint(library_of(ctx), added.source)


@corpus.command("fetch", help="Haal een document dat ontbreekt op van zijn officiële adres, als concept. Gebruikt internet.")
@click.argument("document_id", metavar="ID")
@click.pass_context
def fetch(ctx: click.Context, document_id: str) -> None:
    from assistant.corpus.fetching import fetch_document  # brings an editor for TOML along

    fetched = fetch_document(library_of(ctx), document_id, date.today())
    click.echo(f"Opgehaald van {fetched.address} ({fetched.size} bytes) en opgenomen als concept:")
    _show_added(fetched.added)


def _show_added(added: Added) -> None:
    """The draft, how it was read, and what the keeper does next."""
    _echo(view.source_lines(added.source))
    _echo(view.reading_lines(added.reading))
    click.echo(
        f"Controleer de tekst met 'regelwijzer corpus text {added.source.id} --version {added.source.version}'.", err=True
    )
    click.echo(f"Laat er daarna voorbeeldvragen bij maken: 'regelwijzer corpus questions {added.source.id}'.", err=True)
    click.echo(f"Zet het document dan in gebruik met 'regelwijzer corpus publish {added.source.id}'.", err=True)


@corpus.command("publish", help="Zet een concept in gebruik. De versie die het vervangt, blijft bewaard.")
@click.argument("document_id", metavar="ID")
@click.pass_context
def publish(ctx: click.Context, document_id: str) -> None:
    from assistant.corpus.manage import publish as publish_document  # brings an editor for TOML along

    source = publish_document(library_of(ctx), document_id, date.today())
    _echo(view.source_lines(source))
    _early_hint(library_of(ctx), source)
    _questions_hint(library_of(ctx), document_id)
    _rebuild_hint()


@corpus.command(
    "questions",
    help="Maak voorbeeldvragen bij wat er nog geen heeft. Als concept, om na te kijken. Uw eigen vragen blijven staan.",
)
@click.argument("document_id", metavar="ID")
@click.option("--no-model", is_flag=True, help="Gebruik alleen sjablonen en de woordenlijst, ook als er een taalmodel is.")
@_as_json
@click.pass_context
def questions(ctx: click.Context, document_id: str, no_model: bool, as_json: bool) -> None:
    def told(done: int, every: int) -> None:
        click.echo(f"\r{done} van {every} onderdelen", nl=done == every, err=True)

    on_terminal = sys.stderr.isatty()
    drafted = ctx.obj.service.draft_questions(
        document_id, date.today(), use_model=not no_model, told=told if on_terminal else None
    )
    if drafted.trouble is not None:
        click.echo(f"Let op: {drafted.trouble.line()} Voor de rest zijn sjablonen gebruikt.", err=True)
    if as_json:
        _echo_json(view.drafted_value(drafted))
        return
    _echo(view.drafted_lines(drafted))
    if drafted.units and drafted.source.status is DocumentStatus.PUBLISHED:
        _rebuild_hint()


@corpus.command("retire", help="Haal een document uit de antwoorden. De tekst blijft bewaard.")
@click.argument("document_id", metavar="ID")
@click.pass_context
def retire(ctx: click.Context, document_id: str) -> None:
    from assistant.corpus.manage import retire as retire_document  # brings an editor for TOML along

    _echo(view.source_lines(retire_document(library_of(ctx), document_id)))
    _rebuild_hint()


@corpus.command("diff", help="Toon wat er verschilt tussen twee versies.")
@click.argument("document_id", metavar="ID")
@click.option("--from", "old", callback=_version, metavar="SHA256", help="De oude versie.")
@click.option("--to", "new", callback=_version, metavar="SHA256", help="De nieuwe versie.")
@_as_json
@click.pass_context
def diff(ctx: click.Context, document_id: str, old: str | None, new: str | None, as_json: bool) -> None:
    from assistant.corpus.differences import differences, versions_to_compare  # only this command needs it

    library = library_of(ctx)
    before, after = versions_to_compare(library, document_id, old, new)
    changes = differences(library.document(document_id, before), library.document(document_id, after))
    if as_json:
        changed = [view.change_value(change) for change in changes]
        _echo_json({"document": document_id, "from": before, "to": after, "changes": changed})
        return
    click.echo(f"Van {before} naar {after}.", err=True)
    _echo(line for change in changes for line in view.change_lines(change))
    if not changes:
        click.echo("De tekst van de twee versies is gelijk.", err=True)


def _early_hint(library: Library, source: Source) -> None:
    """Says so when a version takes another one's place before it holds: nothing is then quoted from the document."""
    from assistant.corpus.checking import early_version  # brings the readers along

    if found := early_version(library, source, date.today()):
        click.echo(f"Let op: {found.message} {found.remedy}", err=True)


def _questions_hint(library: Library, document_id: str) -> None:
    """Says so when nothing of a document has an example question: it is then hardly found in everyday words."""
    from assistant.corpus.drafting import count_questions  # brings an editor for TOML along

    counts = count_questions(library, library.source(document_id))
    if counts.without and not counts.kept + counts.drafts:
        click.echo(
            f"Dit document heeft nog geen voorbeeldvragen. Laat ze maken met 'regelwijzer corpus questions {document_id}'.",
            err=True,
        )


def _rebuild_hint() -> None:
    click.echo("Bouw nu de index met 'regelwijzer index build'. Tot dan worden vragen niet beantwoord.", err=True)


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _echo_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _table(rows: Sequence[tuple[str, ...]]) -> None:
    from rich.console import Console  # heavy, and only for a terminal
    from rich.table import Column, Table

    # The id is what people copy: it is never cut off.
    first = Column(view.LIST_HEAD[0], no_wrap=True, min_width=max((len(row[0]) for row in rows), default=0))
    table = Table(first, *view.LIST_HEAD[1:], box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    Console(markup=False, highlight=False).print(table)
