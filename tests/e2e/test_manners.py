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


@pytest.mark.parametrize("lost", [False, True])
def test_question_stands_there_before_the_server_has_said_a_word(visit, shot, lost):
    watched = visit()
    page = watched.open()
    held = []
    page.route("**/gradio_api/queue/join*", lambda route: held.append(route))
    watched.ask(QUESTION, wait=False)
    page.wait_for_selector(".pending .asked")
    assert page.inner_text(".pending .asked").endswith(QUESTION)
    assert words.WORKING in page.inner_text(".pending")
    assert not page.is_visible(".welcome")
    shot(page, "gevraagd-1280")
    if lost:
        held[0].abort()
        page.wait_for_selector("#verbinding:visible")
        assert page.locator(".asked").count() == 0
        assert page.is_visible(".welcome")
        assert page.input_value("#vraag") == QUESTION
        return
    held[0].continue_()
    page.wait_for_selector(".thread[data-state=ready] .answer .chip")
    assert page.locator(".asked").count() == 1
    assert page.locator(".pending").count() == 0


def test_personal_data_that_stay_behind_are_not_shown_again(visit):
    watched = visit()
    page = watched.open()
    watched.ask("Mevrouw De Vries, BSN 123456782: wie mag de indicatie stellen?")
    held = []
    page.route("**/gradio_api/queue/join*", lambda route: held.append(route))
    page.click("[data-privacy=mask]")
    page.wait_for_selector(".pending .asked")
    assert "123456782" not in page.inner_text(".thread")
    held[0].continue_()
    page.wait_for_selector(".thread[data-state=ready] .answer:not(.state-privacy)")
