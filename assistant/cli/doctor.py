"""``regelwijzer doctor``: whether everything that Regelwijzer needs is in order, each in one line with what to do."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path

import click

from assistant.cli.dutch import DutchCommand
from assistant.corpus.library import Library
from assistant.corpus.problems import is_error
from assistant.errors import RegelwijzerError, system_reason
from assistant.home import PROJECT, Home
from assistant.records import DocumentStatus
from assistant.service import Service
from assistant.settings import AnsweringSettings, load_settings

LEAST_PYTHON = (3, 11)
LEAST_FREE = 1 << 30  # bytes: an index is built beside the present one, and the temporary copies of readers come on top

_INSTALL = "Installeer opnieuw met 'make run' (of 'make test')."
_BUILD = "Bouw hem met 'regelwijzer index build'."
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; ``remedy`` is empty where all is well."""

    subject: str
    message: str
    remedy: str = ""

    def line(self) -> str:
        """The finding as it is shown."""
        mark = "!" if self.remedy else "✓"
        return f"{mark} {self.subject}: {self.message} {self.remedy}".rstrip()


@click.command("doctor", cls=DutchCommand, help="Controleer of alles wat Regelwijzer nodig heeft in orde is.")
@click.pass_context
def doctor(ctx: click.Context) -> None:
    home: Home = ctx.obj.home
    trouble = False
    for finding in findings(home):
        click.echo(finding.line())
        trouble = trouble or bool(finding.remedy)
    ctx.exit(1 if trouble else 0)


def findings(home: Home) -> Iterator[Finding]:
    """Every finding in turn; a check that meets an error of its own tells that error and the next one goes on."""
    checks: tuple[tuple[str, Callable[[Home], Iterator[Finding]]], ...] = (
        ("Python", _python),
        ("Pakketten", _packages),
        ("Corpus", _corpus),
        ("Index", _index),
        ("Taalmodel", _language_model),
        ("Schijfruimte", _disk),
        ("Mappen", _folders),
    )
    for subject, check in checks:
        try:
            yield from check(home)
        except RegelwijzerError as error:
            yield Finding(subject, error.message, error.remedy)


def _python(home: Home) -> Iterator[Finding]:
    found = ".".join(map(str, sys.version_info[:3]))
    least = ".".join(map(str, LEAST_PYTHON))
    old = sys.version_info[:2] < LEAST_PYTHON
    yield Finding("Python", found, f"Nodig is {least} of hoger; installeer een nieuwere Python." if old else "")


def _packages(home: Home) -> Iterator[Finding]:
    pins = pinned(PROJECT / "constraints.txt")
    needed = _needed()
    installed = {name: _installed(name) for name in {*pins, *needed}}
    missing = sorted(name for name in needed if installed[name] is None)
    other = sorted(name for name, version in pins.items() if installed[name] not in (None, version))
    for name in missing:
        yield Finding("Pakketten", f"{name} ontbreekt.", _INSTALL)
    for name in other:
        yield Finding("Pakketten", f"{name} is {installed[name]}, getest is met {pins[name]}.", _INSTALL)
    if not missing and not other:
        count = sum(version is not None for version in installed.values())
        yield Finding("Pakketten", f"{count} geïnstalleerd, alle in de geteste versie.")


def pinned(path: Path) -> dict[str, str]:
    """The versions that a constraints file pins, by normalised name; none where there is no such file."""
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    pairs = (line.split("#")[0].split(";")[0].strip().partition("==") for line in lines)
    return {_normal(name): version.strip() for name, sign, version in pairs if sign}


def _needed() -> set[str]:
    """The packages that Regelwijzer itself asks for, extras aside."""
    try:
        requirements = metadata.requires("regelwijzer") or []
    except metadata.PackageNotFoundError:  # run from its folder without having been installed
        return set()
    names = (_REQUIREMENT.match(line) for line in requirements if "extra ==" not in line)
    return {_normal(found.group(1)) for found in names if found}


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name).split("+")[0]  # "2.13.0+cpu" is 2.13.0
    except metadata.PackageNotFoundError:
        return None


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def _corpus(home: Home) -> Iterator[Finding]:
    from assistant.checks import check_checks
    from assistant.corpus.checking import check_corpus  # reads every document: not for other commands to load

    library = _library(home)
    problems = check_corpus(library, date.today())
    errors = [problem for problem in problems if is_error(problem)]
    if not errors:
        problems += check_checks(library)
    for problem in errors:
        yield Finding("Corpus", f"{problem.where}: {problem.message}", problem.remedy)
    if errors:
        return
    published = len(library.catalogue.with_status(DocumentStatus.PUBLISHED))
    missing = len(library.catalogue.with_status(DocumentStatus.MISSING))
    warnings = f", {len(problems)} waarschuwingen (zie 'regelwijzer corpus check')" if problems else ""
    yield Finding("Corpus", f"{published} documenten gepubliceerd, {missing} bekend maar niet aanwezig{warnings}.")


def _index(home: Home) -> Iterator[Finding]:
    """Opens the index as a question does: what would refuse an answer is told in the very same words."""
    from assistant.indexing import status  # brings numerical libraries along

    without_model = {"answering": AnsweringSettings()}  # which has a line of its own
    generation = Service(home, load_settings(home.root).model_copy(update=without_model)).generation
    for notice in generation.notices:
        yield Finding("Index", notice.text, _BUILD if notice.code == "index-older" else "")
    yield Finding("Index", f"{generation.name}, {len(status(home.index).generations)} bewaard.")


def _language_model(home: Home) -> Iterator[Finding]:
    settings = load_settings(home.root).answering
    if not settings.model:
        yield Finding("Taalmodel", "geen; de antwoorden bestaan uit citaten.")
        return
    from assistant.answering.model import load_model  # brings langchain along

    load_model(settings)  # makes its client, and sends nothing
    where = f" op {settings.base_url}" if settings.base_url else ""
    yield Finding("Taalmodel", f"{settings.model}{where} is klaar voor gebruik; er is geen vraag naartoe gestuurd.")


def _disk(home: Home) -> Iterator[Finding]:
    free = shutil.disk_usage(_existing(home.root)).free
    remedy = f"Maak ruimte vrij: nodig is {LEAST_FREE / 1e9:.0f} GB." if free < LEAST_FREE else ""
    yield Finding("Schijfruimte", f"{free / 1e9:.1f} GB vrij.", remedy)


def _folders(home: Home) -> Iterator[Finding]:
    for folder in (home.corpus, home.index, home.data):
        try:
            with tempfile.TemporaryFile(dir=_existing(folder)):
                yield Finding("Mappen", f"{folder} is beschrijfbaar.")
        except OSError as error:
            reason = system_reason(error)
            yield Finding("Mappen", f"{folder} is niet beschrijfbaar ({reason}).", "Geef uzelf schrijfrechten op deze map.")


def _existing(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that is there: naming a place makes nothing."""
    return next((place for place in (folder, *folder.parents) if place.is_dir()), Path(folder.anchor))


def _library(home: Home) -> Library:
    return Library(home.corpus, home.index / "cache")
