"""An answer as it is made by a language model on a real server of this machine: sentence by sentence, and stopped midway."""

from __future__ import annotations

import re
import socket
from threading import Event, Thread

import pytest
from model_server import ModelServer, Reply, chat, key_of, model_server, streamed, written

from assistant.service import Service
from assistant.settings import AnsweringSettings, Settings
from assistant.store.values import Role
from assistant.web.access import Gate, Visitor
from assistant.web.chat import Chat
from assistant.web.language import ENGLISH, speak, spoken
from assistant.web.site import Site

QUESTION = "Wie mag casemanagement dementie indiceren?"
SOMEONE = Visitor("iemand", Role.READER)
GOOD = "Alleen een bachelor- of masteropgeleide verpleegkundige mag casemanagement dementie indiceren."
ALSO = "Huisartsen en sociaal werkers zorg mogen dat niet."
WRONG = "Casemanagement dementie kost 480 euro per maand."
ONLY, OTHERS = "is voorbehouden aan een bachelor- of masteropgeleide", "bijvoorbeeld huisartsen of sociaal werkers"


@pytest.fixture
def server():
    with model_server(lambda request: Reply(b"", 500)) as served:
        yield served


@pytest.fixture
def chat_with(home, store):
    """A chat whose language model is at an address."""

    def make(address: str) -> Chat:
        answering = AnsweringSettings(model="openai:m", base_url=f"{address}/v1", timeout_s=10)
        service = Service(home, Settings(answering=answering))
        return Chat(Site(service, store), Gate(service.settings.web, store))

    return make


def _pieces(request, sentences, held: Event | None = None):
    """The model's answer in small pieces; before the last sentence it waits until ``held`` is set."""
    keys = {GOOD: ONLY, ALSO: OTHERS, WRONG: ONLY}
    text = written([(each, [key_of(request, keys[each])]) for each in sentences])
    last = text.rindex('{"text"')
    yield from (text[at : min(at + 40, last)] for at in range(0, last, 40))
    if held is not None:
        assert held.wait(20)
    yield text[last:]


def test_sentences_appear_one_by_one_once_they_are_checked(server: ModelServer, chat_with):
    held = Event()
    server.handler = lambda request: streamed(_pieces(request, (WRONG, GOOD, ALSO), held))
    steps = []
    for step in chat_with(server.address).ask(SOMEONE, {"question": QUESTION}):
        steps.append(step)
        if GOOD in step:
            held.set()
    making = steps[1:-1]
    assert all('data-state="busy"' in step for step in steps[:-1])
    assert all("Gevonden in:" in step and "Inkoop van casemanagement dementie" in step for step in making)
    assert GOOD not in making[0]
    assert any(GOOD in step and ALSO not in step for step in making)
    assert 'data-state="ready"' in steps[-1]
    assert GOOD in steps[-1]
    assert ALSO in steps[-1]
    assert "state-answered" in steps[-1]
    assert not any("480" in step for step in steps)  # what the quotes do not carry is never shown, not for a moment either
    assert [request["stream"] for request in server.requests] == [True]


def test_stop_ends_the_call_and_keeps_nothing(server: ModelServer, chat_with, store):
    held, hung_up = Event(), Event()

    def pieces(request):
        try:
            yield from _pieces(request, (GOOD, ALSO), held)
        finally:
            hung_up.set()

    server.handler = lambda request: streamed(pieces(request))
    chat = chat_with(server.address)
    steps = chat.ask(SOMEONE, {"question": QUESTION, "ask": "een"})
    step = next(steps)
    while GOOD not in step:
        step = next(steps)
    stopped = chat.stop(SOMEONE, {"question": QUESTION, "ask": "een"})
    assert "state-stopped" in stopped
    assert "state-stopped" in list(steps)[-1]  # whichever of the two the page hears last
    held.set()
    assert hung_up.wait(10)
    assert store.conversations.list("iemand") == ()
    assert chat._working == {}


