"""Reading the source of a citation: the very words, marked, with everything around them."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

LIST = "Welke zorgelementen omvat casemanagement dementie?"
QUESTION = "Wie mag casemanagement dementie indiceren?"

BROAD = (
    "Wat is de hoofdstad van Nederland en hoe duur is een fiets?",
    "Hoeveel geld krijgt een netwerk per jaar?",
    "Wie betaalt de netwerkcoördinator en hoe wordt het netwerk gefinancierd?",
    "Wanneer stopt casemanagement en wat gebeurt er bij opname in een verpleeghuis en de Wlz?",
)


def _squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("width", [1280, 390])
def test_chip_opens_the_marked_words_beside_the_answer(visit, shot, width):
    watched = visit(width=width, height=844)
    page = watched.open()
    watched.ask(QUESTION)
    shot(page, f"antwoord-{width}")
    page.locator(".answer .chip").first.click()
    page.wait_for_selector("#bron mark")
    marked = "".join(page.locator("#bron mark").all_inner_texts())
    quoted = page.locator(".answer blockquote").first.inner_text()
    assert _squeezed(quoted).startswith(_squeezed(marked))
    box = page.locator("#bron mark").first.bounding_box()
    panel = page.locator("#bron").bounding_box()
    assert box
    assert panel
    assert panel["y"] <= box["y"] < panel["y"] + panel["height"]
    assert panel["width"] == width if width == 390 else panel["x"] > 500
    shot(page, f"bron-{width}")
    page.click("#bron-sluiten")
    page.wait_for_selector("#bron", state="hidden")


def test_source_tells_all_about_itself(visit):
    watched = visit()
    page = watched.open()
    watched.ask(QUESTION)
    page.locator(".answer .chip").first.click()
    page.wait_for_selector("#bron mark")
    text = page.inner_text("#bron")  # all of it without opening anything
    for part in (
        "Inkoop van casemanagement",
        "Zorgverzekeraars Nederland",
        "inkoopbeleid",
        "1 januari 2026",
        "31 december 2027",
    ):
        assert part.lower() in text.lower()
    assert "het bindt wie een contract" in text
    page.click("#bron .meta summary")
    assert re.search(r"\b8fd66a53abe6[0-9a-f]{52}\b", page.inner_text("#bron .meta"))


def test_previous_and_next_citation_and_page(visit):
    watched = visit()
    page = watched.open()
    chips = page.locator(".answer").last.locator(".chip")
    for question in BROAD:  # which of these takes several quotes is for the answering to decide
        watched.ask(question)
        if chips.count() >= 2:
            break
    assert chips.count() >= 2
    chips.first.click()
    page.wait_for_selector("#bron mark")
    first = page.locator("#bron mark").first.inner_text()
    assert page.inner_text("#citaat-teller").startswith("Citaat 1 van ")
    page.click("#volgend-citaat")
    page.wait_for_function("before => document.querySelector('#bron mark')?.innerText !== before", arg=first)
    assert page.inner_text("#citaat-teller").startswith("Citaat 2 van ")
    page.click("#vorig-citaat")
    page.wait_for_function("before => document.querySelector('#bron mark')?.innerText === before", arg=first)
    label = page.inner_text("#bron .pages-now")
    page.locator("#bron a.page-link").last.click()
    page.wait_for_function("before => document.querySelector('#bron .pages-now').innerText !== before", arg=label)


def test_list_over_a_page_break_is_marked_on_both_pages(visit):
    watched = visit()
    page = watched.open()
    watched.ask(LIST)
    page.locator(".answer .chip").first.click()
    page.wait_for_selector("#bron mark")
    assert "loopt door op een andere pagina" in page.inner_text("#bron")
    page.click("#bron a.page-link[rel=next]")
    page.wait_for_function("() => document.querySelector('#bron mark')?.innerText.includes('zorgoverdracht')")


def test_quote_is_copied_with_its_reference(visit):
    watched = visit()
    page = watched.open()
    watched.ask(QUESTION)
    page.locator(".answer .chip").first.click()
    page.click("#bron .copy-quote")
    page.wait_for_function("() => document.querySelector('#melding').textContent.includes('Gekopieerd')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "voorbehouden aan een bachelor" in copied
    assert "Zorgverzekeraars Nederland" in copied


def test_preview_shows_on_hover_and_goes_with_escape(visit):
    watched = visit()
    page = watched.open()
    watched.ask(QUESTION)
    page.locator(".answer .chip").first.hover()
    preview = page.locator(".answer .preview").first
    preview.wait_for(state="visible")
    assert "pagina 2" in preview.inner_text()
    page.keyboard.press("Escape")
    preview.wait_for(state="hidden")


def test_documents_page_lists_finds_and_opens(visit, shot):
    watched = visit()
    page = watched.open("/documenten")
    shot(page, "documenten-1280")
    assert page.locator("#documenten > li").count() == 11
    assert page.locator(".card-missing a.official").count() >= 5
    page.fill("#zoek-document", "zorgstandaard")
    assert page.locator("#documenten > li:visible").count() >= 1
    assert "van 11 documenten" in page.inner_text("#documenten-aantal")
    page.fill("#zoek-document", "brief financiering")
    page.locator("#documenten > li:visible a.open-source").first.click()
    page.wait_for_selector("#bron .paper")
    assert "25 november 2025" in page.inner_text("#bron")
