"""``regelwijzer search``: ranked passages, with each signal's share in the score."""

from __future__ import annotations

import pytest
from running import QUESTION, RULES, Run

from assistant.service import Service

HIT_KEYS = "passage document version page page_label section start end text score signals".split()


def test_json_has_literal_passages_best_first_with_shares_that_add_up(run: Run, built_service: Service) -> None:
    result = run("search", "--json", "--top", "1000", QUESTION)
    assert (result.code, result.err) == (0, "")
    value = result.json
    assert list(value) == ["question", "interpreted", "hits"]
    assert value["question"] == value["interpreted"] == QUESTION
    hits = value["hits"]
    assert 1 < len(hits) <= len(built_service.generation.passages)
    assert len({hit["passage"] for hit in hits}) == len(hits)
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    for hit in hits:
        assert list(hit) == HIT_KEYS
        assert {"words", "grams", "vectors"} <= set(hit["signals"])
        assert sum(hit["signals"].values()) == pytest.approx(hit["score"], abs=1e-4)
        assert all(share >= 0 for share in hit["signals"].values())
        document = built_service.library.document(hit["document"], hit["version"])
        assert document.text[hit["start"] : hit["end"]] == hit["text"]
        assert document.page_at(hit["start"]).number == hit["page"]


def test_the_passage_that_answers_comes_first(run: Run) -> None:
    (first,) = run("search", "--json", "--top", "1", QUESTION).json["hits"]
    assert (first["document"], first["section"][-1]) == (RULES, "punt 3")


def test_for_a_reader_a_hit_is_two_lines_with_place_and_shares(run: Run) -> None:
    lines = run("search", "--top", "3", QUESTION).out.splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("  1. ")
    for part in ("words ", "grams ", "vectors ", RULES, "bladzijde 2"):
        assert part in lines[0]
    assert len(lines[1]) < 170


def test_nothing_in_common_is_no_error(run: Run) -> None:
    result = run("search", "--json", "zzqx")
    assert result.code == 0
    assert isinstance(result.json["hits"], list)


@pytest.mark.parametrize("question", ["", "?!", "🎉", "wie " * 1_000])
def test_what_is_no_question_is_one_line(run: Run, question: str) -> None:
    run("search", question).error(2)
