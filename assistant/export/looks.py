"""How a paragraph of a PDF is set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """Size in points, indent in millimetres, where the text leads, and its language where the document has another."""

    size: float
    bold: bool
    indent: float
    url: str
    language: str
