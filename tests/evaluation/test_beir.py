"""Retrieval sets: their format, their measures, and the command that prints the contract's line."""

from __future__ import annotations

import json
import lzma
import math
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.errors import UsageError
from assistant.evaluation.beir import load_retrieval_set, measure

KEYS = [
    "ndcg@10",
    "recall@10",
    "recall@100",
    "hit@1",
    "queries",
    "passages",
    "index_seconds",
    "p50_ms",
    "p95_ms",
    "peak_rss_mb",
]


def test_measures_of_two_queries_by_hand() -> None:
    judged = {"q1": {"a": 2.0, "b": 1.0, "z": 0.0}, "q2": {"c": 1.0}}
    made = measure({"q1": ["z", "b", "a"], "q2": []}, judged)
    gained = 1 / math.log2(3) + 2 / math.log2(4)
    ideal = 2 + 1 / math.log2(3)
    assert made == pytest.approx({"ndcg@10": gained / ideal / 2, "recall@10": 0.5, "recall@100": 0.5, "hit@1": 0.0})


def test_a_find_past_the_tenth_place_counts_only_within_a_hundred() -> None:
    made = measure({"q": [*(str(n) for n in range(10)), "a"]}, {"q": {"a": 1.0}})
    assert made == {"ndcg@10": 0.0, "recall@10": 0.0, "recall@100": 1.0, "hit@1": 0.0}


def test_a_set_is_read_whole(small_set: Path) -> None:
    data = load_retrieval_set(small_set)
    assert [(passage.id, passage.section, passage.text) for passage in data.passages] == [
        ("a", ("Wet", "Artikel 1"), "De verpleegkundige stelt de indicatie."),
        ("b", (), "Het netwerk krijgt subsidie van de gemeente."),
        ("c", ("Leeg",), "Leeg"),
    ]
    assert data.judged == {"q1": {"a": 1.0}, "q2": {"b": 1.0}, "q3": {"a": 1.0}}


def test_a_compressed_corpus_is_the_same(small_set: Path) -> None:
    plain = load_retrieval_set(small_set)
    corpus = small_set / "corpus.jsonl"
    (small_set / "corpus.jsonl.xz").write_bytes(lzma.compress(corpus.read_bytes()))
    corpus.unlink()
    assert load_retrieval_set(small_set) == plain


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("corpus.jsonl", None, "corpus.jsonl is er niet"),
        ("corpus.jsonl", '{"_id": "a"}\n', "regel 1"),
        ("corpus.jsonl", '{"_id": "a", "text": "x"}\n{"_id": "a", "text": "y"}\n', "tweemaal"),
        ("corpus.jsonl", '{"_id": "a", "text": "x"}\nnot json\n', "regel 2"),
        ("corpus.jsonl", "", "geen passages"),
        ("queries.jsonl", "[]\n", "regel 1"),
        ("qrels/test.tsv", None, "test.tsv is niet te lezen"),
        ("qrels/test.tsv", "q1\ta\n", "regel 1"),
        ("qrels/test.tsv", "q1\ta\tveel\n", "regel 1"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n", "geen beoordeelde"),
    ],
)
def test_odd_files_are_named_in_one_line(
    small_set: Path, capsys: pytest.CaptureFixture[str], name: str, content: str | None, said: str
) -> None:
    path = small_set / name
    path.unlink() if content is None else path.write_text(content, "utf-8")
    with pytest.raises(UsageError):
        load_retrieval_set(small_set)
    assert main(["--home", str(small_set), "eval", "retrieval", str(small_set)]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.count("\n") == 1
    assert said in out.err


def test_the_command_prints_the_contracts_line(small_set: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(small_set), "eval", "retrieval", str(small_set), "--ablate"]) == 0
    first, *others = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert list(first) == KEYS
    assert (first["queries"], first["passages"]) == (3, 3)
    assert first["hit@1"] == pytest.approx(2 / 3, abs=1e-4)  # the query without a word finds nothing
    assert first["peak_rss_mb"] > 1
    assert [line["ablation"] for line in others][:2] == ["alles", "alleen words"]
    assert others[0]["ndcg@10"] == first["ndcg@10"]
