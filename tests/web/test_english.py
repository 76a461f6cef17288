"""The web chat in English: both tables of words say the same things, and a page is in one language from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from assistant.errors import UsageError
from assistant.privacy.findings import LABELS
from assistant.records import DocumentStatus, Status
from assistant.store import database
from assistant.store.values import Reason, Role, Verdict
from assistant.web import words, words_en
from assistant.web.errors_en import ERRORS
from assistant.web.language import COOKIE, ENGLISH, language_of, speak, told
from assistant.web.words import StatusLook

ROOMS = Path(__file__).resolve().parents[2] / "assistant"
IN_ENGLISH = {"cookie": f"{COOKIE}={ENGLISH}"}
PAGES = ("/", "/documenten", "/privacy", "/accounts", "/reacties", "/document/dnn-brief-financiering", "/document/zvw")
QUESTION = "Wie mag casemanagement dementie indiceren?"
SAME_IN_BOTH = {"NAME", "MENU", "NAV_PRIVACY", "NAV_USERS", "STOP", "DOWNLOAD_WORD", "DOWNLOAD_PDF", "META_STATUS"}
SAME_IN_BOTH |= {"USERS_TITLE", "PRIVACY_TITLE", "USER_OPEN", "LANGUAGES"}


def _table(module: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(module).items() if name.isupper() and name != "LABELS" and name[0] != "_"}


def _texts(value: object) -> list[str]:
    """Every text of an entry, in order; of a state its title and line."""
    if isinstance(value, StatusLook):
        return [value.title, value.line]
    if isinstance(value, Mapping):
        return [text for part in value.values() for text in _texts(part)]
    return [str(value)]


def _places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def test_tables_have_the_same_names_and_places():
    dutch, english = _table(words), _table(words_en)
    assert dutch.keys() == english.keys()
    for name, value in dutch.items():
        other = english[name]
        assert type(value) is type(other), name
        if isinstance(value, Mapping):
            assert list(value) == list(other), name
        for one, two in zip(_texts(value), _texts(other), strict=True):
            assert bool(one.strip()) == bool(two.strip()), name
            assert _places(one) == _places(two), name
        if name != "STATUSES":
            assert all(_texts(value)), name
    for state, look in words.STATUSES.items():
        assert look.title
        assert look.icon == words_en.STATUSES[state].icon


def test_what_is_translated_differs():
    same = {name for name, value in _table(words).items() if _texts(value) == _texts(getattr(words_en, name))}
    assert same <= SAME_IN_BOTH


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        *[("STATUSES", Status), ("REASONS", Reason), ("VERDICTS", Verdict), ("ROLES", Role)],
        *[("STATUS_WORDS", DocumentStatus), ("PERSONAL_KINDS", LABELS)],
    ],
)
@pytest.mark.parametrize("table", [words, words_en])
def test_every_value_has_a_word(table, name, kinds):
    assert {kind.value for kind in kinds} <= set(getattr(table, name))


@pytest.mark.parametrize("table", [words, words_en])
@pytest.mark.parametrize(("model", "proxy"), [("", False), ("taalmodel-1", True)])
def test_privacy_page_says_as_much_in_both(table, model, proxy):
    parts = table.privacy_parts(90, model, proxy)
    assert [len(lines) for _, lines in parts] == [len(lines) for _, lines in words.privacy_parts(90, model, proxy)]
    assert all(title.strip() and all(line.strip() for line in lines) for title, lines in parts)
    assert "90" in str(parts)
    assert model in str(parts)


def test_dates_in_words():
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    assert words_en.validity(first, last) == "1 January 2026 to 31 December 2026"
    assert words_en.validity(first, None) == "from 1 January 2026"
    assert words_en.validity(None, None) == words_en.ALWAYS


def test_errors_that_a_visitor_can_meet_are_worded():
    files = [ROOMS / "store" / f"{name}.py" for name in ("accounts", "conversations", "feedback", "texts", "throttle")]
    files += [ROOMS / "retrieval" / "analysis.py", ROOMS / "corpus" / "library.py"]
    codes = {code for file in files for code in re.findall(r'Error\(\s*"([a-z-]+)"', file.read_text(encoding="utf-8"))}
    codes |= {code for _, code, *_ in database._MESSAGES}
    assert len(codes) > 15
    assert codes <= set(ERRORS)
    assert all(message and remedy for message, remedy in ERRORS.values())


def test_error_is_told_in_the_language_of_the_visitor():
    known, unknown = UsageError("empty-title", "Leeg.", "Vul in."), UsageError("iets-anders", "Iets.", "Doe iets.")
    speak("en")
    try:
        assert told(known) == ERRORS["empty-title"]
        assert told(unknown) == ("Iets.", "Doe iets.")
    finally:
        speak("nl")
    assert told(known) == ("Leeg.", "Vul in.")


@pytest.mark.parametrize("value", ["", "de", "EN", "en-GB", "<b>"])
def test_any_other_choice_is_dutch(value):
    assert language_of({COOKIE: value}) == "nl"


@pytest.mark.parametrize("path", PAGES)
def test_page_is_in_the_chosen_language(client_of, path):
    client = client_of()
    dutch = client.get(path, headers={"accept-language": "en-GB,en;q=0.9", "accept": "text/html"}).text
    english = client.get(path, headers={**IN_ENGLISH, "accept-language": "nl-NL", "accept": "text/html"}).text
    assert re.search(r'<html\s+lang="nl"', dutch)
    assert re.search(r'<html\s+lang="en"', english)
    assert words.NAV_DOCUMENTS in dutch
    assert _dutch_left(english) == []
    assert len(_dutch_left(dutch)) > 3  # the test would see Dutch if it were there


def test_chat_opens_in_the_chosen_language(client_of):
    client = client_of()
    for path in ("/", "/config"):
        for headers, here, other in (({}, words, words_en), (IN_ENGLISH, words_en, words)):
            text = client.get(path, headers=headers).text
            for name in ("WELCOME", "FOLLOW_UP_HINT", "AS_OF_LABEL", "AI_LINE", "CONNECTION_LOST"):
                assert getattr(here, name) in text, name
                assert getattr(other, name) not in text, name
            assert "rw-place-of" not in text


def test_answer_reader_and_errors_in_english(client_of, site_with):
    client, site = client_of(), site_with()
    asked = site.ask("lokaal", "", QUESTION, date(2026, 11, 1))
    citation = asked.answer.citations[0]
    link = f"/antwoord/{asked.stored.link}"
    kept = client.get(link, headers=IN_ENGLISH).text
    assert words_en.STATUSES[asked.answer.status.value].title in kept
    assert '<div class="answer-text" lang="nl">' in kept
    assert "1 November 2026" in kept
    source = client.get(f"{link}/bron/{citation.document}/{citation.version}", headers={**IN_ENGLISH, "x-deel": "1"}).text
    assert words_en.META_PUBLISHER in source
    assert 'class="paper" lang="nl"' in source
    for page in (kept, source):
        assert _dutch_left(page) == []
    gone = client.get("/antwoord/weg", headers={**IN_ENGLISH, "accept": "text/html"})
    assert gone.status_code == 404
    assert ERRORS["unknown-answer"][0] in gone.text
    refused = client.post("/gesprekken/weg", headers={**IN_ENGLISH, "origin": "https://elders.example"})
    assert refused.text == words_en.WRONG_ORIGIN
    assert client.post("/gesprekken/weg", headers={"origin": "https://elders.example"}).text == words.WRONG_ORIGIN


def test_signing_in_in_english(client_of, users):
    client = client_of(access="accounts")
    assert words_en.LOGIN_PASSWORD in client.get("/inloggen", headers=IN_ENGLISH).text
    wrong = client.post("/inloggen", data={"naam": "een.admin", "wachtwoord": "fout"}, headers=IN_ENGLISH)
    assert ERRORS["login-wrong"][0] in wrong.text
    assert client.get("/gesprekken", headers=IN_ENGLISH).json()["error"]["message"] == words_en.SIGN_IN_FIRST


def test_choice_is_kept_in_a_cookie_and_leads_back(client_of: Callable[..., Any]):
    client = client_of()
    chosen = client.post("/taal", data={"taal": "en"}, headers={"referer": "http://127.0.0.1:7860/?gesprek=abc"})
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/?gesprek=abc")
    cookie = chosen.headers["set-cookie"].lower()
    assert "taal=en" in cookie
    assert "samesite=lax" in cookie
    assert f"max-age={365 * 24 * 3600}" in cookie
    assert '<html lang="en"' in client.get("/privacy").text
    client.post("/taal", data={"taal": "nl"})
    assert '<html lang="nl"' in client.get("/privacy").text
    assert client.post("/taal", data={"taal": "de"}).status_code == 400


@pytest.mark.parametrize(
    ("referer", "to"),
    [
        ("", "/"),
        ("https://elders.example/privacy", "/privacy"),
        ("http://127.0.0.1:7860//elders.example/x", "/elders.example/x"),
        ("http://127.0.0.1:7860/\\elders.example", "/elders.example"),
        ("http://127.0.0.1:7860/accounts/een.reader", "/accounts"),
    ],
)
def test_switch_never_leads_elsewhere(client_of, referer, to):
    answer = client_of().post("/taal", data={"taal": "en"}, headers={"referer": referer})
    assert answer.headers["location"] == to


def _dutch_left(page: str) -> list[str]:
    """The Dutch texts of the table that stand in a page outside what is marked as Dutch."""
    shown = re.sub(r'<(\w+)[^>]* lang="nl"[^>]*>.*?</\1>', "", page.split("<body", 1)[-1], flags=re.DOTALL)
    shown = re.sub(r' (?:name|id|for|href|action|data-words)="[^"]*"', "", shown)
    texts = {text for name, value in _table(words).items() if name not in SAME_IN_BOTH for text in _texts(value)}
    known = {text for value in _table(words_en).values() for text in _texts(value)}
    return sorted(
        text for text in texts - known if len(text) > 2 and re.search(rf"(?<![\w-]){re.escape(text)}(?![\w-])", shown)
    )


@pytest.mark.parametrize(("headers", "asked", "english"), [(IN_ENGLISH, "nl", True), ({}, "en", True), ({}, "nl", False)])
def test_what_is_taken_along_is_in_the_language_of_the_page_or_the_answer(client_of, site_with, headers, asked, english):
    question = {"nl": QUESTION, "en": "Who may assess the need for case management dementia?"}[asked]
    stored = site_with().ask("lokaal", "", question, date(2026, 11, 1)).stored
    text = client_of().get(f"/antwoord/{stored.link}/tekst", headers=headers).text
    assert ("Reference date: 1 November 2026" in text) is english
    assert ("Peildatum: 1 november 2026" in text) is not english
    assert "masteropgeleide" in text


def test_a_quote_is_copied_in_the_language_of_the_page(client_of, site_with):
    asked = site_with().ask("lokaal", "", QUESTION, date(2026, 11, 1))
    citation = asked.answer.citations[0]
    path = (
        f"/antwoord/{asked.stored.link}/bron/{citation.document}/{citation.version}?van={citation.start}&tot={citation.end}"
    )
    assert "consulted on" in client_of().get(path, headers=IN_ENGLISH).text
    assert "geraadpleegd op" in client_of().get(path).text
