"""Whether a text holds the kind of thing that is asked for, and how much of a question sentences speak to."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.calibration import load_calibration
from assistant.answering.fitness import fitness, gives, untimely
from assistant.answering.matching import Sentences, coverage, together
from assistant.records import Question
from assistant.retrieval.question import AnalysedQuestion, Ask, Form, Key, Origin


def question(*asks: Ask, years: tuple[int, ...] = (), counted: tuple[str, ...] = ()) -> AnalysedQuestion:
    asked = Question("?", date(2026, 3, 1))
    return AnalysedQuestion(asked, "?", "nl", (), frozenset(asks), {}, {}, "?", years=years, counted=counted)


@pytest.mark.parametrize(
    ("ask", "held", "not_held"),
    [
        (Ask.MONEY, "Het tarief is € 85,20.", "Het tarief staat in de beschikking."),
        (Ask.COUNT, "Er zijn 65 netwerken.", "Er zijn veel netwerken."),
        (Ask.COUNT, "Er zijn twaalf netwerken.", "3. In 2026 (p8 duiding) geldt BR/REG-26108 vanaf 1 januari."),
        (Ask.FREQUENCY, "De zorg wordt periodiek bekeken.", "De zorg wordt in 2026 bekeken."),
        (Ask.DURATION, "Binnen zes weken.", "Binnen een termijn."),
        (Ask.DURATION, "Ten hoogste negentig dagen.", "Volgens het vierde lid."),
        (Ask.DURATION, "Na eenentwintig etmalen.", "Na het etmaal."),
        (Ask.EXCLUDED, "Dit geldt niet voor revalidatie.", "Dit geldt voor revalidatie."),
        (Ask.WHEN, "Vanaf 1 januari 2026.", "Ooit."),
        (Ask.CONTACT, "Bel 030-1234567 of mail info@voorbeeld.nl", "Neem contact op."),
        (Ask.WHO, "Alleen de wijkverpleegkundige mag dat.", "Dat mag niet."),
        (Ask.WHO, "De groep staat onder leiding van een beweegcoach.", "Begeleiding is belangrijk."),
        (Ask.WHO, "Het Rijk en de leden van de raad betalen.", "Dat was drie jaar geleden, zegt het tweede lid."),
        (Ask.WHY, "Dit gebeurt omdat het moet.", "Dit gebeurt."),
    ],
)
def test_what_is_asked_for_is_there_or_not(ask: Ask, held: str, not_held: str) -> None:
    assert fitness(question(ask), held) == 1.0
    assert fitness(question(ask), not_held) == 0.0


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Een overzicht van 12 netwerken.", True),
        ("Een overzicht van 12 kleine dementienetwerken.", True),
        ("Er zijn drie gesprekken gevoerd over de netwerken.", False),
        ("De netwerken hebben 12 leden.", False),
    ],
)
def test_a_number_must_count_the_very_thing(text: str, counts: bool) -> None:
    assert gives(question(Ask.COUNT, counted=("netwerken",)), Ask.COUNT, text) is counts


@pytest.mark.parametrize(
    ("year", "text", "other"),
    [
        (2027, "Voor 2026 verandert er niets.", True),
        (2027, "Voor de periode na 2026 is er gekeken.", False),
        (2026, "Voor de periode na 2026 is er gekeken.", True),
        (2028, "Dit geldt vanaf 1 januari 2026.", False),
        (2028, "Dit geldt tot en met 2027.", True),
        (2027, "Dit geldt altijd.", False),
        (2027, "De inkoop voor 2026 en 2027.", False),
    ],
)
def test_a_text_of_other_years_is_untimely(year: int, text: str, other: bool) -> None:
    assert untimely(question(Ask.WHETHER, years=(year,)), text) is other
    assert not untimely(question(Ask.WHETHER), text)


@given(st.frozensets(st.sampled_from(Ask)), st.lists(st.integers(1990, 2040), max_size=2), st.text(max_size=60))
def test_fitness_is_a_share(asks: frozenset[Ask], years: list[int], text: str) -> None:
    assert 0.0 <= fitness(question(*asks, years=tuple(years)), text) <= 1.0


def key(*forms: str, strength: float = 1.0) -> Key:
    return Key(forms[0], 1.0, tuple(Form(tuple(form.split()), strength, Origin.LITERAL) for form in forms))


def test_a_sentence_speaks_to_a_part_in_any_of_its_forms() -> None:
    sentences = Sentences(["De zorgverzekeringswet regelt dit.", "De wijkverpleegkundige komt thuis.", ""])
    found = sentences.matches([key("zvw", "zorgverzekeringswet"), key("wijkverpleegkundigen"), key("gemeente")])
    assert found[0, 0] == 1.0
    assert found[1, 0] == 0.0
    assert 0.0 < found[1, 1] < 1.0
    assert not found[:, 2].any()
    assert not found[2].any()


def test_coverage_is_the_weighed_share() -> None:
    sentences = Sentences(["appel peer", "peer"])
    matches = sentences.matches([key("appel"), key("peer")])
    assert coverage(matches, [3.0, 1.0]).tolist() == [1.0, 0.25]
    assert coverage(matches, [0.0, 0.0]).tolist() == [0.0, 0.0]
    assert together(matches).tolist() == [[1.0, 1.0]]
    assert together(matches[:0]).tolist() == [[0.0, 0.0]]


SOME = st.lists(st.sampled_from("zorg zorgplan plan arts huisarts de van 12".split()), max_size=6).map(" ".join)


@given(st.lists(SOME, min_size=1, max_size=70), st.lists(SOME.filter(bool), min_size=1, max_size=5))
def test_matches_are_shares_and_more_text_never_says_less(texts: list[str], asked: list[str]) -> None:
    keys = [key(form) for form in asked]
    matches = Sentences(texts).matches(keys)
    assert matches.shape == (len(texts), len(keys))
    assert ((matches >= 0) & (matches <= 1)).all()
    alone = np.concatenate([Sentences([text]).matches(keys) for text in texts])
    assert np.allclose(np.where(alone == 1.0, matches, 1.0), 1.0)
    whole = Sentences([" ".join(texts)]).matches(keys)[0]
    assert (whole >= together(matches)[0] - 1e-6).all()


def test_the_shipped_parameters_are_whole_and_say_where_they_come_from() -> None:
    calibration = load_calibration()
    for rules in (calibration.asked, calibration.plain):
        assert 0.0 < rules.sufficiency.threshold < 1.0
        assert all(weight >= 0 for weight in rules.units)
        assert rules.selection.most >= 1
    assert calibration.provenance
