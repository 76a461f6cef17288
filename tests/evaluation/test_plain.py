"""The invented documents without example questions: another corpus, with its own questions, gone afterwards."""

from __future__ import annotations

from assistant.evaluation.plain import by_document, plain_service
from assistant.evaluation.questions import load_set
from assistant.evaluation.runner import run_set
from assistant.home import PROJECT
from assistant.service import Service

ITEMS = load_set(PROJECT / "evals" / "questions" / "plain.jsonl")


def test_a_fold_is_a_document() -> None:
    seeds = {item.seed for item in by_document(ITEMS)}
    assert seeds == {quote.document for item in ITEMS for group in item.evidence for quote in group}


def test_questions_in_the_documents_own_words_are_answered_from_them(service: Service) -> None:
    direct = [item for item in ITEMS if item.kind == "direct"]
    with plain_service(service) as plain:
        root = plain.home.root
        assert not any(family.asked for family in plain.open().generation.families.values())
        scored = [result.scored.scores for result in run_set(plain, "plain", direct).results]
    assert not root.exists()
    assert all(each.literal == each.checked for each in scored)
    assert sum(each.recall or 0.0 for each in scored) / len(scored) > 0.65
