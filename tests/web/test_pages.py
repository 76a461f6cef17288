"""The pages around the chat, as readers and keepers get them."""

from __future__ import annotations

import pytest

from assistant.store.values import Role
from assistant.web.access import Gate, Visitor
from assistant.web.chat import Chat

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
