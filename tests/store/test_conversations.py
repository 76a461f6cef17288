"""Conversations, answers behind their links, the texts they cite, and who sees what."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import VERSION, Clock, answer, cited_text

from assistant.errors import StorageError, UsageError
from assistant.store import Store


def code_of(call: Callable[[], Any]) -> str:
    with pytest.raises(UsageError) as raised:
        call()
    return raised.value.code


def test_answers_come_back_as_they_were_after_a_restart(open_store: Callable[[], Store]) -> None:
    first = open_store()
    conversation = first.conversations.create("anna")
    one = first.conversations.append_answer("anna", conversation.id, answer())
    two = first.conversations.append_answer("anna", conversation.id, answer("En in 2027?"))
    first.close()
    again = open_store()
    assert again.conversations.history("anna", conversation.id) == (one, two)
    assert (one.position, two.position) == (1, 2)
    assert one.answer == answer()
    assert again.conversations.answer_by_link(two.link) == two
    assert two.index == "g-1"


def test_links_are_long_and_all_different(store: Store) -> None:
    conversation = store.conversations.create("anna")
    links = {store.conversations.append_answer("anna", conversation.id, answer()).link for _ in range(10)}
    assert len(links) == 10
    assert min(len(link) for link in links) >= 32


def test_a_conversation_is_named_after_its_first_question(store: Store) -> None:
    conversation = store.conversations.create("anna")
    store.conversations.append_answer("anna", conversation.id, answer("Wie\n betaalt " + "heel " * 40))
    store.conversations.append_answer("anna", conversation.id, answer("Iets anders"))
    title = store.conversations.get("anna", conversation.id).title
    assert title.startswith("Wie betaalt heel")
    assert len(title) <= 80
    assert title.endswith("…")
    named = store.conversations.create("anna", "Mijn naam")
    store.conversations.append_answer("anna", named.id, answer())
    assert store.conversations.get("anna", named.id).title == "Mijn naam"


def test_a_conversation_that_begins_with_a_greeting_is_named_after_its_first_question(store: Store) -> None:
    titles = []
    conversation = ""
    for said in ("Hallo!", "Goedemorgen", "Wie betaalt het netwerk?", "En de huisarts?"):
        conversation = store.conversations.append_answer("anna", conversation, answer(said)).conversation
        titles.append(store.conversations.get("anna", conversation).title)
    assert titles == ["Hallo!", "Goedemorgen", "Wie betaalt het netwerk?", "Wie betaalt het netwerk?"]
    (found,) = store.conversations.search("anna", "netwerk")
    assert found.id == conversation


def test_a_new_conversation_comes_with_its_first_answer_or_not_at_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StorageError("store-full", "De schijf is vol.", "Maak ruimte.")

    monkeypatch.setattr("assistant.store.conversations.keep_texts", fail)
    with pytest.raises(StorageError):
        store.conversations.append_answer("anna", "", answer())
    assert store.conversations.list("anna") == ()


def test_the_last_used_is_first_in_the_list(store: Store, clock: Clock) -> None:
    ids = []
    for title in ("a", "b", "c"):
        clock.forward(minutes=1)
        ids.append(store.conversations.create("anna", title).id)
    clock.forward(minutes=1)
    store.conversations.append_answer("anna", ids[0], answer())
    assert [each.id for each in store.conversations.list("anna")] == [ids[0], ids[2], ids[1]]
    assert store.conversations.list("anna")[0].updated == clock()


def test_search_looks_in_titles_questions_and_answers(store: Store) -> None:
    one = store.conversations.create("anna", "Over Coördinatoren")
    two = store.conversations.create("anna", "Tweede")
    store.conversations.append_answer("anna", two.id, answer("Wat kost 100%_zorg?", "Dat is **Structurele** financiering"))

    def search(text: str) -> set[str]:
        return {each.id for each in store.conversations.search("anna", text)}

    assert search("COORDINATOR") == {one.id}
    assert search("coördinator over") == {one.id}
    assert search("structurele tweede") == {two.id}
    assert search("100%_") == {two.id}
    assert search("100_%") == set()
    assert search("coördinator tweede") == set()
    assert search("  ") == {one.id, two.id}


def test_rename_and_delete(store: Store) -> None:
    conversation = store.conversations.create("anna")
    kept = store.conversations.append_answer("anna", conversation.id, answer(), [cited_text()])
    assert store.conversations.rename("anna", conversation.id, "  Nieuwe\nnaam ").title == "Nieuwe naam"
    assert code_of(lambda: store.conversations.rename("anna", conversation.id, " ")) == "empty-title"
    store.conversations.delete("anna", conversation.id)
    assert store.conversations.list("anna") == ()
    assert code_of(lambda: store.conversations.answer_by_link(kept.link)) == "unknown-answer"
    assert code_of(lambda: store.conversations.history("anna", conversation.id)) == "unknown-conversation"
    assert store.texts.of_answer(kept.link) == ()


def test_delete_all_leaves_others_alone(store: Store) -> None:
    for owner in ("anna", "anna", "bert"):
        conversation = store.conversations.create(owner)
        store.conversations.append_answer(owner, conversation.id, answer())
    assert store.conversations.delete_all("anna") == 2
    assert store.conversations.list("anna") == ()
    assert len(store.conversations.list("bert")) == 1


def test_every_call_with_another_owner_finds_nothing(store: Store) -> None:
    conversation = store.conversations.create("anna", "geheim")
    store.conversations.append_answer("anna", conversation.id, answer())
    for call in (
        lambda: store.conversations.get("bert", conversation.id),
        lambda: store.conversations.history("bert", conversation.id),
        lambda: store.conversations.rename("bert", conversation.id, "x"),
        lambda: store.conversations.delete("bert", conversation.id),
        lambda: store.conversations.append_answer("bert", conversation.id, answer()),
    ):
        assert code_of(call) == "unknown-conversation"
    assert store.conversations.search("bert", "geheim") == ()
    assert len(store.conversations.history("anna", conversation.id)) == 1


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["create", "append", "rename", "delete", "delete_all"]), st.sampled_from("ab"), st.integers(0, 5)
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_owners_never_reach_each_others_rows(store: Store, steps: list[tuple[str, str, int]]) -> None:
    """Two owners act at random, also on each other's ids; each sees exactly what a plain model of their own acts holds."""
    for owner in "ab":
        store.conversations.delete_all(owner)
    model: dict[str, dict[str, tuple[str, int]]] = {"a": {}, "b": {}}
    ids: list[str] = []
    for act, owner, pick in steps:
        if act == "create":
            made = store.conversations.create(owner, "titel")
            ids.append(made.id)
            model[owner][made.id] = ("titel", 0)
        elif act == "delete_all":
            assert store.conversations.delete_all(owner) == len(model[owner])
            model[owner].clear()
        elif ids:
            _act(store, model[owner], act, owner, ids[pick % len(ids)])
    for owner in "ab":
        assert {each.id: each.title for each in store.conversations.list(owner)} == {
            key: title for key, (title, _) in model[owner].items()
        }
        for key, (_, count) in model[owner].items():
            assert len(store.conversations.history(owner, key)) == count