def test_nobody_stops_the_question_of_another(server: ModelServer, chat_with):
    held = Event()
    server.handler = lambda request: streamed(_pieces(request, (GOOD, ALSO), held))
    chat = chat_with(server.address)
    steps = chat.ask(SOMEONE, {"question": QUESTION, "ask": "een"})
    next(steps), next(steps)
    chat.stop(Visitor("ander", Role.ADMIN), {"question": QUESTION, "ask": "een"})
    held.set()
    assert ALSO in list(steps)[-1]


@pytest.mark.parametrize(
    ("reply", "state", "title"),
    [
        (Reply(b"", 500), "model_down", "Het taalmodel doet het nu niet"),
        (Reply(b"<html>502</html>", 200), "model_down", "Het taalmodel doet het nu niet"),
        (streamed(["Dat weet ik ", "niet."]), "model_unfit", "Het antwoord in letterlijke citaten"),
        (chat("geen stroom"), "model_down", "Het taalmodel doet het nu niet"),
    ],
)
def test_a_failing_model_leaves_the_quotes_and_a_word_about_it(server: ModelServer, chat_with, reply, state, title):
    server.handler = lambda request: reply
    html = list(chat_with(server.address).ask(SOMEONE, {"question": QUESTION}))[-1]
    assert f"state-{state}" in html
    assert title in html
    assert "masteropgeleide" in html
    assert "<blockquote" in html
    assert 'class="notices"' not in html  # the title says it already


def test_a_model_that_is_down_is_said_in_the_language_of_the_page(chat_with):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    html = list(spoken(ENGLISH, chat_with(address).ask(SOMEONE, {"question": QUESTION})))[-1]
    speak("nl")
    assert "state-model_down" in html
    assert "The language model does not work now" in html


def test_sentences_that_were_left_out_are_said_and_the_answer_stands(server: ModelServer, chat_with):
    server.handler = lambda request: streamed(_pieces(request, (GOOD, ALSO, WRONG)))
    html = list(chat_with(server.address).ask(SOMEONE, {"question": QUESTION}))[-1]
    assert "state-answered" in html
    assert 'data-code="model-trimmed"' in html


def test_without_a_model_the_answer_is_there_at_once(site_with):
    site = site_with()
    steps = list(Chat(site, Gate(site.settings.web, site.store)).ask(SOMEONE, {"question": QUESTION}))
    assert len(steps) == 2
    assert "making" not in "".join(steps)


def test_two_questions_side_by_side_keep_apart(server: ModelServer, chat_with, store):
    server.handler = lambda request: streamed(_pieces(request, (GOOD, ALSO)))
    chat = chat_with(server.address)
    ends: dict[str, str] = {}

    def ask(name: str) -> None:
        ends[name] = list(chat.ask(Visitor(name, Role.READER), {"question": QUESTION, "ask": "zelfde"}))[-1]

    threads = [Thread(target=ask, args=(name,)) for name in ("een", "twee")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    links = [re.findall(r'data-copy-link="([^"]+)"', ends[name]) for name in ("een", "twee")]
    assert all(links)
    assert links[0] != links[1]
    assert [len(store.conversations.list(name)) for name in ("een", "twee")] == [1, 1]


def test_what_nobody_foresaw_is_a_plain_line_and_its_text_in_no_log(site_with, monkeypatch, caplog, capfd):
    site = site_with()

    def broken(*_: object) -> None:
        raise ValueError(QUESTION)

    monkeypatch.setattr(site.service, "ask", broken)
    html = list(Chat(site, Gate(site.settings.web, site.store)).ask(SOMEONE, {"question": QUESTION}))[-1]
    assert 'data-state="ready"' in html
    assert "state-error" in html
    assert "Probeer het opnieuw" in html
    out, err = capfd.readouterr()
    assert "indiceren" not in caplog.text + out + err
    assert "ValueError at" in caplog.text
