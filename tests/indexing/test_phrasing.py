"""What the keeper's questions teach of wording."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.indexing.phrasing import Phrasing, write_phrasing

WHO, HOW_OFTEN, BARE = (0, 0), (0, 1), (1, 0)
UNITS = (
    (WHO, ("De verpleegkundige stelt de indicatie.", "Wie mag indiceren?", "Wie beslist over de indicatie?")),
    (HOW_OFTEN, ("Zij komt elke week langs.", "Hoe vaak komt zij langs?", "Om de hoeveel dagen komt ze?")),
    (BARE, ("Het netwerk krijgt een bijdrage van de verzekeraar.",)),
)
ANSWERED = [
    f"{start} {rest}"
    for start in ("Wie mag", "Wie moet", "Mag ik", "Hoe vaak", "Komt zij")
    for rest in ("a", "b", "c", "dat")
]
ANSWERED += ["Wat is een netwerk?", "Krijgt men een bijdrage?"]
ANSWERED += [text for _, texts in UNITS for text in texts]
UNANSWERED = [f"{start} {rest}" for start in ("Wat kost", "Hoeveel euro is", "Welk nummer heeft") for rest in "abcdefgh"]


def learned(folder: Path, answered: list[str], unanswered: list[str]) -> Phrasing:
    write_phrasing(folder / "phrasing", UNITS, answered, unanswered)
    return Phrasing(folder / "phrasing")


@pytest.fixture(scope="module")
def phrasing(tmp_path_factory: pytest.TempPathFactory) -> Phrasing:
    return learned(tmp_path_factory.mktemp("phrasing"), ANSWERED, UNANSWERED)


def test_new_questions_are_told_apart_by_their_wording(phrasing: Phrasing) -> None:
    assert phrasing.odds("Wie mag het dan wel?") > 0 > phrasing.odds("Wat kost zoiets?")


@pytest.mark.parametrize(("answered", "unanswered"), [(ANSWERED, UNANSWERED[:19]), (ANSWERED[:19], UNANSWERED), ([], [])])
def test_too_few_questions_tell_nothing(tmp_path: Path, answered: list[str], unanswered: list[str]) -> None:
    assert learned(tmp_path, answered, unanswered).odds("Wat kost zoiets?") == 0


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Door wie wordt de indicatie gesteld?", WHO),
        ("Hoeveel dagen per week komt ze?", HOW_OFTEN),
        ("krijgt ons netwerk een bijdrage", BARE),
    ],
)
def test_the_unit_that_is_asked_about_is_the_likeliest(phrasing: Phrasing, question: str, place: tuple[int, int]) -> None:
    """Also the unit that has no example questions."""
    likely = phrasing.likelihoods(question)
    assert max(likely, key=likely.__getitem__) == place


@given(st.text(max_size=80))
def test_likelihoods_and_shares_are_such(phrasing: Phrasing, question: str) -> None:
    likely = phrasing.likelihoods(question)
    assert set(likely) == {place for place, _ in UNITS}
    assert sum(map(math.exp, likely.values())) == pytest.approx(1)
    assert math.isfinite(phrasing.odds(question))
    assert all(0 <= phrasing.heard(question, place) <= 1 + 1e-6 for place in likely)


def test_what_a_unit_has_itself_is_heard_whole(phrasing: Phrasing) -> None:
    for place, texts in UNITS:
        assert all(phrasing.heard(text, place) == pytest.approx(1) for text in texts)
        assert phrasing.heard("Wat kost een uur?", place) < 0.5
    assert phrasing.heard("Wie mag indiceren?", (9, 9)) == 0


def test_without_questions_there_is_nothing_to_tell(tmp_path: Path) -> None:
    write_phrasing(tmp_path / "phrasing", (), [], [])
    empty = Phrasing(tmp_path / "phrasing")
    assert empty.likelihoods("Wie mag indiceren?") == {}
    assert empty.odds("Wie mag indiceren?") == 0
    assert empty.heard("Wie mag indiceren?", WHO) == 0
