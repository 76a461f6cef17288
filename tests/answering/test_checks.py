"""A statement may be shown only when its cited sentences carry it: pairs in Dutch, and what holds for any text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.checks import LONGEST, Fault, Support, faults

INDICATE = (
    "Het indiceren of iemand aangewezen is op verpleging thuis en dus ook op casemanagement dementie, is voorbehouden aan "
    "een bachelor- of masteropgeleide verpleegkundige."
)
OTHERS = (
    "Andere zorgverleners, bijvoorbeeld huisartsen of sociaal werkers zorg mogen deze zorg niet indiceren (p10 duiding)."
)
ANYONE = (
    "Iedere functionaris, bijvoorbeeld een sociaal werker zorg, die daartoe bevoegd en bekwaam is, mag deze zorg leveren."
)
EARLY = "Casemanagement dementie kan dus al vanaf de niet-pluisfase uit het basispakket vergoed worden."
COVERED = (
    "Als de verpleegkundige stelt dat casemanagement dementie nodig is door een behoefte aan geneeskundige zorg of een hoog "
    "risico daarop, dan wordt casemanagement vergoed uit het basispakket van de zorgverzekering."
)
SOCIAL = (
    "Casemanagement, geleverd door een professional met een sociaal profiel, kan in het geval van verzekerde zorg alleen "
    "worden ingezet als de zorgaanbieder de betrokkenheid van verpleegkundige expertise kan garanderen."
)
ONE = (
    "Vanuit de aanspraak zijn er geen belemmeringen om het casemanagement het hele ziektetraject thuis door één "
    "functionaris te laten uitvoeren."
)
TWELVE = (
    "Voor 2026 had DNN op verzoek van ZN en VWS een overzicht gemaakt van 12 netwerken die aangaven niet naar behoren te "
    "kunnen functioneren."
)
NO_CHANGE = "Dat betekent dat er voor 2026 geen verandering in (het proces van) de financiering is."
REASONS = "VWS ziet onvoldoende redenen om de beleidsregel aan te passen."
SOMETIMES = "Ook constateert ZN dat er soms wel wordt betaald maar dat het geld niet altijd bij de netwerken terechtkomt."
PARTY = "Een knelpunt is dat de regionale dementienetwerken geen zelfstandige contractpartij binnen het zorgstelsel zijn."
PRICE = "Het tarief is € 95,12 per uur; na 1 januari 2027 wordt het met 3,5% verhoogd, volgens artikel 3.1.1, tweede lid."
TERM = "De aanbieder moet de aanvraag binnen 6 weken afhandelen, tenzij de cliënt daar zelf van afziet."
BANNED = "Niet toegestaan zijn: het doorverkopen van uren aan een andere aanbieder"

SUPPORTED = [
    (INDICATE, "Alleen een bachelor- of masteropgeleide verpleegkundige mag casemanagement dementie indiceren."),
    (INDICATE, "Het indiceren van casemanagement dementie is voorbehouden aan een masteropgeleide verpleegkundige."),
    (OTHERS, "Huisartsen en sociaal werkers zorg mogen deze zorg niet indiceren."),
    (ANYONE, "Een sociaal werker zorg mag deze zorg leveren als die daartoe bevoegd en bekwaam is."),
    (EARLY, "Casemanagement dementie kan al vanaf de niet-pluisfase worden vergoed uit het basispakket."),
    (EARLY, "Ja. Casemanagement dementie kan vanaf de niet-pluisfase vergoed worden."),
    (COVERED, "Casemanagement wordt vergoed uit het basispakket als de verpleegkundige stelt dat het nodig is."),
    (
        SOCIAL,
        "Bij een professional met een sociaal profiel moet de zorgaanbieder verpleegkundige expertise kunnen garanderen.",
    ),
    (ONE, "Eén functionaris mag het casemanagement thuis het hele ziektetraject uitvoeren."),
    (TWELVE, "DNN maakte voor 2026 een overzicht van twaalf netwerken die niet goed kunnen functioneren."),
    (NO_CHANGE, "In 2026 verandert er niets in de financiering."),
    (REASONS, "VWS ziet niet genoeg redenen om de beleidsregel aan te passen."),
    (SOMETIMES, "Het geld komt niet altijd bij de netwerken terecht."),
    (PARTY, "Regionale dementienetwerken zijn geen zelfstandige contractpartij."),
    (PRICE, "Het tarief is 95,12 euro per uur."),
    (PRICE, "Volgens artikel 3.1.1, lid 2 wordt het tarief na 1 januari 2027 met 3,5 procent verhoogd."),
    (TERM, "De aanbieder moet de aanvraag binnen zes weken afhandelen, behalve als de cliënt daarvan afziet."),
    (BANNED, "Het doorverkopen van uren aan een andere aanbieder is niet toegestaan."),
]
_DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
REFUSED = [
    (INDICATE, "Een huisarts mag casemanagement dementie indiceren.", None),
    (INDICATE, "Het indiceren van casemanagement dementie is niet voorbehouden aan een verpleegkundige.", Fault.NEGATION),
    (INDICATE, "Een verpleegkundige is aangewezen op verpleging thuis en casemanagement dementie.", None),
    (OTHERS, "Huisartsen en sociaal werkers zorg mogen deze zorg indiceren.", Fault.NEGATION),
    (OTHERS, "Huisartsen mogen deze zorg niet leveren aan Achmea.", Fault.NAME),
    (OTHERS, "Achmea mag deze zorg niet indiceren.", Fault.NAME),
    (ANYONE, "Iedere functionaris moet deze zorg leveren.", Fault.MODALITY),
    (ANYONE, "Alleen een sociaal werker zorg mag deze zorg leveren.", Fault.MODALITY),
    (ANYONE, "Een sociaal werker zorg mag deze zorg niet leveren.", Fault.NEGATION),
    (EARLY, "Casemanagement dementie wordt vanaf de niet-pluisfase vergoed uit het basispakket.", Fault.MODALITY),
    (EARLY, "Casemanagement dementie kan niet vanaf de niet-pluisfase uit het basispakket vergoed worden.", Fault.NEGATION),
    (EARLY, "Casemanagement dementie kan vanaf 2024 uit het basispakket vergoed worden.", Fault.FIGURE),
    (EARLY, "Casemanagement dementie kan vanaf de niet-pluisfase uit de Wlz vergoed worden.", Fault.NAME),
    (COVERED, "Casemanagement dementie wordt vergoed uit het basispakket van de zorgverzekering.", None),
    (COVERED, "Casemanagement wordt niet vergoed uit het basispakket.", Fault.NEGATION),
    (SOCIAL, "Een professional met een sociaal profiel kan bij verzekerde zorg worden ingezet.", None),
    (ONE, "Eén functionaris mag het casemanagement thuis niet het hele ziektetraject uitvoeren.", Fault.NEGATION),
    (ONE, "Twee functionarissen mogen het casemanagement thuis het hele ziektetraject uitvoeren.", Fault.FIGURE),
    (TWELVE, "DNN maakte voor 2026 een overzicht van 15 netwerken.", Fault.FIGURE),
    (TWELVE, "DNN maakte voor 2025 een overzicht van 12 netwerken.", Fault.FIGURE),
    (TWELVE, "ActiZ maakte voor 2026 een overzicht van 12 netwerken.", Fault.NAME),
    (NO_CHANGE, "In 2026 verandert de financiering.", Fault.NEGATION),
    (REASONS, "VWS ziet voldoende redenen om de beleidsregel aan te passen.", Fault.NEGATION),
    (SOMETIMES, "ZN constateert dat er wordt betaald.", Fault.MODALITY),
    (SOMETIMES, "Het geld komt bij de netwerken terecht.", Fault.NEGATION),
    (PARTY, "Regionale dementienetwerken zijn een zelfstandige contractpartij.", Fault.NEGATION),
    (PRICE, "Het tarief is 95,12 procent per uur.", Fault.FIGURE),
    (PRICE, "Het tarief is € 951,20 per uur.", Fault.FIGURE),
    (PRICE, "Het tarief wordt na 1 februari 2027 met 3,5% verhoogd.", Fault.FIGURE),
    (PRICE, "Het tarief wordt verhoogd volgens artikel 3.1.2, tweede lid.", Fault.FIGURE),
    (TERM, "De aanbieder moet de aanvraag binnen 6 dagen afhandelen, tenzij de cliënt daarvan afziet.", Fault.FIGURE),
    (TERM, "De aanbieder kan de aanvraag binnen 6 weken afhandelen, tenzij de cliënt daarvan afziet.", Fault.MODALITY),
    (BANNED, "Het doorverkopen van uren aan een andere aanbieder is toegestaan.", Fault.NEGATION),
    (OTHERS, "De hoofdstad van Frankrijk ligt aan de rivier.", Fault.SUBJECT),
    (OTHERS, "Huisartsen mogen “nooit en te nimmer” deze zorg niet indiceren.", Fault.QUOTE),
    (OTHERS, "Huisartsen mogen deze zorg niet indiceren, zie https://voorbeeld.nl.", Fault.FORM),
    (OTHERS, "Huisartsen mogen deze zorg niet indiceren, zie voorbeeld.nl/zorg.", Fault.FORM),
    (OTHERS, "Huisartsen mogen deze zorg niet [indiceren](http://x).", Fault.FORM),
    (OTHERS, "Huisartsen mogen deze zorg niet indiceren <script>alert(1)</script>.", Fault.FORM),
    (OTHERS, "Huisartsen mogen deze zorg niet indiceren, mail naar a@b.example.", Fault.FORM),
    (OTHERS, "Huisartsen mogen deze zorg niet indiceren [3].", Fault.FORM),
    (OTHERS, "Huisartsen mogen deze zorg niet indiceren. " * 20, Fault.FORM),
    (OTHERS, "", Fault.FORM),
    (OTHERS, "Ja.", Fault.FORM),
]


@pytest.mark.parametrize(("quote", "statement"), SUPPORTED)
def test_what_the_source_says_may_be_said(quote: str, statement: str) -> None:
    assert faults(statement, Support((quote,))) == frozenset()


@pytest.mark.parametrize(("quote", "statement", "fault"), REFUSED)
def test_what_the_source_does_not_say_is_refused(quote: str, statement: str, fault: Fault | None) -> None:
    found = faults(statement, Support((quote,)))
    assert found
    assert fault is None or fault in found


def test_names_for_the_same_thing_count_as_one() -> None:
    quote = "De aanspraak vervalt zodra de cliënt een indicatie voor de Wlz heeft."
    statement = "De aanspraak vervalt zodra de cliënt een indicatie heeft voor de Wet langdurige zorg."
    assert Fault.NAME in faults(statement, Support((quote,)))
    assert not faults(statement, Support((quote,), aliases=(frozenset({"wlz", "wet langdurige zorg"}),)))


def test_the_place_of_a_quote_may_be_named_but_makes_no_rule() -> None:
    support = Support((OTHERS,), context="Inkoop van casemanagement dementie Zvw 2026 en 2027 › punt 3")
    assert not faults("Volgens punt 3 mogen huisartsen deze zorg in 2026 niet indiceren.", support)
    assert Fault.FIGURE in faults("Volgens punt 4 mogen huisartsen deze zorg niet indiceren.", support)
    assert Fault.SUBJECT in faults("De inkoop van casemanagement dementie staat in de Zvw.", support)


@given(st.text(max_size=LONGEST), st.lists(st.text(max_size=300), max_size=3))
def test_any_text_gets_a_verdict(statement: str, quotes: list[str]) -> None:
    assert faults(statement, Support(tuple(quotes))) <= set(Fault)


@given(st.integers(2, 999_999), st.integers(2, 999_999))
def test_another_number_is_refused_and_the_same_is_not(written: int, said: int) -> None:
    quote = f"De aanbieder ontvangt voor deze zorg {written:,} euro.".replace(",", ".")
    found = faults(f"De aanbieder ontvangt voor deze zorg € {said},00.", Support((quote,)))
    assert (Fault.FIGURE in found) == (written != said)


@given(_DAYS, _DAYS)
def test_another_date_is_refused_and_the_same_is_not(written: date, said: date) -> None:
    months = "januari februari maart april mei juni juli augustus september oktober november december".split()
    quote = f"De regeling geldt vanaf {written.day} {months[written.month - 1]} {written.year}."
    found = faults(f"De regeling geldt vanaf {said:%d-%m-%Y}.", Support((quote,)))
    assert (Fault.FIGURE in found) == (written != said)


@given(st.sampled_from([quote for quote, _ in SUPPORTED]))
def test_a_source_carries_its_own_words(quote: str) -> None:
    assert not faults(quote, Support((quote,)))


@given(
    st.sampled_from([statement for _, statement in SUPPORTED]),
    st.sampled_from(["http://a.nl", "<b>", "[1]", "`x`", "www.x.nl"]),
)
def test_no_markup_or_link_passes(statement: str, planted: str) -> None:
    quote = next(quote for quote, said in SUPPORTED if said == statement)
    assert faults(f"{statement} {planted}", Support((f"{quote} {planted}",))) == {Fault.FORM}