def _act(store: Store, own: dict[str, tuple[str, int]], act: str, owner: str, target: str) -> None:
    calls: dict[str, Callable[[], object]] = {
        "append": lambda: store.conversations.append_answer(owner, target, answer()),
        "rename": lambda: store.conversations.rename(owner, target, f"van {owner}"),
        "delete": lambda: store.conversations.delete(owner, target),
    }
    if target not in own:
        assert code_of(calls[act]) == "unknown-conversation"
        return
    calls[act]()
    title, count = own[target]
    if act == "delete":
        del own[target]
    else:
        own[target] = (f"van {owner}", count) if act == "rename" else (title, count + 1)


def test_texts_open_as_the_answer_saw_them(store: Store) -> None:
    conversation = store.conversations.create("anna")
    old, new = cited_text(), cited_text("Anders gelezen.\nEr is geen verandering.", title="Nieuwe titel")
    first = store.conversations.append_answer("anna", conversation.id, answer(), [old])
    second = store.conversations.append_answer("anna", conversation.id, answer(), [new])
    third = store.conversations.append_answer("anna", conversation.id, answer(), [cited_text(title="Later hernoemd")])
    assert store.texts.of_answer(first.link) == (old,)
    assert store.texts.one(second.link, "dnn-brief", VERSION) == new
    assert store.texts.one(third.link, "dnn-brief", VERSION).source.title == "Later hernoemd"
    citation = first.answer.citations[0]
    text = store.texts.one(first.link, citation.document, citation.version).document.text
    assert text[citation.start : citation.end] == citation.quote
    assert code_of(lambda: store.texts.one(first.link, "anders", VERSION)) == "unknown-text"


def test_a_text_is_kept_once(store: Store) -> None:
    conversation = store.conversations.create("anna")
    for _ in range(3):
        store.conversations.append_answer("anna", conversation.id, answer(), [cited_text()])
    store.conversations.append_answer("anna", conversation.id, answer(), [cited_text("Een.\nTwee.")])
    store.conversations.delete_all("anna")
    assert store.maintenance.purge(90).texts == 2


AWKWARD = "nul \0 half \ud800 € ’ ï 😀 '; DROP TABLE answers; --"


def test_awkward_characters_are_kept_or_dropped_but_never_break(store: Store) -> None:
    conversation = store.conversations.create("anna", AWKWARD)
    kept = store.conversations.append_answer(
        "anna", conversation.id, answer(AWKWARD, AWKWARD), [cited_text(AWKWARD + "\nx")]
    )
    assert kept.answer.text == AWKWARD
    assert "\0" not in kept.question
    assert store.texts.of_answer(kept.link)[0].document.text == AWKWARD + "\nx"
    assert [each.id for each in store.conversations.search("anna", AWKWARD)] == [conversation.id]
    assert code_of(lambda: store.conversations.answer_by_link(AWKWARD)) == "unknown-answer"


def test_answers_that_arrive_together_get_each_their_position(store: Store) -> None:
    conversation = store.conversations.create("anna")
    with ThreadPoolExecutor(4) as pool:
        kept = list(
            pool.map(
                lambda _: store.conversations.append_answer("anna", conversation.id, answer(), [cited_text()]), range(12)
            )
        )
    assert sorted(each.position for each in kept) == list(range(1, 13))
