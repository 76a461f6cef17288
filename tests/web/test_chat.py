"""The chat without a browser: what a question leads to, and that it is kept only when it may be."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta

import pytest

from assistant.errors import StorageError
from assistant.store.store import Store
from assistant.store.values import Role
from assistant.web.access import Gate, Visitor
from assistant.web.chat import Chat
from assistant.web.housekeeping import Housekeeping

QUESTION = "Wie mag casemanagement dementie indiceren?"
PERSONAL = "Mevrouw De Vries, BSN 123456782: wie mag casemanagement indiceren?"
SOMEONE = Visitor("iemand", Role.READER)


@pytest.fixture
def chat(site_with):
    site = site_with()
    return Chat(site, Gate(site.settings.web, site.store))


def _last(steps):
    return list(steps)[-1]


def test_answer_comes_after_a_sign_of_work(chat):
    steps = list(chat.ask(SOMEONE, {"question": QUESTION}))
    assert 'data-state="busy"' in steps[0]
    assert 'data-state="ready"' in steps[-1]
    assert "masteropgeleide" in steps[-1]


def test_too_many_questions_is_said_plainly(site_with):
    site = site_with(questions_per_minute=1)
    chat = Chat(site, Gate(site.settings.web, site.store))
    _last(chat.ask(SOMEONE, {"question": QUESTION}))
    html = _last(chat.ask(SOMEONE, {"question": "En een huisarts?"}))
    assert "state-too_many" in html
    assert re.search(r"over \d+ seconden opnieuw", html)


@pytest.mark.parametrize("day", ["0002-01-01", "1989-12-31", "2101-01-01", "12020-01-01", "gisteren"])
def test_a_reference_date_that_is_a_typing_error_is_refused_in_one_line(chat, store, day):
    html = _last(chat.ask(SOMEONE, {"question": QUESTION, "as_of": day}))
    assert "state-error" in html
    assert "De peildatum moet tussen 1990 en 2100 liggen." in html
    assert store.conversations.list("iemand") == ()


@pytest.mark.parametrize("day", ["1990-01-01", "2100-12-31", "", None])
def test_any_other_reference_date_is_asked_for(chat, day):
    html = _last(chat.ask(SOMEONE, {"question": QUESTION, "as_of": day}))
    assert "De peildatum moet" not in html


def test_a_question_among_html_is_answered_and_stays_escaped(chat):
    html = _last(chat.ask(SOMEONE, {"question": f"<script>alert(1)</script><img src=x onerror=alert(1)> {QUESTION}"}))
    assert "state-answered" in html
    assert f'begrepen: <span lang="nl">{QUESTION}' in html.replace("</span>", "")
    assert "&lt;script&gt;alert(1)" in html
    assert "<script" not in html
    assert "<img" not in html


def test_stop_leaves_the_conversation_and_says_so(chat):
    html = chat.stop(SOMEONE, {"question": QUESTION, "conversation": ""})
    assert "state-stopped" in html
    assert QUESTION in html


def test_personal_data_is_neither_kept_nor_asked_without_a_choice(chat, store):
    html = _last(chat.ask(SOMEONE, {"question": PERSONAL}))
    assert "state-privacy" in html
    assert store.conversations.list("iemand") == ()
    _last(chat.ask(SOMEONE, {"question": PERSONAL, "privacy": "mask"}))
    kept = store.conversations.history("iemand", store.conversations.list("iemand")[0].id)
    assert "123456782" not in kept[0].question
    assert "De Vries" not in kept[0].question


def test_conversation_of_someone_else_is_not_shown(chat, store):
    _last(chat.ask(SOMEONE, {"question": QUESTION}))
    theirs = store.conversations.list("iemand")[0].id
    other = Visitor("ander", Role.ADMIN)
    assert "masteropgeleide" not in chat.stop(other, {"conversation": theirs, "ask": "1"})
    assert "masteropgeleide" not in chat.open(other, theirs)
    html = _last(chat.ask(other, {"question": "Wat is de hoofdstad van Frankrijk?", "conversation": theirs}))
    assert QUESTION not in html
    assert theirs not in html
    assert len(store.conversations.history("iemand", theirs)) == 1


def test_question_in_a_conversation_that_was_deleted_begins_a_new_one(chat, store):
    _last(chat.ask(SOMEONE, {"question": QUESTION}))
    gone = store.conversations.list("iemand")[0].id
    store.conversations.delete("iemand", gone)
    html = _last(chat.ask(SOMEONE, {"question": QUESTION, "conversation": gone}))
    assert "masteropgeleide" in html
    assert gone not in html
    assert [each.title for each in store.conversations.list("iemand")] == [QUESTION]


def test_unknown_conversation_is_said_without_an_empty_question(chat):
    html = chat.open(SOMEONE, "bestaat-niet")
    assert "bestaat niet" in html
    assert 'class="asked"' not in html


@pytest.mark.parametrize("question", ["", "   ", "x" * 100_000, "\x00\x01", "‮olleh", "[1] [2] **"])
def test_odd_questions_get_a_plain_line(chat, question):
    html = _last(chat.ask(SOMEONE, {"question": question}))
    assert 'data-state="ready"' in html
    assert "Traceback" not in html
    assert len(html) < 60_000


def test_answer_is_shown_when_it_cannot_be_kept(chat, monkeypatch):
    def full(*_: object) -> None:
        raise StorageError("disk-full", "De schijf is vol.", "Maak ruimte.")

    monkeypatch.setattr(chat._site.store.conversations, "append_answer", full)
    html = _last(chat.ask(SOMEONE, {"question": QUESTION}))
    assert "masteropgeleide" in html
    assert "kon niet worden bewaard" in html
    assert "/document/zn-inkooptekst-casemanagement?" in html


def test_retention_is_carried_out_at_the_start(tmp_path, chat, service):
    address = f"sqlite:///{tmp_path / 'oud.sqlite3'}"
    long_ago = datetime.now(UTC) - timedelta(days=91)
    with Store(address, now=lambda: long_ago) as old:
        old.conversations.create("iemand", "Oud")
    with Store(address) as now:
        now.conversations.create("iemand", "Nieuw")
        with Housekeeping(now, 90):
            end = time.monotonic() + 10
            while len(now.conversations.list("iemand")) > 1 and time.monotonic() < end:
                time.sleep(0.02)
        assert [each.title for each in now.conversations.list("iemand")] == ["Nieuw"]
