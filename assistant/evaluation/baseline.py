"""The committed figures of the development set, and whether a run falls below them by more than chance.

The baseline keeps every question's scores, so that a run is compared with it question by question: far sharper than
holding a mean against another mean's interval.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import UsageError
from assistant.evaluation.measures import Scores
from assistant.evaluation.run_json import scored_of
from assistant.evaluation.statistics import Array, bootstrap
from assistant.evaluation.summary import MEASURES, Scored
from assistant.home import PROJECT

BASELINE = PROJECT / "evals" / "baseline.json"
SCHEMA = "baseline/1"
# What may not get worse, with the direction in which more is better.
GUARDED = {
    "evidence_recall": 1,
    "citation_precision": 1,
    "false_answer_rate": -1,
    "false_refusal_rate": -1,
    "char_recall": 1,
    "ndcg@10": 1,
    "must_held": 1,
    "forbidden_said": -1,
}


@dataclass(frozen=True, slots=True)
class Drop:
    """A measure that got worse beyond chance: the whole 95% interval of the difference is on the bad side."""

    measure: str
    before: float
    now: float
    low: float
    high: float


def baseline_of(run: Mapping[str, Any]) -> dict[str, Any]:
    """What is committed of a run: its measures and every question's scores, without times, which differ by machine."""
    rows = [[row.id, row.seed, row.kind, *(_rounded(value) for value in astuple(row.scores)[:-1])] for row in scored_of(run)]
    return {
        "schema": SCHEMA,
        **{key: run[key] for key in ("set", "reference_day", "questions", "seeds", "calibration", "measures", "kinds")},
        "embedder_fingerprint": run["index"]["embedder_fingerprint"],
        "fields": ["id", "seed", "kind", *(field.name for field in fields(Scores)[:-1])],
        "rows": rows,
    }


def baseline_to_text(baseline: Mapping[str, Any]) -> str:
    """One question a line, so that a difference between two baselines can be read."""
    head = json.dumps({key: value for key, value in baseline.items() if key != "rows"}, ensure_ascii=False, indent=1)
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in baseline["rows"])
    return f'{head[:-2]},\n "rows": [\n{rows}\n]}}\n'


def load_baseline(path: Path = BASELINE) -> list[Scored]:
    """The committed scores. Raises UsageError when they are absent or of another version."""
    try:
        values = json.loads(path.read_text("utf-8"))
        names = ["id", "seed", "kind", *(field.name for field in fields(Scores)[:-1])]
        if values["schema"] != SCHEMA or values["fields"] != names:
            raise ValueError(values["schema"])
        rows = (dict(zip(names, row, strict=True)) for row in values["rows"])
        return [Scored(row.pop("id"), row.pop("seed"), row.pop("kind"), Scores(**row, ms=0.0)) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            "baseline-unusable",
            f"{path} is er niet of is van een andere versie.",
            "Maak hem met 'regelwijzer eval run dev --write-baseline'.",
        ) from error


def drops(before: Sequence[Scored], now: Sequence[Scored], draws: int = 2_000) -> list[Drop]:
    """The guarded measures that got worse beyond chance on the questions in common; both runs get the same draws."""
    later = {row.id: row for row in now}
    pairs = [(row, _as_kept(later[row.id])) for row in before if row.id in later]
    if not pairs:
        return []
    weights = bootstrap([row.seed for row, _ in pairs], draws)
    ones = np.ones((1, len(pairs)))
    found = []
    for name, sign in GUARDED.items():
        first, second = (MEASURES[name]([pair[at].scores for pair in pairs])[0] for at in (0, 1))
        differences: Array = second(weights) - first(weights)
        differences = differences[~np.isnan(differences)]
        if not len(differences):
            continue
        low, high = (float(value) for value in np.percentile(differences, [2.5, 97.5]))
        if (high if sign > 0 else -low) < 0:
            found.append(Drop(name, float(first(ones)[0]), float(second(ones)[0]), low, high))
    return found


def _as_kept(row: Scored) -> Scored:
    """A question's scores as a baseline keeps them: rounding is no change."""
    return replace(row, scores=Scores(*(_rounded(value) for value in astuple(row.scores))))


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
