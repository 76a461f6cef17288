"""The child's report as JSON, and back: nothing that arrives is believed before its types are checked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from assistant.reading.compose import block_problems
from assistant.reading.faults import Verdict
from assistant.reading.raw import RawBlock, RawDocument
from assistant.records import BlockKind


@dataclass(frozen=True, slots=True)
class Report:
    """What a child tells of one file; ``version`` is the SHA-256 of the bytes that it read."""

    verdict: Verdict
    reason: str = ""
    pages: int = 0
    version: str = ""
    raw: RawDocument | None = None


def encode(report: Report) -> bytes:
    """The report as UTF-8 JSON."""
    raw = report.raw
    value: dict[str, Any] = {
        "verdict": str(report.verdict),
        "reason": report.reason,
        "pages": report.pages,
        "version": report.version,
        "raw": None,
    }
    if raw is not None:
        value["raw"] = {
            "blocks": [[str(b.kind), b.text, b.page, b.level, b.label, b.page_breaks, b.notes] for b in raw.blocks],
            "page_labels": raw.page_labels,
            "title": raw.title,
            "furniture": raw.furniture,
            "failed_pages": raw.failed_pages,
            "doubtful_pages": raw.doubtful_pages,
        }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def decode(data: bytes) -> Report:
    """The report in ``data``. Raises ValueError for anything that is no report."""
    try:
        value = json.loads(data)
        raw = None if value["raw"] is None else _raw(value["raw"])
        return Report(Verdict(value["verdict"]), str(value["reason"]), int(value["pages"]), str(value["version"]), raw)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a report: {error}") from error


def _raw(value: dict[str, Any]) -> RawDocument:
    blocks = []
    for kind, text, page, level, label, breaks, notes in value["blocks"]:
        block = RawBlock(
            BlockKind(kind),
            str(text),
            int(page),
            int(level),
            str(label),
            tuple(int(offset) for offset in breaks),
            tuple((int(offset), str(mark)) for offset, mark in notes),
        )
        if problems := block_problems(block):
            raise ValueError(f"a block that cannot be: {problems[0]}")
        blocks.append(block)
    return RawDocument(
        tuple(blocks),
        tuple(str(label) for label in value["page_labels"]),
        str(value["title"]),
        tuple(str(line) for line in value["furniture"]),
        tuple(int(page) for page in value["failed_pages"]),
        tuple(int(page) for page in value["doubtful_pages"]),
    )
