"""The fitted parameters of search, evidence and sufficiency, with where they come from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from assistant.answering.selection import SelectionRules
from assistant.answering.sufficiency import Signs, Sufficiency
from assistant.answering.units import Features
from assistant.retrieval.search import Weights

SHIPPED = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Calibration:
    """All fitted parameters; ``units`` are weights by the names of Features.

    ``sufficiency`` judges evidence from documents whose questions the keeper has collected, ``plain`` that from others.
    """

    search: Weights
    units: tuple[float, ...]
    selection: SelectionRules
    sufficiency: Sufficiency
    plain: Sufficiency
    provenance: Mapping[str, object]


def load_calibration(path: Path = SHIPPED) -> Calibration:
    """Reads a parameter file as ``regelwijzer eval calibrate`` writes it."""
    values = json.loads(path.read_text("utf-8"))
    return Calibration(
        search=Weights(**values["search"]),
        units=tuple(values["units"][field.name] for field in fields(Features)),
        selection=SelectionRules(**values["selection"]),
        sufficiency=_sufficiency(values["sufficiency"]),
        plain=_sufficiency(values["plain"]),
        provenance=values["provenance"],
    )


def _sufficiency(values: Mapping[str, Any]) -> Sufficiency:
    weights = tuple(values["weights"][field.name] for field in fields(Signs))
    return Sufficiency(weights, values["bias"], values["threshold"])
