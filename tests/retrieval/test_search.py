"""Ranked passages: shares add up, signals can be turned off, nothing is found twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_material import HashedWords, material
from running import QUESTION, RULES

from assistant.embedding import load_embedder
from assistant.indexing import build_generation, open_current
from assistant.records import Question
from assistant.retrieval.analysis import Analyst
from assistant.retrieval.search import Retriever, Weights
from assistant.settings import SHIPPED_EMBEDDER

DAY = date(2026, 3, 1)
ASKED = st.lists(
    st.sampled_from("casemanagement dementie wie mag netwerk subsidie punt huisarts xq 2026 familie".split()), min_size=1
)


def test_the_passage_that_answers_comes_first(analyst: Analyst, retriever: Retriever) -> None:
    first = retriever.search(analyst.analyse(Question(QUESTION, DAY)), 1)[0].passage
    assert (first.document, first.section[-1]) == (RULES, "punt 3")


@settings(max_examples=60, deadline=None)
@given(asked=ASKED, top=st.integers(1, 40))
def test_hits_are_ranked_once_each_and_shares_add_up(
    analyst: Analyst, retriever: Retriever, asked: list[str], top: int
) -> None:
    hits = retriever.search(analyst.analyse(Question(" ".join(asked), DAY)), top)
    assert len(hits) <= top
    assert len({hit.passage.id for hit in hits}) == len(hits)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    for hit in hits:
        assert hit.score > 0
        assert min(hit.signals.values()) >= 0
        assert sum(hit.signals.values()) == pytest.approx(hit.score, abs=1e-4)


@settings(max_examples=30, deadline=None)
@given(asked=ASKED)
def test_fewer_asked_for_are_the_first_of_more(analyst: Analyst, retriever: Retriever, asked: list[str]) -> None:
    question = analyst.analyse(Question(" ".join(asked), DAY))
    many, few = retriever.search(question, 20), retriever.search(question, 5)
    assert [hit.passage.id for hit in few] == [hit.passage.id for hit in many[:5]]


@pytest.mark.parametrize("off", ["words", "grams", "vectors"])
def test_a_signal_that_is_off_adds_nothing(analyst: Analyst, retriever: Retriever, off: str) -> None:
    weights = replace(Weights(), **{off: 0.0})
    other = Retriever(retriever.generation, load_embedder(SHIPPED_EMBEDDER), weights)
    hits = other.search(analyst.analyse(Question(QUESTION, DAY)), 10)
    assert hits
    assert {hit.signals[off] for hit in hits} == {0.0}


def test_the_best_passage_of_each_signal_has_its_whole_weight(analyst: Analyst, retriever: Retriever) -> None:
    own = Retriever(retriever.generation, load_embedder(SHIPPED_EMBEDDER), Weights(words=1.0, grams=1.0, vectors=1.0))
    hits = own.search(analyst.analyse(Question(QUESTION, DAY)), 100)
    for signal in ("words", "grams", "vectors"):
        assert max(hit.signals[signal] for hit in hits) == pytest.approx(1.0, abs=1e-4)


def test_a_document_without_passages_stops_nothing(tmp_path: Path) -> None:
    made = material()
    empty = replace(made.documents[1], id="leeg")
    material_with = replace(made, documents=(*made.documents, empty), unanswered=(("Hoeveel?", ""),), judged=("leeg",))
    embedder = HashedWords()
    build_generation(tmp_path, material_with, embedder)
    with open_current(tmp_path) as generation:
        assert len(set(generation.families.values())) == 3
        analyst = Analyst((), generation.sources, {})
        hits = Retriever(generation, embedder).search(analyst.analyse(Question("Wat doet het netwerk?", DAY)), 5)
        assert "netwerk" in hits[0].passage.text


def test_vectors_weigh_more_where_there_are_no_example_questions(tmp_path: Path) -> None:
    made = material()
    asked = replace(made, questions={p.id: (("Wie doet dit?",),) for p in made.passages if p.document == "inkooptekst"})
    embedder, most = HashedWords(), {}
    build_generation(tmp_path, asked, embedder)
    with open_current(tmp_path) as generation:
        question = Analyst((), generation.sources, {}).analyse(Question("Wat doet het netwerk en wie mag dit?", DAY))
        for hit in Retriever(generation, embedder, Weights(vectors=0.5, plain=3.0)).search(question, 100):
            own = hit.passage.document == "inkooptekst"
            most[own] = max(most.get(own, 0.0), hit.signals["vectors"])
            assert 0 <= hit.similarity <= 1
    assert most == {True: pytest.approx(0.5, abs=1e-4), False: pytest.approx(1.5, abs=1e-4)}


def test_more_is_read_of_documents_without_example_questions_where_that_is_asked(tmp_path: Path) -> None:
    made = material()
    asked = replace(made, questions={p.id: (("Wie doet dit?",),) for p in made.passages if p.document != "inkooptekst"})
    build_generation(tmp_path, asked, HashedWords())
    with open_current(tmp_path) as generation:
        question = Analyst((), generation.sources, {}).analyse(Question("Wat doet het netwerk en wie mag dit?", DAY))
        found = Retriever(generation, HashedWords()).search_each(question, 1, 2)
        assert {hits[0].passage.document == "inkooptekst": len(hits) for hits in found} == {True: 2, False: 1}
