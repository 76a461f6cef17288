"""What the pages around the chat share, and the chat on paper."""

from __future__ import annotations

import pytest

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
