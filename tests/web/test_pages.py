"""The pages around the chat, as readers and keepers get them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from assistant.corpus.questions import QuestionEntry
from assistant.service import Service
from assistant.settings import IndexSettings, Settings
from assistant.store.values import Role, Verdict
from assistant.web.access import Gate, Visitor
from assistant.web.chat import Chat
from assistant.web.language import words
from assistant.web.site import Site

QUESTION = "Wie mag casemanagement dementie indiceren?"
HERE = Visitor("lokaal", Role.ADMIN)  # whoever sits at this computer


@pytest.fixture
def site(site_with):
    return site_with()


@pytest.fixture
def client(client_of):
    return client_of()


@pytest.fixture
def ask(site):
    """Asks and keeps; tells the kept answer."""
    chat = Chat(site, Gate(site.settings.web, site.store))

    def go(question: str = QUESTION):
        list(chat.ask(HERE, {"question": question}))
        return site.store.conversations.history(HERE.name, site.store.conversations.list(HERE.name)[0].id)[-1]

    return go


def test_who_deletes_is_told_that_reactions_go_too(client, ask):
    answer = ask()
    client.post(f"/antwoord/{answer.link}/reactie", json={"verdict": "not_helpful", "line": "Dit klopt niet."})
    assert "Dit klopt niet." in client.get("/reacties").text
    assert client.get("/").text.count("met de links naar de antwoorden en de reacties daarop") == 2  # of one, of all
    assert "de reacties daarop" in client.get("/privacy").text.replace("\n", " ")
    client.post(f"/gesprekken/{answer.conversation}/weg")
    assert "Dit klopt niet." not in client.get("/reacties").text


def test_the_keeper_pages_through_all_reactions(client, ask, store, monkeypatch):
    monkeypatch.setattr("assistant.web.answers.PAGE_SIZE", 2)
    link = ask().link
    for number in range(5):
        store.feedback.add(
            f"lezer.{number}", link, Verdict.HELPFUL if number else Verdict.NOT_HELPFUL, line=f"nummer {number}"
        )
    seen, address = [], "/reacties"
    while address:
        html = client.get(address).text
        seen += re.findall(r"nummer \d", html)
        older = re.search(r'rel="next" href="([^"]+)">Oudere reacties', html)
        address = older and older[1].replace("&amp;", "&")
    assert seen == ["nummer 4", "nummer 3", "nummer 2", "nummer 1", "nummer 0"]
    assert "Nieuwere reacties" in html
    second = client.get("/reacties?oordeel=helpful&bladzijde=2").text
    assert re.findall(r"nummer \d", second) == ["nummer 2", "nummer 1"]
    assert 'href="/reacties?oordeel=helpful&amp;bladzijde=1"' in second
    assert "Oudere reacties" not in second


@pytest.mark.parametrize("address", ["bestaat-niet", "bestaat-niet/beeld", "dnn-brief-financiering?versie=abc"])
def test_an_unknown_document_is_told_with_titles(client, address):
    found = client.get(f"/document/{address}", headers={"accept": "text/html"})
    assert found.status_code == 404
    assert "Inkoop van casemanagement dementie Zvw 2026 en 2027" in found.text
    assert "zn-inkooptekst" not in found.text
    assert not re.search(r"[0-9a-f]{12}", found.text)


def test_readers_see_days_and_keepers_the_ids_as_well(client, ask):
    answer = ask()
    client.post(f"/antwoord/{answer.link}/reactie", json={"verdict": "helpful"})
    reactions = client.get("/reacties").text
    assert re.search(r"documenten van \d+ \w+ \d{4}, \d\d\.\d\d uur", reactions)
    assert f"Technische gegevens: zoekindex {answer.index}" in reactions
    citation = answer.answer.citations[0]
    source = client.get(f"/antwoord/{answer.link}/bron/{citation.document}/{citation.version}?van=1&tot=9").text
    summary = re.search(r"<summary>(.*?)</summary>", source)
    assert summary
    assert citation.version[:12] not in summary[1]
    copied = re.search(r'data-copy="([^"]*)"', source)
    assert copied
    assert citation.version[:12] not in copied[1]
    assert citation.version in source
    text = client.get(f"/antwoord/{answer.link}/tekst").text
    assert text.count(answer.index) == text.count(citation.version[:12]) == 1
    assert text.index("Technische gegevens") < text.index(answer.index) < text.index(citation.version[:12])


def test_conversations_stand_under_their_day(client, ask, store):
    ask()
    moments = [datetime.now(UTC) - timedelta(days=days) for days in (0, 1, 40)]
    for moment in moments[1:]:
        store.conversations._now = lambda moment=moment: moment
        ask()
    html = client.get("/gesprekken").text
    days = re.findall(r'<h2 class="day">([^<]+)</h2>', html)
    assert days == ["Vandaag", "Gisteren", words.day(moments[2].astimezone().date())]
    assert html.count("data-conversation=") == 3
    assert 'class="day">Vandaag' in client.post("/gesprekken/zoek", json={"text": "indiceren"}).text


def test_a_line_that_is_too_long_is_not_searched_for_names(client, ask, monkeypatch):
    """That takes seconds in a text of any length."""
    monkeypatch.setattr("assistant.web.answers.find_personal", lambda text: pytest.fail(f"{len(text)} characters"))
    refused = client.post(f"/antwoord/{ask().link}/reactie", json={"verdict": "helpful", "line": "mevrouw Jansen " * 3000})
    assert refused.status_code == 400
    assert "er passen er 1000" in refused.json()["error"]["message"]


def test_questions_to_begin_with_were_read_by_the_keeper(site, monkeypatch):
    question = "Is dit een vraag die iemand heeft nagekeken?"
    for draft, shown in ((True, ()), (False, (question,))):
        entries = (QuestionEntry("een", "citaat", (question,), draft=draft),)
        monkeypatch.setattr("assistant.web.site.load_questions", lambda _, name, entries=entries: entries)
        site.__dict__.pop("examples", None)
        assert tuple(dict.fromkeys(site.examples)) == shown


def test_the_start_asks_no_language_model(site):
    class Model:
        def write(self, *_: object) -> None:
            pytest.fail("the language model was asked")

    site.service._desk = replace(site.service.open(), writer=Model())
    site.warm()


def test_whatever_keeps_the_index_from_opening_is_told(home, store):
    settings = Settings(index=IndexSettings(embedder="/nergens"))
    site = Site(Service(home, settings), store)
    assert site.problem().code.startswith("embedder")
    html = Chat(site, Gate(site.settings.web, store)).start()
    assert site.problem().message in unescape(html)
