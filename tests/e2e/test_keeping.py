"""What is kept: conversations, permanent links, exports, reactions; over a reload, a restart and a new index."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from contextlib import suppress

import httpx
import pytest
from playwright.sync_api import Error as PlaywrightError

pytestmark = pytest.mark.browser

QUESTION = "Wie mag casemanagement dementie indiceren?"
QUOTE = "voorbehouden aan een bachelor- of masteropgeleide verpleegkundige"


def _chips_texts(page):
    return page.locator(".answer-text").first.inner_text()


def test_conversation_survives_reload_and_restart(visit, own_app):
    watched = visit(own_app)
    page = watched.open()
    watched.ask(QUESTION)
    watched.ask("En een huisarts?")
    before = page.locator(".turn").all_inner_texts()
    page.reload()
    page.wait_for_function("() => document.querySelectorAll('.turn').length === 2")
    assert page.locator(".turn").all_inner_texts() == before
    own_app.stop()
    own_app.start()
    page.reload()
    page.wait_for_function("() => document.querySelectorAll('.turn').length === 2")
    page.locator(".answer .chip").first.click()
    page.wait_for_selector("#bron mark")


def test_conversations_are_searched_renamed_and_deleted(visit, own_app):
    watched = visit(own_app)
    page = watched.open()
    watched.ask("Is nazorg aan mantelzorgers mogelijk na opname?")
    page.wait_for_selector("#gesprekken-lijst li.now")
    page.click("#gesprekken-lijst li.now [data-rename]")
    page.fill("#naam-veld", "Nazorg <b>vet</b>")
    page.press("#naam-veld", "Enter")
    page.wait_for_selector("#gesprekken-lijst a:has-text('Nazorg <b>vet</b>')")
    page.fill("#zoek-gesprek", "masteropgeleide")
    page.wait_for_function("() => !document.querySelector('#gesprekken-lijst').innerText.includes('Nazorg')")
    page.fill("#zoek-gesprek", "")
    page.click("#gesprekken-lijst a:has-text('Nazorg')")
    page.hover("#gesprekken-lijst li:has-text('Nazorg')")
    page.click("#gesprekken-lijst li:has-text('Nazorg') [data-delete]")
    page.click("#weg-venster button[value=ja]")
    page.wait_for_function("() => !document.querySelector('#gesprekken-lijst').innerText.includes('Nazorg')")


def test_permanent_link_keeps_its_very_words_after_a_new_version_and_index(visit, own_app):
    watched = visit(own_app)
    page = watched.open()
    watched.ask(QUESTION)
    page.click("[data-copy-link]")
    page.wait_for_function("() => document.querySelector('#melding').textContent.includes('Gekopieerd')")
    link = page.evaluate("navigator.clipboard.readText()")
    answer = _chips_texts(page)

    name = "zn-inkooptekst-casemanagement.txt"
    file, catalogue = own_app.home / "corpus/documents" / name, own_app.home / "corpus/catalogue.toml"
    old = hashlib.sha256(file.read_bytes()).hexdigest()
    file.write_text(file.read_text("utf-8").replace(QUOTE.split()[0], "VERVANGEN").replace("bachelor", "andere"), "utf-8")
    new = hashlib.sha256(file.read_bytes()).hexdigest()
    catalogue.write_text(catalogue.read_text("utf-8").replace(old, new), "utf-8")
    own_app.run("index", "build")  # beside the running app, which takes it into use by itself
    page.wait_for_timeout(2_500)
    httpx.get(f"{own_app.url}/gezond", timeout=20)  # whoever comes first makes the change; the others go on meanwhile
    watched.open()
    watched.ask(QUESTION)
    assert "masteropgeleide" not in _chips_texts(page) or "bachelor" not in _chips_texts(page)

    page.goto(link)
    assert _chips_texts(page) == answer
    page.locator(".answer .chip").first.click()
    page.wait_for_selector("#bron mark")
    marked = " ".join("".join(page.locator("#bron mark").all_inner_texts()).split())
    assert QUOTE in marked
    assert "oudere versie" in page.inner_text("#bron")


def test_word_and_pdf_open_again_with_everything(visit, app):
    import docx
    import pypdf

    watched = visit()
    page = watched.open()
    watched.ask(QUESTION)
    found = {}
    for kind in ("word", "pdf"):
        with page.expect_download() as download:
            page.click(f".take a[href$='/{kind}']")
        found[kind] = download.value.path().read_bytes()
        assert re.fullmatch(r"regelwijzer-\d{4}-\d\d-\d\d-\d+\.(docx|pdf)", download.value.suggested_filename)
    document = docx.Document(io.BytesIO(found["word"]))
    in_word = "\n".join(paragraph.text for paragraph in document.paragraphs)
    in_pdf = "\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(found["pdf"])).pages)
    for text in (in_word, in_pdf):
        flat = " ".join(text.split())
        assert QUESTION in flat
        assert "AI-systeem" in flat
        assert "8fd66a53abe6" in flat
        assert "masteropgeleide" in flat
        assert f"{app.url}/antwoord/" in flat


def test_answer_is_copied_with_its_sources(visit):
    watched = visit()
    page = watched.open()
    watched.ask(QUESTION)
    page.click("[data-copy-from]")
    page.wait_for_function("() => document.querySelector('#melding').textContent.includes('Gekopieerd')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert QUESTION in copied
    assert "masteropgeleide" in copied
    assert "Zorgverzekeraars Nederland" in copied


def test_reaction_reaches_the_keeper_with_question_and_index(visit, shot):
    watched = visit()
    page = watched.open()
    watched.ask("Is nazorg aan mantelzorgers mogelijk na opname?")
    page.click("[data-verdict=not_helpful]")
    page.check("input[value=outdated]")
    page.fill("input[name=regel]", "Bel 06-12345678 <i>niet</i>")
    page.click(".opinion button[type=submit]")
    page.wait_for_selector(".opinion-thanks:visible")
    page.goto(watched.app.url + "/reacties")
    shown = page.locator(".card").first.inner_text()
    assert "nazorg aan mantelzorgers" in shown
    assert "Verouderd" in shown
    assert "[telefoonnummer] <i>niet</i>" in shown
    assert re.search(r"documenten van \d+ \w+ \d{4}, \d\d\.\d\d uur", shown)
    assert re.search(r"Technische gegevens: zoekindex \d{8}T", shown)
    page.locator(".card details.given summary").first.click()
    page.locator(".card .answer-text .chip").first.click()  # the keeper reads what was answered, and in which source
    page.wait_for_selector("#bron mark")
    shot(page, "reacties-1280")


def test_lost_connection_is_said_and_the_question_stays(visit, own_app):
    watched = visit(own_app)
    page = watched.open()
    own_app.stop()
    page.fill("#vraag", QUESTION)
    page.press("#vraag", "Enter")
    page.wait_for_selector("#verbinding:visible")
    assert page.input_value("#vraag") == QUESTION
    own_app.start()
    with suppress(PlaywrightError):  # the page may be coming back by itself already
        page.reload()
    page.wait_for_selector("#vraag")
    page.wait_for_function("text => document.querySelector('#vraag')?.value === text", arg=QUESTION)
    page.press("#vraag", "Enter")
    page.wait_for_selector(".answer")
    assert not page.is_visible("#verbinding")


def test_missing_index_is_said_with_what_to_do_and_mended_beside_the_running_app(visit, own_app):
    index, aside = own_app.home / "index", own_app.home / "index-aside"
    own_app.stop()
    index.rename(aside)
    own_app.start(healthy=False)
    watched = visit(own_app)
    page = watched.open()
    page.wait_for_selector(".state-error")
    assert "regelwijzer index build" in page.inner_text(".answer")
    if index.exists():
        shutil.rmtree(index)
    aside.rename(index)
    page.wait_for_timeout(2_500)
    watched.open()
    watched.ask(QUESTION)
    assert page.locator(".state-error").count() == 0
