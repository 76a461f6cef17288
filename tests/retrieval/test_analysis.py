"""What is understood of a question: its usable text, its parts in other words, spelling, years, documents it names."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import QUESTION

from assistant.errors import UsageError
from assistant.language.function_words import DUTCH
from assistant.records import Question
from assistant.retrieval.analysis import LONGEST_QUESTION, Analyst, usable
from assistant.retrieval.question import AnalysedQuestion, Ask, Origin

DAY = date(2026, 3, 1)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@pytest.fixture
def analyse(analyst: Analyst):  # type: ignore[no-untyped-def]
    def look(text: str, *history: str) -> AnalysedQuestion:
        return analyst.analyse(Question(text, DAY, history))

    return look


class TestUsable:
    @given(st.text(alphabet=st.characters(), max_size=60))
    def test_what_is_left_can_be_seen_and_said(self, text: str) -> None:
        try:
            clean = usable(text)
        except UsageError:
            assert not any(char.isalnum() for char in text.encode("utf-8", "replace").decode())
            return
        assert not _UNSEEN.search(clean)
        assert clean == " ".join(clean.split())
        assert usable(clean) == clean

    @given(st.integers(-2, 2))
    def test_the_longest_question(self, more: int) -> None:
        text = "a" * (LONGEST_QUESTION + more)
        if more <= 0:
            assert usable(f"  {text} \n") == text
        else:
            with pytest.raises(UsageError, match=str(len(text))):
                usable(text)


class TestParts:
    def test_every_telling_word_is_a_part(self, analyse) -> None:  # type: ignore[no-untyped-def]
        found = analyse(QUESTION)
        told = " ".join(key.text for key in found.keys)
        assert "casemanagement" in told
        assert "indiceren" in told
        assert not {key.text for key in found.keys} & DUTCH

    @pytest.mark.parametrize(
        ("asked", "documents_say"),
        [
            ("Zvw", ("zorgverzekeringswet",)),
            ("Zorgverzekeringswet", ("zvw",)),
            ("V&VN", ("verpleegkundigen", "verzorgenden", "nederland")),
            ("ketenregisseur", ("netwerkcoordinator",)),
            ("dementieconsulent", ("casemanager", "dementie")),
        ],
    )
    def test_a_part_has_the_other_words_for_it(self, analyse, asked: str, documents_say: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
        forms = [form.words for key in analyse(f"Wat is de rol van {asked} hierin?").keys for form in key.forms]
        assert any(set(documents_say) <= set(form) for form in forms)

    @pytest.mark.parametrize(("one", "other"), [("eigen risico", "eigen bijdrage"), ("casemanager", "netwerkcoordinator")])
    def test_what_is_not_the_same_is_never_swapped(self, analyse, one: str, other: str) -> None:  # type: ignore[no-untyped-def]
        for asked, never in ((one, other), (other, one)):
            forms = {" ".join(form.words) for key in analyse(f"Betaal ik voor {asked}?").keys for form in key.forms}
            assert never not in forms

    def test_other_words_weigh_less_than_those_that_were_used(self, analyse) -> None:  # type: ignore[no-untyped-def]
        found = analyse("Wie betaalt de dementieconsulent?")
        literal = {word for key in found.keys for form in key.forms if form.origin is Origin.LITERAL for word in form.words}
        literal_weights = [weight for word, weight in found.words.items() if word in literal]
        others = [weight for word, weight in found.words.items() if word not in literal]
        assert others
        assert max(others) < min(literal_weights)

    @given(text=st.text(max_size=80))
    def test_weights_and_strengths_are_shares(self, analyst: Analyst, text: str) -> None:
        try:
            found = analyst.analyse(Question(text, DAY))
        except UsageError:
            return
        assert all(0.0 <= key.weight <= 1.0 for key in found.keys)
        assert all(0.0 < form.strength <= 1.0 and form.words for key in found.keys for form in key.forms)
        assert all(0.0 < weight <= 1.0 for weight in (*found.words.values(), *found.grams.values()))
        assert found.asks
        assert found.dense


class TestSpelling:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("casemanagment", "casemanagement"),
            ("indiceeren", "indiceren"),
            ("mantelzorgger", "mantelzorger"),
            ("verpleegkundigge", "verpleegkundige"),
            ("zorgverzekerar", "zorgverzekeraar"),
        ],
    )
    def test_a_misspelling_is_mended_for_the_search_and_stays_in_the_question(  # type: ignore[no-untyped-def]
        self, analyse, written: str, meant: str
    ) -> None:
        found = analyse(f"Wat doet {written} hier?")
        assert meant in found.words
        assert written in found.interpreted

    @pytest.mark.parametrize("word", ["fiets", "belasting", "appeltaart", "Wmo", "2027", "Utrecht"])
    def test_a_word_that_dutch_knows_is_left_alone(self, analyse, word: str) -> None:  # type: ignore[no-untyped-def]
        found = analyse(f"Hoe zit het met {word} hier?")
        assert found.corrections == {}
        assert word.lower() in found.words

    def test_a_compound_in_two_pieces_is_found(self, analyse) -> None:  # type: ignore[no-untyped-def]
        assert "zorgverzekeraar" in analyse("Wat vraagt de zorg verzekeraar?").words


class TestContext:
    def test_an_english_question_is_looked_for_in_dutch(self, analyse) -> None:  # type: ignore[no-untyped-def]
        question = analyse("Which organisation pays for the case manager and the carpet?")
        forms = {key.text: {form.words for form in key.forms} for key in question.keys}
        assert ("betaalt",) in forms["pays"]
        assert ("tapijt",) in forms["carpet"]
        assert question.words["tapijt"] < question.words["carpet"]
        assert question.dense == "welke organisatie betaalt voor de case manager en de tapijt"

    def test_years_also_in_words(self, analyse) -> None:  # type: ignore[no-untyped-def]
        assert analyse("Wat geldt in 2027 en volgend jaar?").years == (2027,)
        assert analyse("Wat gold vorig jaar?").years == (2025,)
        assert analyse("Wat staat in BR/REG-26108?").years == ()

    def test_a_document_that_is_named(self, analyse) -> None:  # type: ignore[no-untyped-def]
        assert "nza-beleidsregel-verpleging-verzorging" in analyse("Wat staat in BR/REG-26108?").mentions
        assert "nza-beleidsregel-verpleging-verzorging" not in analyse("Wat staat in BR/REG-261089?").mentions
        assert analyse("Wat is een casemanager?").mentions == ()

    def test_another_language_is_noticed(self, analyse) -> None:  # type: ignore[no-untyped-def]
        assert "language" in {
            notice.code for notice in analyse("Qui peut décider si cette personne a droit aux soins?").notices
        }
        assert analyse("Who is allowed to assess the need for case management?").notices == ()

    def test_what_a_follow_up_inherits_is_marked_and_weighs_less(self, analyse) -> None:  # type: ignore[no-untyped-def]
        found = analyse("En in 2027?", QUESTION)
        assert found.years == (2027,)
        assert found.interpreted != "En in 2027?"
        assert Ask.WHO in found.asks
        alone = {key.text: key.weight for key in analyse(QUESTION).keys}
        inherited = {key.text: key.weight for key in found.keys if key.inherited}
        assert all(weight < alone[text] for text, weight in inherited.items() if text in alone)

    def test_without_history_nothing_is_inherited(self, analyse) -> None:  # type: ignore[no-untyped-def]
        assert not any(key.inherited for key in analyse("En de huisarts?").keys)
