"""axe on every page and state, at 1280, 390 and 360 pixels; zoom, motion and landmarks."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

QUESTION = "Wie mag casemanagement dementie indiceren?"
STATES = {
    "begin": None,
    "antwoord": QUESTION,
    "niet-gevonden": "Hoe hoog is het uurtarief van de netwerkcoördinator in Almere?",
    "buiten": "Wat is de hoofdstad van Frankrijk?",
    "ontbreekt": "Wat staat er in de beleidsregel verpleging en verzorging BR/REG-26108?",
    "te-lang": "x" * 2500,
    "persoonsgegevens": "Mevrouw De Vries met BSN 123456782 wil een casemanager. Wie indiceert?",
}
WHAT_LIES_WHERE = ["color-contrast", "target-size"]  # the rules that look at what lies over or under a thing
PAGES = (
    "/documenten",
    "/privacy",
    "/accounts",
    "/reacties",
    "/document/dnn-brief-financiering",
    "/document/zvw",
    "/bestaat-niet",
)


def _violations(page, rules=None):
    """What axe finds that is serious, by all of its rules or by the given ones."""
    options = {"runOnly": rules or ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        (each["id"], each["impact"], [node["html"][:160] for node in each["nodes"][:3]])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize("state", STATES)
def test_states(visit, shot, state, width, scheme):
    watched = visit(width=width, height=844, color_scheme=scheme, reduced_motion="reduce")
    page = watched.open()
    if STATES[state]:
        watched.ask(STATES[state])
    shot(page, f"staat-{state}-{width}")
    assert _violations(page) == []
    if state == "antwoord":
        page.locator(".answer .chip").first.click()
        page.wait_for_selector("#bron mark")
        assert _violations(page) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages(visit, path, scheme):
    page = visit(color_scheme=scheme).open(path)
    assert _violations(page) == []
    assert page.locator("main").count() == 1
    assert page.locator("h1").count() == 1


def test_permanent_answer_and_dialogs(visit):
    watched = visit(reduced_motion="reduce")
    page = watched.open()
    watched.ask(QUESTION)
    page.click("[data-verdict=not_helpful]")
    page.click("#alles-weg")
    page.wait_for_selector("#weg-venster[open]")
    assert _violations(page) == []
    page.keyboard.press("Escape")
    link = page.get_attribute("[data-copy-link]", "data-copy-link")
    page.goto(watched.app.url + link)
    assert _violations(page) == []


@pytest.mark.parametrize("width", [360, 640])  # 640 is a screen of 1280 at 200%
def test_nothing_is_cut_off_when_small(visit, width, shot):
    watched = visit(width=width, height=700)
    page = watched.open()
    watched.ask("Welke zorgelementen omvat casemanagement dementie?")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".answer .chip").first.click()
    page.wait_for_selector("#bron mark")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shot(page, f"klein-{width}")
    for path in PAGES:
        page.goto(watched.app.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_no_motion_where_it_is_unwanted(visit):
    watched = visit(reduced_motion="reduce")
    page = watched.open()
    watched.ask(QUESTION)
    assert page.locator(".answer").first.evaluate("e => getComputedStyle(e).animationName") == "none"


@pytest.mark.parametrize(("width", "height"), [(1280, 844), (390, 844), (640, 422), (320, 256)])
def test_nothing_lies_over_a_conversation_wherever_it_is_scrolled_to(visit, width, height):
    watched = visit(width=width, height=height, reduced_motion="reduce")
    page = watched.open()
    for question in (QUESTION, STATES["niet-gevonden"], STATES["buiten"]):
        watched.ask(question)
        assert _violations(page) == []
    scroller = "document.querySelector('#rw-thread')" if height > 480 else "document.scrollingElement"
    deep = page.evaluate(f"{scroller}.scrollHeight - {scroller}.clientHeight")
    for part in range(6):
        page.evaluate(f"{scroller}.scrollTop = {deep * part // 5}")
        assert _violations(page, WHAT_LIES_WHERE) == [], part


def test_preview_of_a_chip_stays_within_the_conversation(visit):
    watched = visit(width=1280, height=600, reduced_motion="reduce")
    page = watched.open()
    watched.ask(QUESTION)
    page.wait_for_timeout(300)  # a settled conversation scrolls to its last question
    chip = page.locator(".answer .chip").first
    chip.evaluate(
        "chip => { const t = document.querySelector('#rw-thread'); t.scrollTop += chip.getBoundingClientRect().top - 90; }"
    )
    chip.hover()
    page.wait_for_timeout(400)
    roof = page.locator("#rw-thread").bounding_box()["y"]
    assert page.locator(".answer .preview").first.bounding_box()["y"] >= roof
