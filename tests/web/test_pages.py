"""The pages around the chat, as readers and keepers get them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from assistant.store.values import Role, Verdict
from assistant.web.access import Gate, Visitor
from assistant.web.chat import Chat
from assistant.web.language import words

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
