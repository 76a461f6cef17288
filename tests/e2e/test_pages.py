"""What the pages around the chat share, and the chat on paper."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.browser

QUESTION = "Wie mag casemanagement dementie indiceren?"


@pytest.mark.parametrize("width", [390, 320])
def test_every_page_has_the_same_menu_on_a_phone(visit, shot, width):
    watched = visit(width=width, height=844)
    menus = []
    for path, name in (("/", "Vraag"), ("/documenten", "Documenten"), ("/reacties", "Reacties"), ("/accounts", "Accounts")):
        page = watched.open(path)
        assert page.locator(".top-nav [aria-current=page]").inner_text() == name
        menus.append([link.inner_text() for link in page.locator(".top-nav a:visible").all()])
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot(page, f"menu-{name}-{width}")
    assert menus == [["Vraag", "Documenten", "Reacties", "Accounts", "Privacy"]] * 4


def test_on_paper_stand_the_pages_of_the_citations_and_the_line_about_ai(visit, shot):
    watched = visit(width=1366, height=768)
    page = watched.open()
    watched.ask(QUESTION)
    page.emulate_media(media="print")
    shot(page, "papier-1366")
    paper = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf())).pages)
    assert "AI-systeem" in paper
    assert re.search(r"1\s*,\s*pagina\s+2", paper)
    assert "Peildatum\n" not in paper  # the form is not printed
    assert page.locator(".answer-text").bounding_box()["width"] > 400


def test_conversations_stand_under_their_day_and_name_the_tab(visit, shot):
    watched = visit(width=1366, height=768)
    page = watched.open()
    watched.ask(QUESTION)
    page.wait_for_function(f"() => document.title === '{QUESTION} · Regelwijzer'")
    assert page.locator("#gesprekken-lijst h2").first.inner_text() == "Vandaag"
    shot(page, "gesprekken-1366")
    page.click("#nieuw")
    page.wait_for_function("() => document.title === 'Regelwijzer'")
