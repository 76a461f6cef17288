"""Asking: what a coordinator does first, with keyboard and pointer."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

QUESTION = "Wie mag casemanagement dementie indiceren?"


def test_field_has_focus_and_enter_asks(visit, shot):
    watched = visit()
    page = watched.open()
    shot(page, "begin-1280")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer .chip")
    assert page.locator(".asked").inner_text().endswith(QUESTION)
    assert "voorbehouden aan een bachelor- of masteropgeleide verpleegkundige" in page.inner_text(".answer")
    assert page.evaluate("document.activeElement.id") == "vraag"
    assert "AI-systeem" in page.inner_text("body")


def test_shift_enter_makes_a_new_line(visit):
    page = visit().open()
    page.keyboard.type("Een")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("twee")
    assert page.input_value("#vraag") == "Een\ntwee"


def test_example_is_asked_and_comes_from_the_corpus(visit, app):
    page = visit().open()
    example = page.locator(".example").first
    text = example.inner_text()
    assert any(text in path.read_text("utf-8") for path in (app.home / "corpus" / "questions").iterdir())
    example.click()
    page.wait_for_selector(".thread[data-state=ready] .answer")
    assert text in page.inner_text(".asked")


def test_follow_up_shows_how_it_was_understood(visit):
    watched = visit()
    watched.open()
    watched.ask(QUESTION)
    page = watched.ask("En een sociaal werker?")
    assert page.locator(".turn").count() == 2
    assert "Zo heb ik uw vraag begrepen" in page.locator(".turn").nth(1).inner_text()


def test_reference_date_outside_validity_is_said(visit, shot):
    watched = visit()
    page = watched.open()
    page.fill("#peildatum", "2020-01-01")
    watched.ask("Is nazorg aan mantelzorgers mogelijk na opname?")
    answer = page.locator(".answer")
    assert "state-outdated" in (answer.get_attribute("class") or "")
    assert "Peildatum 1 januari 2020" in answer.inner_text()
    shot(page, "verouderd-1280")


def test_reference_date_is_marked_and_does_not_outlive_its_conversation(visit, shot):
    watched = visit(width=390, height=844)
    page = watched.open()
    today, word = page.input_value("#peildatum"), page.locator(".as-of span")
    assert word.bounding_box()["width"] < 2  # there is no room for the word, and today needs none
    watched.ask(QUESTION)
    for start_over in ("#nieuw", "a[data-conversation]"):
        page.fill("#peildatum", "2020-01-01")
        assert word.bounding_box()["width"] > 40
        shot(page, "peildatum-390")
        page.click("#gesprekken-openen")
        page.locator(start_over).first.click()
        assert page.input_value("#peildatum") == today
        assert word.bounding_box()["width"] < 2


@pytest.mark.parametrize(
    ("question", "state"),
    [
        (QUESTION, "answered|partial"),
        ("Wat is de hoofdstad van Frankrijk?", "out_of_scope|not_in_documents"),
        ("Hoe hoog is het uurtarief van de netwerkcoördinator in Almere?", "not_in_documents|not_loaded|partial"),
        ("Wat is het tarief in de beleidsregel BR/REG-26108?", "not_loaded|partial|answered"),
        ("x" * 2500, "too_long"),
        ("lange vraag," * 10_000, "too_long"),  # more than a request may hold
    ],
)
def test_each_state_has_an_icon_and_words(visit, question, state):
    watched = visit()
    page = watched.open()
    watched.ask(question)
    answer = page.locator(".answer").last
    assert page.input_value("#vraag") == (question if state == "too_long" else "")
    assert re.search(rf"state-({state})\b", answer.get_attribute("class") or "")
    assert answer.locator(".state svg").count() == 1
    assert len(answer.locator(".state span").inner_text()) > 5


def test_answer_is_told_to_screen_readers(visit):
    watched = visit()
    page = watched.open()
    watched.ask(QUESTION)
    page.wait_for_function("() => document.querySelector('#melding').textContent.length > 40")
    assert page.locator("#melding").get_attribute("aria-live") == "polite"
    assert page.inner_text("#melding").startswith(page.inner_text(".answer .state"))


def test_keyboard_alone_opens_and_closes_the_source(visit):
    watched = visit()
    page = watched.open()
    watched.ask(QUESTION)
    page.locator(".answer .chip").first.focus()
    preview = page.locator(".answer .chip + .preview").first
    preview.wait_for(state="visible")
    page.keyboard.press("Enter")
    page.wait_for_selector("#bron mark")
    assert page.evaluate("document.querySelector('#bron').contains(document.activeElement)")
    page.keyboard.press("Escape")
    page.wait_for_selector("#bron", state="hidden")
    assert page.evaluate("document.activeElement.classList.contains('chip')")


@pytest.mark.parametrize("choice", ["mask", "edit", "raw"])
def test_personal_data_is_shown_before_anything_is_kept(visit, app, choice, shot):
    question = "Mevrouw De Vries, BSN 123456782, heeft een vermoeden van dementie. Wie mag de indicatie stellen?"
    watched = visit()
    page = watched.open()
    watched.ask(question)
    card = page.locator(".state-privacy")
    assert "123456782" in card.inner_text()
    assert "[BSN]" in card.locator(".masked").inner_text()
    stored = b"".join(path.read_bytes() for path in (app.home / "data").iterdir())
    assert b"De Vries, BSN" not in stored
    if choice == "mask":
        shot(page, "privacy-1280")
    page.click(f"[data-privacy={choice}]")
    if choice == "edit":
        assert page.input_value("#vraag") == question
        return
    page.wait_for_selector(".thread[data-state=ready] .answer:not(.state-privacy)")
    assert ("123456782" in page.inner_text(".asked")) is (choice == "raw")
    page.goto(f"{app.url}/")
    page.click("#alles-weg")
    page.click("#weg-venster button[value=ja]")
    page.wait_for_function("() => !document.querySelector('#gesprekken-lijst a')")
    assert "123456782" not in app.log.read_text()


def test_stop_gives_the_field_back_at_once(visit):
    """The answer is held up on its way, since it is made in less time than a finger needs."""
    watched = visit()
    page = watched.open()
    held = []
    page.route("**/gradio_api/queue/data*", lambda route: held.append(route))
    watched.ask(QUESTION, wait=False)
    page.wait_for_selector("#stop:visible")
    page.click("#stop")
    page.wait_for_selector("#verstuur:visible")
    page.unroute("**/gradio_api/queue/data*")
    page.wait_for_selector(".state-stopped, .state-answered, .state-partial")
    page.fill("#vraag", "En nu?")
    assert page.is_enabled("#verstuur")
