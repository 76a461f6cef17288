"""Drafts of example questions: what gets them, what stays as it is, and what a language model is asked and may answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

import pytest
from small_corpus import RULES, Shop, sha

from assistant.corpus.checking import check_corpus
from assistant.corpus.drafting import Drafted, count_questions, draft_questions
from assistant.corpus.model_drafts import Ask
from assistant.corpus.questions import load_questions
from assistant.corpus.shelf import open_shelf
from assistant.errors import BusyError, CorpusError, ModelError

TODAY = date(2026, 11, 22)
GLOSSARY = '[[concept]]\nterm = "verpleegkundige"\nlay = ["zuster"]\n'
MINE = '# van mij\n[[unit]]\nquote = "2. De casemanager helpt"  # blijft\nquestions = ["Wie helpt mij?"]\n'

Reply = Iterable[tuple[str, Sequence[str]]]


@pytest.fixture(autouse=True)
def _glossary(shop: Shop) -> None:
    (shop.folder / "glossary.toml").write_text(GLOSSARY, "utf-8")


def draft(shop: Shop, document: str = "regels", ask: Ask | None = None) -> Drafted:
    return draft_questions(shop.library(), document, TODAY, ask)


def test_every_unit_that_says_something_gets_drafts_and_a_second_time_changes_nothing(shop: Shop) -> None:
    drafted = draft(shop)
    entries = load_questions(shop.folder, "regels")
    assert drafted.units == len(entries) >= 2
    assert all(entry.draft for entry in entries)
    assert drafted.questions == sum(len(entry.questions) for entry in entries)
    assert "Wie mag indiceren?" not in entries[0].questions  # two words tell too little
    assert any("Zuster" in question for entry in entries for question in entry.questions)
    before = shop.tree()
    assert draft(shop).units == 0
    assert shop.tree() == before
    counts = count_questions(shop.library(), shop.library().source("regels"))
    assert (counts.kept, counts.drafts) == (0, drafted.units)


def test_what_the_keeper_wrote_stays_byte_for_byte(shop: Shop) -> None:
    path = shop.folder / "questions" / "regels.toml"
    path.parent.mkdir()
    path.write_text(MINE, "utf-8")
    draft(shop)
    text = path.read_text("utf-8")
    assert text.startswith(MINE.rstrip())
    entries = load_questions(shop.folder, "regels")
    assert [(entry.quote, entry.questions) for entry in entries if not entry.draft] == [
        ("2. De casemanager helpt", ("Wie helpt mij?",))
    ]
    assert not any("casemanager" in entry.quote for entry in entries if entry.draft)


def test_the_keeper_is_told_of_drafts_once_for_each_document(shop: Shop) -> None:
    draft(shop)
    found = [problem for problem in check_corpus(shop.library(), TODAY) if problem.code == "draft-questions"]
    assert len(found) == 1
    assert found[0].file == "questions/regels.toml"
    assert found[0].line > 0
    assert not [problem for problem in check_corpus(shop.library(), TODAY) if problem.code.startswith("quote-")]


def test_quotes_and_odd_signs_in_a_text_give_a_file_that_can_be_read(shop: Shop) -> None:
    odd = 'De verpleegkundige mag "indiceren" \\ altijd.\n\nDe verpleegkundige mag "indiceren" \\ altijd.\n'
    (shop.folder / "documents" / "regels.txt").write_text(odd, "utf-8")
    shop.spoil(sha(RULES), sha(odd))
    assert draft(shop).units
    assert load_questions(shop.folder, "regels")


def test_an_unknown_or_missing_document_is_refused(shop: Shop) -> None:
    with pytest.raises(CorpusError, match="onbekend"):
        draft(shop, "nergens")
    with pytest.raises(CorpusError, match="zit niet in het corpus"):
        draft(shop, "zvw")
    assert not (shop.folder / "questions").exists()


def test_two_at_once_are_refused(shop: Shop) -> None:
    with open_shelf(shop.folder), pytest.raises(BusyError):
        draft(shop)


class TestByAModel:
    def test_it_gets_sentences_as_data_and_its_questions_are_kept_by_key(self, shop: Shop) -> None:
        asked: list[dict[str, object]] = []

        def ask(messages: Sequence[tuple[str, str]]) -> Reply:
            assert messages[0][0] == "system"
            data = json.loads(messages[1][1])
            asked.append(data)
            lines = data["zinnen"]
            yield from ((f"Vraag {n} bij {line['sleutel']}?", [line["sleutel"]]) for n in range(20) for line in lines)

        drafted = draft(shop, ask=ask)
        assert drafted.by_model == drafted.units
        assert drafted.trouble is None
        assert asked[0]["document"] == "De regels"
        entries = load_questions(shop.folder, "regels")
        assert all(len(entry.questions) == 8 for entry in entries)

    def test_what_is_no_question_or_names_no_sentence_is_left_out(self, shop: Shop) -> None:
        def ask(messages: Sequence[tuple[str, str]]) -> Reply:
            return [
                ("Een antwoord.", ["z1"]),
                ("Kijk op https://voorbeeld.nl?", ["z1"]),
                ("<script>?", ["z1"]),
                ("x" * 300 + "?", ["z1"]),
                ("Hoort bij niets?", ["z99"]),
                ("?", ["z1"]),
            ]

        drafted = draft(shop, ask=ask)
        assert drafted.by_model == 0
        text = (shop.folder / "questions" / "regels.toml").read_text("utf-8")
        assert "sjablonen" in text
        assert "voorbeeld.nl" not in text

    def test_templates_stand_in_where_it_fails_and_it_is_not_asked_again(self, shop: Shop) -> None:
        calls = []

        def ask(messages: Sequence[tuple[str, str]]) -> Reply:
            calls.append(messages)
            raise ModelError("model-timeout", "Het taalmodel gaf geen antwoord.", "Probeer het later.")

        drafted = draft(shop, ask=ask)
        assert len(calls) == 1
        assert drafted.units
        assert drafted.trouble is not None
