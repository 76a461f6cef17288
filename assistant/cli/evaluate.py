"""``regelwijzer eval``: run a question set, compare runs, measure retrieval."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli import words
from assistant.cli.dutch import DutchGroup
from assistant.cli.root import Context
from assistant.errors import UsageError
from assistant.home import PROJECT

if TYPE_CHECKING:
    from assistant.evaluation.compare import Comparison
    from assistant.evaluation.questions import Item
    from assistant.service import Service

PLAIN = "plain"
SETS = ("dev", "test", PLAIN)

HELP = "Meet hoe goed de antwoorden zijn."
HELP_RUN = "Stelt alle vragen van een set (dev, test, plain of een JSONL-bestand) en meet de antwoorden."
HELP_OUT = "Map voor run.json en report.html; standaard evals/runs/ met de datum en tijd."
HELP_RETRIEVAL = "Meet het zoeken op een map in BEIR-indeling; geeft een regel JSON."
HELP_SIGNALS = "Geef na de eerste regel ook een regel per signaal: alleen dat signaal, en alles zonder dat signaal."
HELP_ABLATE = "Meet ook met telkens één onderdeel uit; dit duurt ongeveer vijftien keer zo lang."
HELP_BASELINE = "Maak van deze run de ijklijn (evals/baseline.json) waar de tests latere antwoorden aan houden."
HELP_CALIBRATE = "Stelt de parameters van bewijs en zekerheid opnieuw af op een set (standaard dev) en bewaart ze."
HELP_COMPARE = "Vergelijkt twee runs op de vragen die ze delen, met toetsen."
HELP_JSON = "Geef de maten als JSON."


@click.group("eval", cls=DutchGroup, help=HELP)
def evaluate() -> None:
    pass


@evaluate.command("run", help=HELP_RUN)
@click.argument("name", default="dev", metavar="[SET]")
@click.option("--out", metavar="MAP", help=HELP_OUT)
@click.option("--json", "as_json", is_flag=True, help=HELP_JSON)
@click.option("--ablate", is_flag=True, help=HELP_ABLATE)
@click.option("--write-baseline", is_flag=True, help=HELP_BASELINE)
@click.pass_obj
def run(obj: Context, name: str, out: str | None, as_json: bool, ablate: bool, write_baseline: bool) -> None:
    from assistant.evaluation.plain import plain_service
    from assistant.evaluation.questions import load_set
    from assistant.evaluation.report import report
    from assistant.evaluation.run_json import run_to_json, write_json, write_text
    from assistant.evaluation.runner import REFERENCE_DAY, run_set

    if write_baseline and name != "dev":
        raise UsageError(
            "baseline-set", "De ijklijn is van de set dev.", "Draai 'regelwijzer eval run dev --write-baseline'."
        )
    items = load_set(_set_path(name))
    with plain_service(obj.service) if name == PLAIN else nullcontext(obj.service) as service:
        made = run_to_json(run_set(service, name, items, counter(f"Vragen ({name})")))
        if ablate:
            made["ablation"] = _ablation(service, items)
    folder = Path(out) if out else PROJECT / "evals" / "runs" / datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    write_json(folder / "run.json", made)
    write_text(folder / "report.html", report(made))
    if write_baseline:
        from assistant.evaluation.baseline import BASELINE, baseline_of, baseline_to_text

        write_text(BASELINE, baseline_to_text(baseline_of(made)))
    click.echo(f"'Vandaag' is {REFERENCE_DAY} voor vragen zonder eigen dag. Bewaard in {folder}", err=True)
    if as_json:
        shown = ("set", "questions", "latency", "measures", "kinds", "ablation")
        click.echo(json.dumps({key: made[key] for key in shown if key in made}, ensure_ascii=False))
    else:
        click.echo(table(made))


def _ablation(service: Service, items: Sequence[Item]) -> dict[str, Any]:
    from assistant.evaluation.ablation import ablate
    from assistant.evaluation.run_json import summary_to_json

    told = ablate(service, items, lambda name: click.echo(f"Ablatie: {name}", err=True))
    return {name: summary_to_json(summary) for name, summary in told}


@evaluate.command("calibrate", help=HELP_CALIBRATE)
@click.argument("name", default="dev", metavar="[SET]")
@click.pass_obj
def fit(obj: Context, name: str) -> None:
    from assistant.answering.calibration import SHIPPED, load_calibration, to_json
    from assistant.evaluation.calibrate import Basis, calibrate
    from assistant.evaluation.plain import by_document, plain_service
    from assistant.evaluation.questions import load_set
    from assistant.evaluation.run_json import write_json
    from assistant.evaluation.runner import texts_of

    items, without = load_set(_set_path(name)), load_set(_set_path(PLAIN))
    with plain_service(obj.service) as plain:
        asked_about = Basis(obj.service.open(), items, texts_of(obj.service, items))
        plain_about = Basis(plain.open(), by_document(without), texts_of(plain, without))
        fitted = calibrate(asked_about, plain_about, load_calibration())
    write_json(SHIPPED, to_json(fitted))
    click.echo(json.dumps({name: fitted.provenance[name] for name in ("out_of_fold", "out_of_fold_plain")}))


@evaluate.command("compare", help=HELP_COMPARE)
@click.argument("first", metavar="RUN")
@click.argument("second", metavar="RUN")
@click.option("--json", "as_json", is_flag=True, help=HELP_JSON)
def compare(first: str, second: str, as_json: bool) -> None:
    from assistant.evaluation import compare as comparing
    from assistant.evaluation.run_json import load_run, scored_of

    runs = [load_run(Path(name)) for name in (first, second)]
    made = comparing.compare(*(scored_of(loaded) for loaded in runs))
    click.echo(json.dumps(asdict(made), ensure_ascii=False) if as_json else comparison(made, runs[1]))


def comparison(made: Comparison, second: Mapping[str, Any]) -> str:
    """The tests as a table, then the questions that changed."""
    asked = {row["id"]: f"{row['kind']}: {row['question']}" for row in second["results"]}
    lines = [f"{made.common} vragen in beide runs", "", f"  {'':20} {'n':>4} {'gewonnen':>9} {'verloren':>9} {'p':>8}"]
    lines += [f"  {test.name:20} {test.n:4} {test.won:9} {test.lost:9} {test.p:8.4f}" for test in made.hits]
    lines += ["", f"  {'':20} {'n':>4} {'eerst':>9} {'daarna':>9} {'p':>8}"]
    lines += [f"  {test.name:20} {test.n:4} {test.first:9.3f} {test.second:9.3f} {test.p:8.4f}" for test in made.means]
    for label, names in (("Beter", made.better), ("Slechter", made.worse)):
        lines += ["", f"{label}: {len(names)}", *(f"  {name} {asked[name]}" for name in names)]
    return "\n".join(lines)


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
    if "ablation" in made:
        lines += ["", f"  {'uitgezet':26} " + " ".join(f"{label:>9}" for label in columns)]
        lines += [f"  {name:26} {_cells(summary, columns.values())}" for name, summary in made["ablation"].items()]
    lines += ["", f"  {'soort':14} {'n':>4} " + " ".join(f"{label:>9}" for label in columns)]
    counts: dict[str, int] = {}
    for row in made["results"]:
        counts[row["kind"]] = counts.get(row["kind"], 0) + 1
    for kind, summary in made["kinds"].items():
        lines.append(f"  {kind:14} {counts[kind]:4} {_cells(summary, columns.values())}")
    return "\n".join(lines)


def _cells(summary: Mapping[str, Mapping[str, float]], names: Iterable[str]) -> str:
    return " ".join(f"{summary[name]['value']:9.3f}" if name in summary else f"{'–':>9}" for name in names)


def _set_path(name: str) -> Path:
    return PROJECT / "evals" / "questions" / f"{name}.jsonl" if name in SETS else Path(name)
