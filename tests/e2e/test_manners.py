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


def test_panel_says_that_a_source_is_loading_and_when_that_fails(visit, shot):
    watched = visit()
    page = watched.open()
    watched.ask(QUESTION)
    held = []
    page.route("**/bron/**", lambda route: held.append(route))
    page.locator(".answer .chip").first.click()
    page.wait_for_selector(f"#bron-inhoud:has-text('{words.LOADING}')")
    shot(page, "bron-laadt-1280")
    held.pop().abort()
    page.wait_for_selector("#bron-opnieuw")
    assert words.LOAD_FAILED in page.inner_text("#bron-inhoud")
    shot(page, "bron-mislukt-1280")
    page.unroute("**/bron/**")
    page.click("#bron-opnieuw")
    page.wait_for_selector("#bron mark")
    assert page.locator("#bron-opnieuw").count() == 0


def test_a_source_that_comes_late_does_not_take_the_place_of_the_next(visit):
    watched = visit()
    page = watched.open("/documenten")
    held = []
    page.route("**/document/**", lambda route: held.append(route))
    links = page.locator("a.open-source")
    links.nth(0).click()
    page.wait_for_selector(f"#bron-inhoud:has-text('{words.LOADING}')")
    links.nth(1).evaluate("link => link.click()")  # the panel may lie over it
    while len(held) < 2:
        page.wait_for_timeout(20)
    wanted = links.nth(1).get_attribute("href").rpartition("/")[2]
    held[1].continue_()
    page.wait_for_selector(f"#bron .source[data-document='{wanted}']")
    with page.expect_response("**/document/**"):
        held[0].continue_()
    page.wait_for_timeout(300)
    assert page.locator(f"#bron .source[data-document='{wanted}']").count() == 1


@pytest.mark.parametrize("width", [1280, 390])
def test_back_closes_the_source_before_it_leaves_the_page(visit, width):
    watched = visit(width=width, height=844)
    page = watched.open("/privacy")
    page.goto(watched.app.url + "/documenten")
    for _ in range(2):  # closed by its own button, and opened once more, it leaves one step and no more
        page.locator("a.open-source").first.click()
        page.wait_for_selector("#bron .paper")
        page.click("#bron-sluiten")
        page.wait_for_function("() => !window.history.state")
    page.locator("a.open-source").first.click()
    page.wait_for_selector("#bron .paper")
    page.go_back()
    page.wait_for_selector("#bron", state="hidden")
    assert page.url.endswith("/documenten")
    page.go_back()
    assert page.url.endswith("/privacy")


def test_back_closes_the_list_of_conversations_and_returns_to_the_one_before(visit):
    watched = visit(width=390, height=844)
    page = watched.open()
    watched.ask(QUESTION)
    first = page.url
    page.click("#gesprekken-openen")
    page.go_back()
    page.wait_for_function("() => !document.body.classList.contains('side-shown')")
    assert page.url == first
    assert page.locator(".turn").count() == 1

    page.click("#gesprekken-openen")
    page.click("#nieuw")
    page.wait_for_selector(".welcome")
    watched.ask("Is nazorg aan mantelzorgers mogelijk na opname?")
    second = page.url
    assert second != first
    page.go_back()
    page.wait_for_selector(f".asked:has-text('{QUESTION}')")
    assert page.url == first
    page.go_forward()
    page.wait_for_selector(".asked:has-text('nazorg')")
    assert page.url == second


def test_back_does_not_return_to_a_conversation_that_was_deleted(visit, own_app):
    watched = visit(own_app)
    page = watched.open()
    watched.ask(QUESTION)
    first = page.url
    page.click("#nieuw")
    page.wait_for_selector(".welcome")
    watched.ask("En een huisarts?")
    page.click("#gesprekken-lijst li.now [data-delete]")
    page.click("#weg-venster button[value=ja]")
    page.wait_for_selector(".welcome")
    page.go_back()
    page.wait_for_selector(f".asked:has-text('{QUESTION}')")
    assert page.url == first


def test_a_question_beside_an_open_source_is_still_there_when_that_is_closed(visit):
    watched = visit()
    page = watched.open()
    watched.ask(QUESTION)
    page.click("#nieuw")
    page.wait_for_selector(".welcome")
    watched.ask("En een huisarts?")
    page.locator(".answer .chip").first.click()
    page.wait_for_selector("#bron .paper")
    watched.ask(QUESTION)
    asked = page.url
    page.go_back()
    page.wait_for_selector("#bron", state="hidden")
    assert page.url == asked
    assert page.locator(".turn").count() == 2


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_source_on_a_page_of_its_own_opens_at_the_marked_words(visit, shot, width, height):
    watched = visit(width=width, height=height)
    page = watched.open()
    watched.ask("Is nazorg aan mantelzorgers mogelijk na opname?")
    page.goto(watched.app.url + page.locator(".answer .chip").first.get_attribute("href"))
    place = page.locator(".paper mark").first.bounding_box()
    shot(page, f"bron-apart-{width}")
    roof = page.locator(".pages").bounding_box()
    assert roof["y"] + roof["height"] < place["y"] < height - 50
    assert page.evaluate("window.scrollY") > 0


