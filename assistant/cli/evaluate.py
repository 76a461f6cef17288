"""``regelwijzer eval``: run a question set, compare runs, measure retrieval."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from assistant.cli import words
from assistant.cli.root import Context
from assistant.home import PROJECT

HELP = "Meet hoe goed de antwoorden zijn."
HELP_RUN = "Stelt alle vragen van een set (dev, test of een JSONL-bestand) en meet de antwoorden."
HELP_OUT = "Map voor run.json en report.html; standaard evals/runs/ met de datum en tijd."
HELP_RETRIEVAL = "Meet het zoeken op een map in BEIR-indeling; geeft een regel JSON."
HELP_SIGNALS = "Geef na de eerste regel ook een regel per signaal: alleen dat signaal, en alles zonder dat signaal."
HELP_JSON = "Geef de maten als JSON."


@click.group("eval", help=HELP)
def evaluate() -> None:
    pass


@evaluate.command("run", help=HELP_RUN)
@click.argument("name", default="dev", metavar="[SET]")
@click.option("--out", metavar="MAP", help=HELP_OUT)
@click.option("--json", "as_json", is_flag=True, help=HELP_JSON)
@click.pass_obj
def run(obj: Context, name: str, out: str | None, as_json: bool) -> None:
    from assistant.evaluation.questions import load_set
    from assistant.evaluation.run_json import run_to_json, write_json
    from assistant.evaluation.runner import REFERENCE_DAY, run_set

    items = load_set(_set_path(name))
    made = run_to_json(run_set(obj.service, name, items, counter(f"Vragen ({name})")))
    folder = Path(out) if out else PROJECT / "evals" / "runs" / datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    write_json(folder / "run.json", made)
    click.echo(f"'Vandaag' is {REFERENCE_DAY} voor vragen zonder eigen dag. Bewaard in {folder}", err=True)
    if as_json:
        click.echo(json.dumps({key: made[key] for key in ("set", "questions", "latency", "measures", "kinds")}))
    else:
        click.echo(table(made))


@evaluate.command("retrieval", help=HELP_RETRIEVAL)
@click.argument("folder", metavar="MAP")
@click.option("--ablate", is_flag=True, help=HELP_SIGNALS)
@click.pass_obj
def retrieval(obj: Context, folder: str, ablate: bool) -> None:
    from assistant.corpus.glossary import load_glossary
    from assistant.evaluation.beir import RetrievalBench, ablate_retrieval, evaluate_retrieval, load_retrieval_set

    data = load_retrieval_set(Path(folder))
    concepts = load_glossary(obj.home.corpus)
    with RetrievalBench(data, obj.service.embedder, concepts) as bench:
        bench.build(stages())
        click.echo(json.dumps(evaluate_retrieval(bench)))
        for line in ablate_retrieval(bench, concepts) if ablate else ():
            click.echo(json.dumps(line, ensure_ascii=False))


def stages() -> Callable[[str, int, int], None]:
    """Tells on standard error which stage of a build has begun."""
    seen: set[str] = set()

    def show(stage: str, done: int, total: int) -> None:
        if stage not in seen:
            seen.add(stage)
            click.echo(f"{words.STAGES.get(stage, stage)} ({total})", err=True)

    return show


def counter(label: str) -> Callable[[int, int], None]:
    """Tells on standard error how far the work is: on a terminal on one line, else at every fifth part."""

    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{label}: {done}/{total}", nl=done == total, err=True)
        elif done == total or done % max(1, total // 5) == 0:
            click.echo(f"{label}: {done}/{total}", err=True)

    return show


def table(made: Mapping[str, Any]) -> str:
    """The measures of a run with their intervals, then those that matter most for each kind."""
    lines = [
        f"{made['set']}: {made['questions']} vragen, {made['seeds']} kernvragen, index {made['index']['generation']}",
        "",
    ]
    lines += [
        f"  {name:30} {v['value']:7.3f}   [{v['low']:.3f} – {v['high']:.3f}]  n={v['n']}"
        for name, v in made["measures"].items()
    ]
    lines += [f"  {name:30} {value:7.1f}" for name, value in made["latency"].items()]
    columns = {
        "recall": "evidence_recall",
        "precisie": "citation_precision",
        "weigert": "false_refusal_rate",
        "onterecht": "false_answer_rate",
        "nDCG": "ndcg@10",
    }
    lines += ["", f"  {'soort':14} {'n':>4} " + " ".join(f"{label:>9}" for label in columns)]
    counts: dict[str, int] = {}
    for row in made["results"]:
        counts[row["kind"]] = counts.get(row["kind"], 0) + 1
    for kind, summary in made["kinds"].items():
        cells = (f"{summary[name]['value']:9.3f}" if name in summary else f"{'–':>9}" for name in columns.values())
        lines.append(f"  {kind:14} {counts[kind]:4} " + " ".join(cells))
    return "\n".join(lines)


def _set_path(name: str) -> Path:
    return PROJECT / "evals" / "questions" / f"{name}.jsonl" if name in ("dev", "test") else Path(name)
