"""``regelwijzer search``: ranked passages with each signal's share in the score."""

from __future__ import annotations

import json

import click

from assistant.cli import words
from assistant.cli.ask import parse_day
from assistant.cli.dutch import DutchCommand
from assistant.cli.root import Context
from assistant.records import Hit, Question

_SNIPPET = 160


@click.command(cls=DutchCommand, help=words.SEARCH)
@click.argument("question", metavar="VRAAG")
@click.option("--top", type=click.IntRange(1, 1000), default=10, metavar="N", help=words.TOP)
@click.option("--as-of", metavar="DATUM", help=words.AS_OF)
@click.option("--json", "as_json", is_flag=True, help=words.JSON)
@click.pass_obj
def search(obj: Context, question: str, top: int, as_of: str | None, as_json: bool) -> None:
    analysed, hits = obj.service.search(Question(question, parse_day(as_of)), top)
    if as_json:
        click.echo(
            json.dumps(
                {"question": question, "interpreted": analysed.interpreted, "hits": [_json(hit) for hit in hits]},
                ensure_ascii=False,
            )
        )
        return
    for number, hit in enumerate(hits, start=1):
        shares = "  ".join(f"{name} {share:.2f}" for name, share in hit.signals.items())
        place = " › ".join(hit.passage.section)
        text = " ".join(hit.passage.text.split())
        click.echo(
            f"{number:>3}. {hit.score:.2f}  ({shares})  {hit.passage.document}, bladzijde {hit.passage.page_label}: {place}"
        )
        click.echo(f"     {text[:_SNIPPET]}{'…' if len(text) > _SNIPPET else ''}")


def _json(hit: Hit) -> dict[str, object]:
    passage = hit.passage
    return {
        "passage": passage.id,
        "document": passage.document,
        "version": passage.version,
        "page": passage.page,
        "page_label": passage.page_label,
        "section": list(passage.section),
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "score": round(hit.score, 6),
        "signals": {name: round(share, 6) for name, share in hit.signals.items()},
    }
