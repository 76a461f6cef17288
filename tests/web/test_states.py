"""What documents that contradict each other, or hold no more, lead to: from the real index to the page."""

from __future__ import annotations

import pytest
from small_home import CERTAIN, DISAGREE, FIGURES, OUTDATED, make_corpus

from assistant.home import Home
from assistant.service import Service
from assistant.settings import Settings
from assistant.store.values import Role
from assistant.web.access import Gate, Visitor
from assistant.web.chat import Chat
from assistant.web.site import Site

SOMEONE = Visitor("iemand", Role.READER)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("small"))
    make_corpus(home.corpus)
    service = Service(home, Settings())
    service.build_index()
    yield service
    service.close()


@pytest.fixture
def ask(small, store):
    chat = Chat(Site(small, store), Gate(small.settings.web, store))

    def go(question: str, as_of: str = "2026-11-22") -> str:
        return list(chat.ask(SOMEONE, {"question": question, "as_of": as_of}))[-1]

    return go


def test_sources_that_contradict_each_other_are_shown_beside_each_other(ask):
    html = ask(DISAGREE)
    assert "state-conflict" in html
    assert "De bronnen zeggen niet hetzelfde" in html
    assert html.index("mag casemanagement dementie niet indiceren") < html.index("mag casemanagement dementie indiceren")
    assert html.count("<blockquote") == 2
    for binding in ("het bindt wie een contract met hen sluit", "stelt zelf geen regels"):
        assert binding in html
    assert "<strong>Ja.</strong>" not in html
    assert "<strong>Nee.</strong>" not in html
    assert 'data-code="sources-disagree"' not in html  # the title says it already


def test_figures_that_differ_are_both_shown(ask):
    html = ask(FIGURES)
    assert "90 euro" in html
    assert "110 euro" in html


def test_a_source_that_holds_no_more_is_named_with_its_dates(ask):
    html = ask(OUTDATED)
    assert "state-outdated" in html
    assert "geldig van 1 januari 2019 tot en met 31 december 2019; voor 22 november 2026 geldt het niet" in html
    assert "De toeslag voor nachtopvang is 500 euro" in html
    assert "vond ik niets" not in html  # it was found, in a source that does not hold
    assert "Dit staat niet in de documenten" not in html


def test_the_same_source_answers_for_a_day_on_which_it_holds(ask):
    html = ask(OUTDATED, "2019-06-01")
    assert "state-answered" in html
    assert "500 euro" in html


def test_what_one_source_says_alone_is_answered(ask):
    assert "state-answered" in ask(CERTAIN)


def test_an_answer_in_part_says_which_part_is_left_open(ask):
    html = ask("Staat de wandelgroep in de wijk onder leiding van een beweegcoach en wat is de kleur van het zorgplan?")
    assert "state-partial" in html
    assert "Op ‘Wat is de kleur van het zorgplan?’ vond ik geen antwoord." in html


def test_a_follow_up_says_what_it_follows_on(small, store):
    chat = Chat(Site(small, store), Gate(small.settings.web, store))
    first = list(chat.ask(SOMEONE, {"question": CERTAIN}))[-1]
    conversation = first.split('data-conversation="')[1].split('"')[0]
    html = list(chat.ask(SOMEONE, {"question": "Waarom?", "conversation": conversation}))[-1]
    assert f'Ik lees dit als vervolg op uw vraag: <span lang="nl">{CERTAIN}</span>' in html
    assert "na de vraag" not in html


def test_a_greeting_is_no_answer_to_take_along(ask):
    html = ask("Hallo")
    assert "state-welcome" in html
    assert "Dit valt buiten deze documenten" not in html
    assert "answer-foot" not in html


def test_misspelt_words_say_as_what_they_were_read(ask):
    html = ask(CERTAIN.replace("wandelgroep", "wandelgroepp"))
    assert '<p class="understood" lang="nl">Ik lees ‘wandelgroepp’ als ‘wandelgroep’.</p>' in html
