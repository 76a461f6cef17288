"""The question sets are the yardstick: every quote must stand literally in its document, and no two sets may mix."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.reading import read_file

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("dnn-brief-financiering", "zn-inkooptekst-casemanagement")
SETS = ("dev", "test", "fresh")
REQUIRED = {
    "id": str,
    "seed": str,
    "kind": str,
    "question": str,
    "history": list,
    "answerability": str,
    "evidence": list,
    "accepted": list,
    "must": list,
    "forbidden": list,
}
# The least number of questions of each kind over both sets: a rare kind gives a figure that says nothing.
LEAST = {
    "direct": 50,
    "lay": 80,
    "paraphrase": 30,
    "telegram": 20,
    "typo": 30,
    "abbreviation": 12,
    "multi": 15,
    "list": 8,
    "yesno": 20,
    "who": 10,
    "when": 10,
    "why": 10,
    "howmuch": 8,
    "whatif": 10,
    "turns": 30,
    "english": 12,
    "false_premise": 15,
    "temporal": 15,
    "near_miss": 90,
    "neighbour": 12,
    "far": 25,
    "attack": 20,
}
UNANSWERABLE_KINDS = {"near_miss", "neighbour", "far", "attack"}

Row = dict[str, Any]


def _load(name: str) -> list[Row]:
    lines = (ROOT / "evals" / "questions" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


ROWS: dict[str, list[Row]] = {name: _load(name) for name in SETS}
ALL: list[Row] = [row for name in SETS for row in ROWS[name]]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    found = {}
    for document_id in DOCUMENTS:
        document = read_file(ROOT / "corpus" / "documents" / f"{document_id}.txt", document_id).document
        assert document is not None
        found[document_id] = document.text
    return found


def _quotes(row: Row) -> list[dict[str, str]]:
    return [quote for group in row["evidence"] for quote in group] + row["accepted"]


def test_rows_have_the_schema() -> None:
    for row in ALL:
        assert set(row) - {"note"} == set(REQUIRED) | {"as_of"}, row["id"]
        for name, kind in REQUIRED.items():
            assert isinstance(row[name], kind), (row["id"], name)
        assert row["question"].strip() == row["question"] != "", row["id"]
        assert row["kind"] in LEAST, row["id"]
        assert row["answerability"] in {"full", "partial", "none"}, row["id"]
        assert all(isinstance(text, str) and text for text in row["history"] + row["must"] + row["forbidden"]), row["id"]
        assert all(set(quote) == {"document", "quote"} for quote in _quotes(row)), row["id"]
        if row["as_of"] is not None:
            date.fromisoformat(row["as_of"])


def test_every_quote_stands_literally_in_its_document(texts: dict[str, str]) -> None:
    astray = [(row["id"], quote) for row in ALL for quote in _quotes(row) if quote["quote"] not in texts[quote["document"]]]
    assert astray == []


def test_questions_about_documents_without_examples_are_of_the_same_make() -> None:
    rows = _load("plain")
    assert {key for row in rows for key in row} == set(REQUIRED) | {"as_of"}
    assert len({row["id"] for row in rows}) == len({row["question"] for row in rows}) == len(rows)
    places = sorted((ROOT / "evals" / "plain" / "documents").glob("*.md"))
    found = {place.stem: read_file(place, place.stem).document for place in places}
    quotes = {(quote["document"], quote["quote"]) for row in rows for quote in _quotes(row)}
    assert {name for name, _ in quotes} == set(found)
    assert [quote for quote in quotes if (doc := found[quote[0]]) is None or doc.text.count(quote[1]) != 1] == []
    assert [row["id"] for row in rows if (row["answerability"] == "none") != (row["kind"] in UNANSWERABLE_KINDS)] == []
    assert [row["id"] for row in rows if (row["answerability"] == "none") == bool(row["evidence"])] == []


def test_a_quote_names_one_place_only(texts: dict[str, str]) -> None:
    quotes = {(quote["document"], quote["quote"]) for row in ALL for quote in _quotes(row)}
    assert [text for document, text in quotes if texts[document].count(text) != 1] == []


def test_ids_are_unique() -> None:
    repeated = [name for name, count in Counter(row["id"] for row in ALL).items() if count > 1]
    assert repeated == []


def test_no_question_is_asked_twice() -> None:
    asked = Counter((row["question"].casefold(), tuple(row["history"]), row["as_of"]) for row in ALL)
    assert [question for question, count in asked.items() if count > 1] == []


def test_no_two_sets_share_a_seed() -> None:
    seeds = [{row["seed"] for row in ROWS[name]} for name in SETS]
    assert sum(map(len, seeds)) == len(set.union(*seeds))


def test_the_corpus_holds_no_question_of_a_set() -> None:
    """What the index or the judgement is given in advance measures nothing."""
    given = {
        _bare(text)
        for path in (ROOT / "corpus").rglob("*.toml")
        for text in _strings(tomllib.loads(path.read_text("utf-8")))
    }
    assert [row["id"] for row in ALL if not row["history"] and _bare(row["question"]) in given] == []


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def test_every_kind_has_enough_questions() -> None:
    counts = Counter(row["kind"] for row in ALL)
    assert {kind: counts[kind] for kind, least in LEAST.items() if counts[kind] < least} == {}
    assert len(ALL) >= 440


def test_evidence_agrees_with_answerability() -> None:
    for row in ALL:
        assert bool(row["evidence"]) == (row["answerability"] != "none"), row["id"]
        assert all(row["evidence"]), row["id"]
        if row["answerability"] == "none":
            assert row["accepted"] == [], row["id"]
            assert row["must"] == [], row["id"]
        if row["kind"] in UNANSWERABLE_KINDS:
            assert row["answerability"] == "none", row["id"]


def test_conversations_have_a_history_and_single_questions_have_none() -> None:
    alone = [row for row in ALL if row["kind"] not in ("turns", "near_miss")]
    assert [row["id"] for row in alone if row["history"]] == []
    assert [row["id"] for row in ALL if row["kind"] == "turns" and not row["history"]] == []
    assert max(len(row["history"]) for row in ALL) >= 3


def test_must_facts_stand_in_the_evidence() -> None:
    for row in ALL:
        evidence = " ".join(quote["quote"] for quote in _quotes(row)).casefold()
        assert [fact for fact in row["must"] if fact.casefold() not in evidence] == [], row["id"]


def test_forbidden_strings_do_not_stand_in_the_evidence() -> None:
    for row in ALL:
        evidence = " ".join(quote["quote"] for quote in _quotes(row)).casefold()
        assert [text for text in row["forbidden"] if text.casefold() in evidence] == [], row["id"]


def test_both_sets_ask_about_both_documents() -> None:
    for name in SETS:
        seen = {quote["document"] for row in ROWS[name] for group in row["evidence"] for quote in group}
        assert seen == set(DOCUMENTS)
