"""``regelwijzer check``: rule checks, from a few answers to what the documents say of a case."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from assistant.checks import CheckResult, Status, load_check, load_checks, result_of, result_to_json
from assistant.checks.result import question_to_json
from assistant.cli.ask import parse_day
from assistant.cli.corpus import library_of
from assistant.cli.dutch import DutchGroup
from assistant.errors import UsageError

HELP = "Regelchecks: een paar vragen over een geval, en wat de documenten daarover zeggen."
HELP_LIST = "Toon de checks die er zijn, en welke nu niet te gebruiken zijn."
HELP_SHOW = "Toon de vragen en de regels van een check, met hun citaten."
HELP_RUN = "Doe een check. Zonder alle antwoorden zegt hij welke vraag de volgende is."
HELP_ANSWER = "Een antwoord als vraag=waarde; herhaal dit voor meer antwoorden."
HELP_AS_OF = "De dag waarvoor het moet gelden (JJJJ-MM-DD); standaard vandaag."
HELP_JSON = "Geef het resultaat als JSON."

_UNKNOWN = "Voor dit geval staat er niets in de documenten. Vraag het na bij Dementie Netwerk Nederland."
_SPOKEN = {"ja": "Ja.", "nee": "Nee.", "hangt af": "Dit hangt ervan af."}

_as_json = click.option("--json", "as_json", is_flag=True, help=HELP_JSON)


@click.group("check", cls=DutchGroup, help=HELP)
def check() -> None:
    pass


@check.command("list", help=HELP_LIST)
@_as_json
@click.pass_context
def list_checks(ctx: click.Context, as_json: bool) -> None:
    every = load_checks(library_of(ctx))
    if as_json:
        _echo_json(
            [
                {
                    "id": each.id,
                    "title": each.check.title if each.check else None,
                    "usable": each.check is not None,
                    "problem": each.problem.text() if each.problem else None,
                }
                for each in every
            ]
        )
        return
    for each in every:
        told = each.check.title if each.check else f"niet te gebruiken. {each.problem.text() if each.problem else ''}"
        click.echo(f"{each.id}\t{told}")
    if not every:
        click.echo("Er zijn geen checks. Ze staan in de map corpus/checks.", err=True)


@check.command("show", help=HELP_SHOW)
@click.argument("check_id", metavar="ID")
@_as_json
@click.pass_context
def show(ctx: click.Context, check_id: str, as_json: bool) -> None:
    found = load_check(library_of(ctx), check_id)
    if as_json:
        rules = [
            {
                "when": {name: list(answers) for name, answers in rule.when.items()},
                "verdict": rule.outcome.verdict.value,
                "text": rule.outcome.text,
                "quotes": [{"document": quoted.document, "quote": quoted.quote} for quoted in rule.quotes],
            }
            for rule in found.rules
        ]
        questions = [question_to_json(question) for question in found.questions]
        _echo_json({"id": found.id, "title": found.title, "about": found.about, "questions": questions, "rules": rules})
        return
    click.echo(f"{found.title}\n  {found.about}")
    for question in found.questions:
        click.echo(f"\nVraag {question.id}: {question.text} ({' / '.join(question.options)})")
        for line in (question.help, *(f"“{quoted.quote}” ({quoted.document})" for quoted in question.quotes)):
            if line:
                click.echo(f"  {line}")
    for rule in found.rules:
        when = " en ".join(f"{name} = {' of '.join(answers)}" for name, answers in rule.when.items()) or "anders"
        click.echo(f"\nAls {when}: {rule.outcome.text}")
        for quoted in rule.quotes:
            click.echo(f"  “{quoted.quote}” ({quoted.document})")


@check.command("run", help=HELP_RUN)
@click.argument("check_id", metavar="ID")
@click.option("--answer", "answers", multiple=True, metavar="VRAAG=WAARDE", help=HELP_ANSWER)
@click.option("--as-of", metavar="DATUM", help=HELP_AS_OF)
@_as_json
@click.pass_context
def run(ctx: click.Context, check_id: str, answers: tuple[str, ...], as_of: str | None, as_json: bool) -> None:
    library = library_of(ctx)
    result = result_of(library, load_check(library, check_id), _parsed(answers), parse_day(as_of))
    if as_json:
        _echo_json(result_to_json(result))
        return
    click.echo("\n".join(_lines(result)))
    if result.decision.next is not None:
        click.echo(_how_on(result), err=True)


def _parsed(answers: Sequence[str]) -> dict[str, str]:
    parsed: dict[str, str] = {}
    for answer in answers:
        name, sign, value = answer.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise UsageError("check-answer", f"'{answer}' is geen antwoord.", "Schrijf een antwoord als --answer vraag=ja.")
        if name.strip() in parsed:
            raise UsageError("check-answer", f"Vraag '{name.strip()}' is twee keer beantwoord.", "Geef één antwoord.")
        parsed[name.strip()] = value.strip()
    return parsed


def _lines(result: CheckResult) -> list[str]:
    """The result for a terminal: the outcome or the next question, then every quote with its place."""
    decision = result.decision
    lines = [result.check.title, ""]
    if decision.rule is not None:
        marks = "".join(f" [{number}]" for number in result.cited(decision.rule.quotes))
        lines += [f"{_SPOKEN[decision.rule.outcome.verdict.value]} {decision.rule.outcome.text}{marks}"]
    elif decision.next is not None:
        marks = "".join(f" [{number}]" for number in result.cited(decision.next.quotes))
        options = " / ".join(decision.next.options)
        lines += [f"Volgende vraag ({decision.next.id}): {decision.next.text} ({options}){marks}"]
        lines += [decision.next.help] if decision.next.help else []
    if decision.status is Status.UNKNOWN:
        lines.append(_UNKNOWN)
    for question in decision.used:
        marks = "".join(f" [{number}]" for number in result.cited(question.quotes))
        lines.append(f"  {question.text} {result.answers[question.id]}{marks}")
    for citation in result.citations:
        place = " › ".join(citation.section)
        source = f"{citation.title} ({citation.kind}), bladzijde {citation.page_label}"
        lines.append(f"\n[{citation.number}] “{citation.quote}”\n    {source}{f', {place}' if place else ''}")
    return lines + [f"\nLet op: {notice.text}" for notice in result.notices]


def _how_on(result: CheckResult) -> str:
    given = " ".join(f"--answer '{name}={answer}'" for name, answer in result.answers.items())
    following = result.decision.next.id if result.decision.next else ""
    return " ".join(f"Antwoord met: regelwijzer check run {result.check.id} {given} --answer {following}=…".split())


def _echo_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
