"""``regelwijzer ask``: one question, or a batch of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from assistant.answer_json import answer_to_json
from assistant.cli import words
from assistant.cli.dutch import DutchCommand
from assistant.cli.root import Context
from assistant.errors import IndexUnusableError, RegelwijzerError, UsageError, system_reason
from assistant.records import Answer, Question
from assistant.retrieval.followup import earlier_in
from assistant.service import Service


@click.command(cls=DutchCommand, help=words.ASK)
@click.argument("question", required=False, metavar="[VRAAG]")
@click.option("--history", multiple=True, metavar="VRAAG", help=words.HISTORY)
@click.option("--as-of", metavar="DATUM", help=words.AS_OF)
@click.option("--json", "as_json", is_flag=True, help=words.JSON)
@click.option("--batch", metavar="BESTAND", help=words.BATCH)
@click.pass_obj
def ask(
    obj: Context, question: str | None, history: tuple[str, ...], as_of: str | None, as_json: bool, batch: str | None
) -> None:
    day = parse_day(as_of)
    if batch is not None:
        if question is not None:
            raise UsageError("ask-both", "Geef een vraag of een bestand, niet allebei.", "Laat een van de twee weg.")
        obj.service.open()  # without an index no line can be answered: say so once, before the first
        for line in _batch_lines(batch):
            click.echo(json.dumps(_batch_answer(obj.service, line, day), ensure_ascii=False))
        return
    if question is None:
        raise UsageError("ask-nothing", words.QUESTION, "Zet de vraag tussen aanhalingstekens achter 'regelwijzer ask'.")
    answer = obj.service.ask(Question(question, day, history))
    click.echo(json.dumps(answer_to_json(answer), ensure_ascii=False, indent=2) if as_json else as_text(answer))


def parse_day(text: str | None) -> date:
    """The day in ``text`` (YYYY-MM-DD), today when there is none. Raises UsageError."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("bad-date", f"'{text}' is geen datum.", "Schrijf een datum als 2026-03-01.") from None


def as_text(answer: Answer) -> str:
    """The answer for a terminal: the understood question when it differs, the text, the references, the notices."""
    lines = []
    follows = earlier_in(answer.interpreted)
    if follows:
        lines.append(f"Ik lees dit als vervolg op uw vraag: {follows}")
    elif answer.interpreted != answer.question.text.strip():
        lines.append(f"Ik begrijp uw vraag als: {answer.interpreted}")
    lines += [notice.text for notice in answer.notices if notice.code == "spelling"]
    lines.append(answer.text)
    for citation in answer.citations or answer.nearest:
        place = " › ".join(citation.section)
        label = f"[{citation.number}]" if answer.citations else "Dichtstbij:"
        quote = "" if answer.citations else f"\n    “{citation.quote}”"
        lines.append(f"{label} {citation.title}, bladzijde {citation.page_label}{f', {place}' if place else ''}{quote}")
    lines += [f"Let op: {notice.text}" for notice in answer.notices if notice.code != "spelling"]
    return "\n\n".join(lines)


def _batch_lines(name: str) -> Iterator[bytes]:
    if name == "-":
        yield from (line for line in sys.stdin.buffer if line.strip())
        return
    path = Path(name)
    if not path.is_file():
        raise UsageError("batch-missing", f"Het bestand {name} is er niet.", "Controleer de naam en de map.")
    try:
        with path.open("rb") as file:
            yield from (line for line in file if line.strip())
    except OSError as error:
        raise UsageError(
            "batch-unreadable",
            f"Het bestand {name} kan niet worden gelezen ({system_reason(error)}).",
            "Controleer de rechten.",
        ) from error


def _batch_answer(service: Service, line: bytes, day: date) -> dict[str, Any]:
    """The answer to one batch line as JSON, or the error in its place; an unusable index ends the run."""
    name: str | None = None
    try:
        item = _parse(line)
        name = None if item.get("id") is None else str(item["id"])
        return answer_to_json(service.ask(_question(item, name or "", day)))
    except IndexUnusableError:
        raise
    except RegelwijzerError as error:
        return {"id": name, "error": {"code": error.code, "message": error.line()}}


def _parse(line: bytes) -> dict[str, Any]:
    try:
        item = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        item = None
    if not isinstance(item, dict):
        raise UsageError("batch-line", "Deze regel is geen JSON-object.", 'Schrijf per regel {"id": "…", "question": "…"}.')
    return item


def _question(item: dict[str, Any], name: str, day: date) -> Question:
    """The question of a batch line. Raises UsageError that names the field that cannot be used."""
    text, history, as_of = item.get("question"), item.get("history") or [], item.get("as_of")
    if not isinstance(text, str):
        raise UsageError(
            "batch-question", "Het veld 'question' ontbreekt of is geen tekst.", "Zet de vraag tussen aanhalingstekens."
        )
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise UsageError(
            "batch-history", "Het veld 'history' is geen lijst van teksten.", 'Schrijf "history": ["eerdere vraag"].'
        )
    if as_of is not None and not isinstance(as_of, str):
        raise UsageError("bad-date", "Het veld 'as_of' is geen datum.", "Schrijf een datum als 2026-03-01.")
    return Question(text, parse_day(as_of) if as_of else day, tuple(history), name)
