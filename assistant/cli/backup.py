"""``regelwijzer backup`` and ``restore``: everything that cannot be made again, in one file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from assistant.cli.dutch import DutchCommand
from assistant.cli.root import Context

HELP_BACKUP = (
    "Maak een reservekopie in één bestand: corpus, gesprekken en instellingen zonder wachtwoorden. "
    "De index zit er niet in; die wordt opnieuw gebouwd."
)
HELP_RESTORE = "Zet een reservekopie terug, na controle. Wat er nu staat, blijft bewaard in een map ernaast."


@click.command("backup", cls=DutchCommand, help=HELP_BACKUP)
@click.argument("file", required=False, metavar="[BESTAND]", type=click.Path(path_type=Path, readable=False))
@click.pass_obj
def backup(obj: Context, file: Path | None) -> None:
    from assistant.backup import back_up  # brings SQLAlchemy along

    now = datetime.now().astimezone()
    made = back_up(obj.home, obj.settings, file or Path(f"regelwijzer-{now:%Y%m%d-%H%M%S}.zip"), now)
    talks = {"sqlite": "gesprekken", "postgresql": "geen gesprekken", "none": "geen gesprekken (die zijn er nog niet)"}
    size = f"{made.size / 1e6:.1f}".replace(".", ",")
    click.echo(f"{made.path}: {made.corpus_files} bestanden van het corpus, {talks[made.database]}; samen {size} MB.")
    if made.database == "postgresql":
        click.echo(
            "Let op: de gesprekken staan in PostgreSQL en zitten niet in dit bestand. Maak daarvan een kopie met pg_dump.",
            err=True,
        )
    if made.left_out:
        click.echo(f"Let op: overgeslagen, want geen gewoon bestand: {', '.join(made.left_out)}.", err=True)
    if made.secrets_left_out:
        click.echo("Let op: wachtwoorden uit regelwijzer.toml zitten er niet in. Bewaar die ergens anders.", err=True)
    if made.database == "sqlite":
        click.echo("Het bestand bevat gesprekken van gebruikers. Bewaar het veilig.", err=True)


@click.command("restore", cls=DutchCommand, help=HELP_RESTORE)
@click.argument("file", metavar="BESTAND", type=click.Path(path_type=Path, readable=False))
@click.pass_obj
def restore(obj: Context, file: Path) -> None:
    from assistant.backup import restore as put_back  # brings SQLAlchemy along

    done = put_back(obj.home, file, datetime.now().astimezone())
    talks = "met de gesprekken" if done.database == "restored" else "zonder gesprekken"
    click.echo(f"Teruggezet: de reservekopie van {done.made}, {done.documents} documenten, {talks}.")
    if done.database == "elsewhere":
        click.echo(
            "Let op: volgens store.url staan de gesprekken nu in PostgreSQL. Die uit de reservekopie zijn niet teruggezet.",
            err=True,
        )
    if done.kept is not None:
        click.echo(f"Wat er stond, is bewaard in {done.kept}. Verwijder die map als alles klopt.", err=True)
    if done.settings == "kept":
        click.echo("Uw eigen regelwijzer.toml is gebleven zoals het was.", err=True)
    if done.settings == "restored":
        click.echo("Vul in regelwijzer.toml de wachtwoorden weer in als die er stonden.", err=True)
    click.echo("Bouw nu de index met 'regelwijzer index build'. Tot dan worden vragen niet beantwoord.", err=True)
