"""What every answer must obey, whatever was asked (DESIGN, CONTRACT)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from assistant.answer_json import answer_from_json, answer_to_json
from assistant.records import Answer, Document

Documents = Mapping[tuple[str, str], Document]

KEYS = """
schema id question interpreted as_of language status mode text statements citations nearest missing_documents notices
confidence timing_ms index
""".split()
CITATION_KEYS = """
number document version title kind valid_from valid_until page page_label section start end quote
""".split()
STATUSES = {"answered", "partial", "not_in_documents", "not_loaded", "out_of_scope"}
_MARKER = re.compile(r"\[(\d+)\]")


def sound(answer: Answer, documents: Documents) -> dict[str, Any]:
    """Checks an answer against every rule; returns it as JSON values."""
    value: dict[str, Any] = json.loads(json.dumps(answer_to_json(answer)))
    assert answer_to_json(answer_from_json(value)) == value
    sound_json(value, lambda name, version: documents[name, version])
    return value


def sound_json(value: dict[str, Any], document: Callable[[str, str], Document]) -> None:
    """The same for an answer as the command line prints it."""
    assert list(value) == KEYS
    assert value["schema"] == "answer/1"
    assert value["status"] in STATUSES
    assert value["mode"] in {"extractive", "generated"}
    assert value["language"] in {"nl", "en"}
    assert value["text"].strip()
    assert value["index"]
    assert 0.0 <= value["confidence"] <= 1.0
    assert list(value["timing_ms"]) == ["retrieve", "answer", "total"]
    date.fromisoformat(value["as_of"])
    _sound_citations(value, document)
    _sound_statements(value)
    for missing in value["missing_documents"]:
        assert list(missing) == ["document", "title", "source_url"]
    for notice in value["notices"]:
        assert list(notice) == ["code", "text"]
        assert notice["text"].strip()
    if value["status"] == "not_loaded":
        assert value["missing_documents"]


def _sound_citations(value: dict[str, Any], document: Callable[[str, str], Document]) -> None:
    given = value["status"] in {"answered", "partial"}
    assert bool(value["citations"]) == given
    assert not (given and value["nearest"])
    for cited in (value["citations"], value["nearest"]):
        assert [citation["number"] for citation in cited] == list(range(1, len(cited) + 1))
        for one, other in combinations(cited, 2):  # no words are quoted twice
            apart = one["end"] <= other["start"] or other["end"] <= one["start"]
            assert apart or one["document"] != other["document"]
        for citation in cited:
            assert list(citation) == CITATION_KEYS
            own = document(citation["document"], citation["version"])
            assert own.text[citation["start"] : citation["end"]] == citation["quote"]
            assert citation["quote"] == citation["quote"].strip() != ""
            page = next(page for page in own.pages if page.start <= citation["start"] < page.end)
            assert (citation["page"], citation["page_label"]) == (page.number, page.label)


def _sound_statements(value: dict[str, Any]) -> None:
    numbers = {citation["number"] for citation in value["citations"]}
    assert bool(value["statements"]) == bool(numbers)
    used = {number for statement in value["statements"] for number in statement["citations"]}
    assert used == numbers
    assert all(statement["text"].strip() and statement["citations"] for statement in value["statements"])
    assert {int(number) for number in _MARKER.findall(value["text"])} == numbers
