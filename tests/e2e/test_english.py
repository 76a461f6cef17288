"""The switch to English: by keyboard, on every page, kept after a reload, and only the words around the quotes change."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from assistant.web import words, words_en

pytestmark = pytest.mark.browser

QUESTION = "Who may assess the need for case management dementia?"
DRAFT = "Een vraag die nog niet af is"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def _violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:160]) for each in found if each["impact"] in ("serious", "critical")]


def _switch(page, language):
    """Chooses a language with the keyboard, and waits for the page in that language."""
    page.locator(f".language button[value={language}]").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("language => document.documentElement.lang === language", arg=language)


@pytest.mark.parametrize("width", [1280, 390])
def test_ask_in_english(visit, shot, width):
    watched = visit(width=width, height=900, reduced_motion="reduce")
    page = watched.open()
    assert page.locator("html").get_attribute("lang") == "nl"
    page.fill("#vraag", DRAFT)
    _switch(page, "en")
    page.wait_for_selector("#vraag")
    page.wait_for_function("draft => document.querySelector('#vraag').value === draft", arg=DRAFT)
    assert page.locator("h1").inner_text() == words_en.WELCOME
    assert page.locator("#vraag").get_attribute("placeholder") == words_en.QUESTION_HINT
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert _violations(page) == []
    shot(page, f"engels-begin-{width}")

    watched.ask(QUESTION)
    answer = page.locator(".answer")
    titles = {look.title for look in words_en.STATUSES.values()}
    assert answer.locator(".state").inner_text() in titles
    assert words_en.COPY_ANSWER in answer.inner_text()
    assert words.COPY_ANSWER not in answer.inner_text()
    assert answer.locator("blockquote, .near-quote").first.get_attribute("lang") == "nl"
    assert _violations(page) == []
    shot(page, f"engels-antwoord-{width}")

    answer.locator(".chip").first.click()
    page.wait_for_selector("#bron mark")
    assert words_en.COPY_QUOTE in page.locator("#bron").inner_text()
    assert page.locator("#bron .paper").get_attribute("lang") == "nl"
    assert _violations(page) == []
    shot(page, f"engels-bron-{width}")

    page.click("#bron-sluiten")
    page.reload()
    page.wait_for_selector(".answer .state")
    assert page.locator(".answer .state").inner_text() in titles
    _switch(page, "nl")
    page.wait_for_selector(".answer .state")
    assert words.COPY_ANSWER in page.locator(".answer").inner_text()


@pytest.mark.parametrize("width", [1280, 390, 360])
def test_pages_in_english(visit, shot, width):
    page = visit(width=width, height=900).open("/privacy")
    _switch(page, "en")
    for path, title in (("/privacy", words_en.PRIVACY_TITLE), ("/documenten", words_en.DOCUMENTS_TITLE)):
        page.goto(f"{page.url.split('/privacy')[0].split('/documenten')[0]}{path}")
        assert page.locator("h1").inner_text() == title
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert _violations(page) == []
        shot(page, f"engels{path.replace('/', '-')}-{width}")
