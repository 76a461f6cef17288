from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.embedding.prefixes import Prefixes, prefixes_for

E5 = Prefixes("query: ", "passage: ")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("intfloat/multilingual-e5-small", E5),
        ("intfloat/multilingual-e5-large", E5),
        ("intfloat/e5-base-v2", E5),
        ("clips/e5-small-trm-nl", E5),
        ("clips/e5-large-trm-nl", E5),
        ("/modellen/Multilingual-E5-small/", E5),
        ("BAAI/bge-m3", Prefixes()),
        ("sentence-transformers/all-MiniLM-L6-v2", Prefixes()),
    ],
)
def test_known_families(name: str, expected: Prefixes) -> None:
    assert prefixes_for(name, None, None, None) == expected


def test_instruct_models_get_an_instruction_before_the_question_only() -> None:
    found = prefixes_for("intfloat/multilingual-e5-large-instruct", None, None, None)
    assert found.query.startswith("Instruct: ")
    assert found.passage == ""


def test_settings_win_also_when_they_are_empty() -> None:
    assert prefixes_for("intfloat/multilingual-e5-small", None, "", "tekst: ") == Prefixes("", "tekst: ")


def test_the_models_own_prompts_win_over_the_table(tmp_path: Path) -> None:
    config = {"prompts": {"query": "vraag: ", "document": "stuk: "}}
    (tmp_path / "config_sentence_transformers.json").write_text(json.dumps(config), "utf-8")
    assert prefixes_for("multilingual-e5-small", tmp_path, None, None) == Prefixes("vraag: ", "stuk: ")


def test_empty_own_prompts_leave_the_table_in_force(tmp_path: Path) -> None:
    config = {"prompts": {"query": "", "document": ""}}
    (tmp_path / "config_sentence_transformers.json").write_text(json.dumps(config), "utf-8")
    assert prefixes_for("multilingual-e5-small", tmp_path, None, None) == E5
