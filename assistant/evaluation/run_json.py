"""A run to and from ``run.json``: what was asked, what came back, what it is worth, and what it was made with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from assistant.errors import StorageError, UsageError, system_reason
from assistant.evaluation.measures import Scores
from assistant.evaluation.runner import REFERENCE_DAY, Result, Run
from assistant.evaluation.summary import Scored, Summary, by_kind, percentiles, summarise
from assistant.records import Citation

SCHEMA = "run/1"


def run_to_json(run: Run) -> dict[str, Any]:
    """The run as plain JSON values, its measures included."""
    rows = [result.scored for result in run.results]
    return {
        "schema": SCHEMA,
        "set": run.set,
        "reference_day": REFERENCE_DAY.isoformat(),
        "index": dict(run.index),
        "settings": dict(run.settings),
        "calibration": dict(run.calibration),
        "questions": len(rows),
        "seeds": len({row.seed for row in rows}),
        "seconds": run.seconds,
        "latency": dict(percentiles(rows)),
        "measures": summary_to_json(summarise(rows)),
        "kinds": {kind: summary_to_json(summary) for kind, summary in by_kind(rows).items()},
        "results": [_result(result) for result in run.results],
    }


def summary_to_json(summary: Summary) -> dict[str, dict[str, float]]:
    """Each measure as value, low, high, n."""
    return {name: {key: round(v, 4) for key, v in asdict(estimate).items()} for name, estimate in summary.items()}


def write_json(path: Path, values: Mapping[str, Any]) -> None:
    """Writes ``values`` for people and programs. Raises StorageError."""
    write_text(path, json.dumps(values, ensure_ascii=False, indent=1) + "\n")


def write_text(path: Path, text: str) -> None:
    """Writes a file, in a folder that is made where it is not there. Raises StorageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise StorageError(
            "eval-write", f"{path} is niet te schrijven: {system_reason(error)}.", "Kies met --out een andere map."
        ) from error


def load_run(path: Path) -> dict[str, Any]:
    """The run in a file, or in ``run.json`` in a folder. Raises UsageError."""
    file = path / "run.json" if path.is_dir() else path
    try:
        values = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _unusable(path) from error
    if not isinstance(values, dict) or values.get("schema") != SCHEMA:
        raise _unusable(path)
    return values


def scored_of(run: Mapping[str, Any]) -> list[Scored]:
    """The scores of every question of a loaded run. Raises UsageError when they are not those of this version."""
    names = {field.name for field in fields(Scores)}
    rows = []
    for row in run["results"]:
        values = row["scores"]
        if set(values) != names:
            raise UsageError("run-version", "Deze run is van een andere versie.", "Draai 'regelwijzer eval run' opnieuw.")
        rows.append(Scored(row["id"], row["seed"], row["kind"], Scores(**values)))
    return rows


def _unusable(path: Path) -> UsageError:
    return UsageError("run-unreadable", f"{path} is geen resultaat van 'eval run'.", "Noem een map waarin run.json staat.")


def _result(result: Result) -> dict[str, Any]:
    item, answer = result.item, result.answer
    return {
        "id": item.id,
        "seed": item.seed,
        "kind": item.kind,
        "question": item.question,
        "history": list(item.history),
        "answerability": item.answerability.value,
        "expected": [[asdict(quote) for quote in group] for group in item.evidence],
        "must": list(item.must),
        "forbidden": list(item.forbidden),
        "interpreted": answer.interpreted,
        "status": answer.status.value,
        "mode": answer.mode.value,
        "confidence": answer.confidence,
        "citations": _citations(answer.citations),
        "nearest": _citations(answer.nearest),
        "missing": [missing.document for missing in answer.missing_documents],
        "scores": asdict(result.scored.scores),
    }


def _citations(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    names = ("document", "page", "start", "end", "quote")
    return [{"section": " › ".join(c.section), **{name: getattr(c, name) for name in names}} for c in citations]
