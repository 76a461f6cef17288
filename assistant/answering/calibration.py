"""The fitted parameters of search, evidence and sufficiency, with where they come from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from assistant.answering.selection import SelectionRules
from assistant.answering.sufficiency import Signs, Sufficiency
from assistant.answering.units import Features
from assistant.indexing import Family
from assistant.retrieval.search import Weights

SHIPPED = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Rules:
    """How evidence is scored (weights by the names of Features), how much of it is taken, and when it is enough."""

    units: tuple[float, ...]
    selection: SelectionRules
    sufficiency: Sufficiency


@dataclass(frozen=True, slots=True)
class Calibration:
    """All fitted parameters: ``asked`` for documents whose questions the keeper has collected, ``plain`` for others."""

    search: Weights
    asked: Rules
    plain: Rules
    provenance: Mapping[str, object]

    def of(self, family: Family) -> Rules:
        """The rules for a family of documents; without unanswered questions evidence is judged as if there were none."""
        if not family.asked:
            return self.plain
        return self.asked if family.judged else replace(self.asked, sufficiency=self.plain.sufficiency)


def load_calibration(path: Path = SHIPPED) -> Calibration:
    """Reads a parameter file as ``regelwijzer eval calibrate`` writes it."""
    values = json.loads(path.read_text("utf-8"))
    return Calibration(Weights(**values["search"]), _rules(values["asked"]), _rules(values["plain"]), values["provenance"])


def _rules(values: Mapping[str, Any]) -> Rules:
    judge = values["sufficiency"]
    return Rules(
        units=tuple(values["units"][field.name] for field in fields(Features)),
        selection=SelectionRules(**values["selection"]),
        sufficiency=Sufficiency(
            tuple(judge["weights"][field.name] for field in fields(Signs)), judge["bias"], judge["threshold"]
        ),
    )


def to_json(calibration: Calibration) -> dict[str, Any]:
    """What :func:`load_calibration` reads."""
    return {
        "search": asdict(calibration.search),
        "asked": _rules_to_json(calibration.asked),
        "plain": _rules_to_json(calibration.plain),
        "provenance": dict(calibration.provenance),
    }


def _rules_to_json(rules: Rules) -> dict[str, Any]:
    judge = rules.sufficiency
    return {
        "units": _named(Features, rules.units),
        "selection": asdict(rules.selection),
        "sufficiency": {
            "weights": _named(Signs, judge.weights),
            "bias": round(judge.bias, 4),
            "threshold": round(judge.threshold, 4),
        },
    }


def _named(owner: type[Features] | type[Signs], weights: Sequence[float]) -> dict[str, float]:
    return {field.name: round(weight, 4) for field, weight in zip(fields(owner), weights, strict=True)}
