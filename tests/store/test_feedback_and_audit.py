"""Feedback for the keeper, and the audit that cannot hold a question."""

from __future__ import annotations

import pytest
from store_samples import Clock, answer

from assistant.errors import UsageError
from assistant.store import Reason, Store, Verdict


def _link(store: Store, question: str = "Komt er geld?") -> str:
    conversation = store.conversations.create("anna")
    return store.conversations.append_answer("anna", conversation.id, answer(question)).link


def test_feedback_comes_with_question_answer_and_generation(store: Store, clock: Clock) -> None:
    first, second = _link(store), _link(store, "En nu?")
    store.feedback.add("anna", first, Verdict.NOT_HELPFUL, [Reason.UNCLEAR, Reason.WRONG_SOURCE], " te\nlang ")
    clock.forward(minutes=1)
    store.feedback.add("bert", second, Verdict.HELPFUL)
    newest, oldest = store.feedback.list()
    assert (newest.answer.question, newest.verdict, newest.reasons, newest.line) == ("En nu?", Verdict.HELPFUL, (), "")
    assert oldest.reasons == (Reason.WRONG_SOURCE, Reason.UNCLEAR)
    assert oldest.line == "te lang"
    assert (oldest.answer.answer, oldest.answer.index) == (answer(), "g-1")
    assert [item.answer.question for item in store.feedback.list(Verdict.NOT_HELPFUL)] == ["Komt er geld?"]
    assert len(store.feedback.list(limit=1)) == 1


def test_a_later_opinion_takes_the_place_of_the_earlier(store: Store) -> None:
    link = _link(store)
    store.feedback.add("anna", link, Verdict.NOT_HELPFUL, [Reason.OUTDATED], "oud")
    store.feedback.add("anna", link, Verdict.HELPFUL)
    store.feedback.add("bert", link, Verdict.NOT_HELPFUL)
    assert sorted((item.verdict, item.line) for item in store.feedback.list()) == [("helpful", ""), ("not_helpful", "")]


def test_feedback_goes_with_its_answer(store: Store) -> None:
    store.feedback.add("bert", _link(store), Verdict.HELPFUL)
    store.conversations.delete_all("anna")
    assert store.feedback.list() == ()


def test_unknown_link_and_too_long_a_line(store: Store) -> None:
    with pytest.raises(UsageError, match="bestaat niet"):
        store.feedback.add("anna", "weg", Verdict.HELPFUL)
    with pytest.raises(UsageError, match=r"1001 tekens; er passen er 1000"):
        store.feedback.add("anna", _link(store), Verdict.HELPFUL, line="x" * 1001)


def test_audit_is_newest_first_and_holds_single_words(store: Store, clock: Clock) -> None:
    store.audit.add("anna", "login")
    clock.forward(seconds=1)
    store.audit.add("anna de Vries", "document-published", "zn-inkooptekst@ab12")
    entries = store.audit.list()
    assert [(entry.who, entry.action, entry.subject) for entry in entries] == [
        ("anna de Vries", "document-published", "zn-inkooptekst@ab12"),
        ("anna", "login", ""),
    ]
    assert entries[0].moment == clock()


@pytest.mark.parametrize(
    "words",
    [
        ("anna", "asked", "Wie betaalt het netwerk?"),
        ("anna", ""),
        ("a\nb", "login"),
        ("a" * 129, "login"),
        ("a", "x\ny"),
        ("a", "x y"),
    ],
)
def test_audit_refuses_free_text(store: Store, words: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="never free text"):
        store.audit.add(*words)
    assert store.audit.list() == ()