def test_kept_answer_fits_a_phone_and_makes_room_for_its_source(visit, shot):
    watched = visit(width=1366, height=768)
    page = watched.open()
    watched.ask(QUESTION)
    link = page.get_attribute("[data-copy-link]", "data-copy-link")
    page.goto(watched.app.url + link)
    page.locator(".answer .chip").first.click()
    page.wait_for_selector("#bron mark")
    shot(page, "bewaard-antwoord-1366")
    answer = page.locator(".answer").bounding_box()
    assert answer["x"] + answer["width"] <= page.locator("#bron").bounding_box()["x"]
    page.click("#bron-sluiten")
    page.set_viewport_size({"width": 390, "height": 844})
    shot(page, "bewaard-antwoord-390")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_form_for_what_is_wrong_opens_in_view(visit, shot):
    watched = visit(width=1366, height=768, reduced_motion="reduce")
    page = watched.open()
    watched.ask(QUESTION)  # its answer leaves room for the first line of the form
    page.click("[data-verdict=not_helpful]")
    form = page.locator(".opinion fieldset").bounding_box()
    shot(page, "oordeel-1366")
    assert page.evaluate("document.activeElement.name") == "reden"
    assert form["y"] + form["height"] <= page.locator("#vraagformulier").bounding_box()["y"]
    assert form["y"] >= page.locator("#rw-thread").bounding_box()["y"]


def test_first_look_begins_at_the_top_however_far_zoomed_in(visit, shot):
    page = visit(width=683, height=384).open()  # a screen of 1366 by 768 at 200%
    page.wait_for_timeout(500)
    shot(page, "begin-683")
    assert page.evaluate("window.scrollY") == 0
    assert page.locator(".top").bounding_box()["y"] == 0
    assert page.evaluate("document.activeElement.id") == "vraag"


def test_question_in_a_conversation_that_another_tab_deleted_is_answered_in_a_new_one(visit, own_app):
    watched = visit(own_app)
    page = watched.open()
    watched.ask(QUESTION)
    gone = page.url
    page.evaluate(
        "fetch(`/gesprekken/${document.querySelector('.thread').dataset.conversation}/weg`, { method: 'POST' })"
        ".then(response => response.ok)"
    )
    watched.ask("Is nazorg aan mantelzorgers mogelijk na opname?")
    assert page.locator(".turn").count() == 1
    assert "nazorg" in page.inner_text(".asked")
    assert page.locator(".state-error").count() == 0
    assert page.url != gone


def test_what_was_typed_survives_a_reload_until_it_is_sent(visit):
    watched = visit()
    page = watched.open()
    page.fill("#vraag", QUESTION)
    page.reload()
    page.wait_for_function("text => document.querySelector('#vraag')?.value === text", arg=QUESTION)
    page.press("#vraag", "Enter")
    page.wait_for_selector(".thread[data-state=ready] .answer")
    page.reload()
    page.wait_for_selector(".answer")
    assert page.input_value("#vraag") == ""


def test_link_that_nobody_else_can_open_is_told(visit, shot):
    watched = visit(width=390, height=844)
    page = watched.open()
    watched.ask(QUESTION)
    page.click("[data-copy-link]")
    page.wait_for_selector("#melding.told")
    page.wait_for_timeout(300)
    shot(page, "link-390")
    assert page.inner_text("#melding") == words.COPIED_HERE
    assert page.evaluate("navigator.clipboard.readText()").startswith(watched.app.url)


@pytest.mark.parametrize("width", [390, 360])
def test_what_is_touched_is_as_high_as_a_finger(visit, shot, width):
    watched = visit(width=width, height=844, phone=True)
    page = watched.open()
    watched.ask(QUESTION)
    page.tap("[data-verdict=not_helpful]")
    shot(page, f"vingers-{width}")
    low = page.evaluate(
        "() => [...document.querySelectorAll("
        "'.mini, .top-nav a, .language button, #peildatum, .check, .opinion button, .ask button')]"
        ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))"
    )
    assert low == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    chip = page.locator(".answer .chip").first
    chip.scroll_into_view_if_needed()
    place = chip.bounding_box()
    page.touchscreen.tap(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2 - 21)
    page.wait_for_selector("#bron mark")
    page.wait_for_timeout(300)
    shot(page, f"vingers-bron-{width}")
    page.tap("#bron-sluiten")
    page.tap("#gesprekken-openen")
    page.wait_for_timeout(400)
    shot(page, f"vingers-gesprekken-{width}")
