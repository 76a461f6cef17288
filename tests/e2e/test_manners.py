"""What the page itself owes its reader: to tell what was done, to show what it waits for, and to let Back go back."""

from __future__ import annotations

import pytest

from assistant.web import words

pytestmark = pytest.mark.browser

QUESTION = "Wie mag casemanagement dementie indiceren?"


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_what_was_done_is_shown_for_a_while_away_from_the_field(visit, shot, width, height):
    watched = visit(width=width, height=height)
    page = watched.open()
    watched.ask(QUESTION)
    page.click("[data-copy-from]")
    told = page.locator("#melding.told")
    told.wait_for()
    assert told.inner_text() == words.COPIED
    assert told.get_attribute("aria-live") == "polite"
    place, field = told.bounding_box(), page.locator("#vraagformulier").bounding_box()
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= width
    assert place["y"] + place["height"] < field["y"]
    shot(page, f"gekopieerd-{width}")
    told.wait_for(state="detached")


def test_an_opinion_that_is_lost_on_its_way_is_told_in_dutch(visit, shot):
    watched = visit()
    page = watched.open()
    watched.ask(QUESTION)
    page.context.set_offline(True)
    page.click("[data-verdict=helpful]")
    page.wait_for_selector("#melding.told")
    shot(page, "reactie-zonder-verbinding-1280")
    assert page.inner_text("#melding") == words.NO_CONNECTION
    page.context.set_offline(False)
    page.click("[data-verdict=helpful]")
    page.wait_for_selector(".opinion-thanks:visible")
