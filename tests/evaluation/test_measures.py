"""The measures of CONTRACT.md, held against examples worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import CorpusError
from assistant.evaluation.measures import (
    char_measures,
    evidence_recall,
    facts_held,
    groups_held,
    holds_quote,
    is_literal,
    ndcg,
    relevant_count,
    score,
)
from assistant.evaluation.questions import Answerability, Item, Quote
from assistant.records import Answer, Citation, Document, Page, Status

TEXT = "Een twee drie vier vijf. De wijkverpleegkundige stelt de indicatie."
TEXTS = {"doc": TEXT}
FIRST, SECOND = "Een twee drie vier vijf.", "De wijkverpleegkundige stelt de indicatie."


def cited(quote: str, start: int = 0, document: str = "doc") -> Citation:
    return Citation(1, document, "v", "", "brief", None, None, 1, "1", (), start, start + len(quote), quote)


def item(*groups: tuple[str, ...], accepted: tuple[str, ...] = (), **changed: object) -> Item:
    values: dict[str, object] = {
        "answerability": Answerability.FULL if groups else Answerability.NONE,
        "evidence": tuple(tuple(Quote("doc", text) for text in group) for group in groups),
        "accepted": tuple(Quote("doc", text) for text in accepted),
        **changed,
    }
    return Item("q", "s", "direct", "Wie?", (), None, **values)  # type: ignore[arg-type]


def document_of(name: str, version: str) -> Document:
    if (name, version) != ("doc", "v"):
        raise CorpusError("unknown", "Onbekend.", "Niets.")
    half = TEXT.index("De")
    pages = (Page(1, "1", 0, half, TEXT[:half]), Page(2, "2", half, len(TEXT), TEXT[half:]))
    return Document("doc", "v", TEXT, pages, ())


@pytest.mark.parametrize(
    ("quote", "held"),
    [
        ("EEN twee drié", True),  # 3 of 5 words, folded: exactly 60%
        ("een twee", False),  # 2 of 5
        ("een een een twee", False),  # a word counts as often as the quote has it
        ("vijf vier drie twee een zes zeven", True),  # order and surplus do not matter
    ],
)
def test_sixty_percent_of_the_words_in_one_citation(quote: str, held: bool) -> None:
    assert holds_quote(Quote("doc", FIRST), cited(quote)) is held


def test_another_documents_citation_holds_nothing() -> None:
    assert not holds_quote(Quote("doc", FIRST), cited(FIRST, document="other"))


def test_recall_is_over_groups_and_any_of_a_group_will_do() -> None:
    groups = item((FIRST, "iets anders"), (SECOND,)).evidence
    assert evidence_recall(groups, [cited(FIRST)]) == 0.5
    assert evidence_recall(groups, [cited(FIRST), cited(SECOND)]) == 1.0
    assert evidence_recall(groups, []) == 0.0


def test_words_of_two_citations_do_not_add_up() -> None:
    assert evidence_recall(item((FIRST,)).evidence, [cited("een twee"), cited("drie vier")]) == 0.0


def test_recall_without_gold_is_no_number() -> None:
    with pytest.raises(ValueError, match="gold"):
        evidence_recall((), [])


def test_precision_counts_overlap_with_gold_or_accepted_in_characters() -> None:
    gold = item((SECOND,), accepted=(FIRST,))
    touching = cited("De wijk", TEXT.index("De"))
    beside = cited(" ", len(FIRST))  # the blank between the two quotes
    assert relevant_count(gold, [touching, beside, cited("Een")], TEXTS) == 2
    assert relevant_count(item(), [touching], TEXTS) == 0


def test_char_measures_of_half_a_quote() -> None:
    gold = item((FIRST,))
    precision, recall = char_measures(gold, [cited(TEXT[6:36], 6)], TEXTS)
    assert precision == pytest.approx(18 / 30)
    assert recall == pytest.approx(18 / 24)
    assert char_measures(gold, [], TEXTS) == (None, 0.0)
    assert char_measures(item(), [cited("Een")], TEXTS) == (0.0, None)


def test_literal_is_slice_version_and_page() -> None:
    start = TEXT.index("De")
    quote = TEXT[start : start + 6]
    right = Citation(1, "doc", "v", "", "brief", None, None, 2, "2", (), start, start + 6, quote)
    assert is_literal(right, document_of)
    for wrong in ({"page": 1}, {"quote": "de wij"}, {"start": start - 1}, {"version": "w"}, {"document": "x"}, {"end": 999}):
        values = {name: getattr(right, name) for name in Citation.__slots__}
        assert not is_literal(Citation(**{**values, **wrong}), document_of), wrong


def test_ndcg_rewards_each_group_once_and_early() -> None:
    none, one, two = frozenset[int](), frozenset({0}), frozenset({1})
    assert ndcg([one, two], [one, two, one]) == 1.0
    assert ndcg([one, one, two], [one, two, one]) == pytest.approx((1 + 1 / 2) / (1 + 1 / math.log2(3)))
    assert ndcg([none, one], [one]) == pytest.approx(1 / math.log2(3))
    assert ndcg([none] * 10 + [one], [one]) == 0.0
    assert ndcg([one], []) == 0.0


GROUPS = st.lists(st.frozensets(st.integers(0, 4), max_size=3), max_size=15)


@given(GROUPS, GROUPS)
def test_ndcg_is_between_zero_and_one(ranked: list[frozenset[int]], others: list[frozenset[int]]) -> None:
    assert 0.0 <= ndcg(ranked, [*ranked, *others]) <= 1.0


WORDS = st.lists(st.sampled_from("een twee drie vier vijf zes zeven".split()), min_size=1, max_size=12).map(" ".join)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=4), st.lists(WORDS, max_size=4), WORDS)
def test_recall_is_bounded_and_another_citation_never_lowers_it(
    groups: list[list[str]], quotes: list[str], more: str
) -> None:
    evidence = [[Quote("doc", text) for text in group] for group in groups]
    before = evidence_recall(evidence, [cited(quote) for quote in quotes])
    after = evidence_recall(evidence, [cited(quote) for quote in [*quotes, more]])
    assert 0.0 <= before <= after <= 1.0


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)), max_size=5))
def test_char_measures_are_shares(spans: list[tuple[int, int]]) -> None:
    citations = [cited(TEXT[start : start + size], start) for start, size in spans]
    precision, recall = char_measures(item((FIRST,), (SECOND,)), citations, TEXTS)
    assert (precision is None) is (not spans)
    assert 0.0 <= (precision or 0.0) <= 1.0
    assert recall is not None
    assert 0.0 <= recall <= 1.0


def test_facts_are_found_whatever_their_capitals_and_blanks() -> None:
    assert facts_held(["1 januari 2026", "Coördinator", "2027"], "op 1\n januari 2026 de COORDINATOR") == 2


def test_groups_are_held_by_the_places_that_touch_them() -> None:
    gold = item((FIRST, SECOND), (SECOND,))
    places = [("doc", 0, 5), ("doc", len(FIRST), len(FIRST) + 1), ("doc", 30, 40), ("other", 0, 99)]
    assert groups_held(gold, places, TEXTS) == [{0}, set(), {0, 1}, set()]


def test_a_refusal_recalls_nothing_but_keeps_what_it_would_have_been_worth(make_answer: Callable[..., Answer]) -> None:
    refused = make_answer(Status.NOT_IN_DOCUMENTS, ("doc", 0, FIRST))
    made = score(item((FIRST,)), refused, [], [], (TEXTS, document_of))
    assert (made.refused, made.recall, made.potential, made.cited, made.checked, made.literal) == (True, 0.0, 1.0, 0, 1, 1)


def test_an_answer_to_what_cannot_be_answered_has_no_recall(make_answer: Callable[..., Answer]) -> None:
    answer = make_answer(Status.PARTIAL, ("doc", 0, FIRST), text="Het bedrag is 5 euro.")
    gold = item(forbidden=("5 euro",))
    made = score(gold, answer, [], [("doc", 0, 24)], (TEXTS, document_of))
    assert (made.answerable, made.refused, made.recall, made.relevant, made.cited) == (False, False, None, 0, 1)
    assert (made.forbidden, made.forbidden_said, made.ndcg) == (1, 1, None)
