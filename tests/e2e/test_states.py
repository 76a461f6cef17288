"""States that hang on the documents or on a language model, through the real app: each told, and each with its own look."""

from __future__ import annotations

from threading import Event

import pytest
from axe_playwright_python.sync_playwright import Axe
from model_server import Reply, key_of, model_server, streamed, written
from small_home import CERTAIN, DISAGREE, OUTDATED, make_corpus

pytestmark = pytest.mark.browser

WALKING = "De wandelgroep in de wijk staat onder leiding van een beweegcoach."
TRAINING = "Een netwerk krijgt voor scholing 110 euro per deelnemer."
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = [(1280, "light"), (390, "dark")]


def _violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:160]) for each in found if each["impact"] in ("serious", "critical")]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return make_corpus(tmp_path_factory.mktemp("small") / "corpus")


@pytest.fixture(scope="module")
def small(make_app, corpus):
    return make_app(corpus, WEB__QUESTIONS_PER_MINUTE="1000")


@pytest.fixture(scope="module")
def server():
    with model_server(lambda request: Reply(b"", 500)) as served:
        yield served


@pytest.fixture(scope="module")
def with_model(make_app, corpus, server):
    """An app whose answers are worded by a language model on this machine."""
    model = {"ANSWERING__MODEL": "openai:m", "ANSWERING__BASE_URL": f"{server.address}/v1"}
    return make_app(corpus, WEB__QUESTIONS_PER_MINUTE="1000", **model)


def _held(request, hold: Event):
    """A model's answer of two sentences, of which the second is kept back."""
    text = written([(each, [key_of(request, each)]) for each in (WALKING, TRAINING)])
    last = text.rindex('{"text"')
    yield text[:last]
    assert hold.wait(60)
    yield text[last:]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize(("question", "state"), [(DISAGREE, "conflict"), (OUTDATED, "outdated")])
def test_states_of_the_documents(visit, shot, small, question, state, width, scheme):
    watched = visit(small, width=width, height=844, color_scheme=scheme, reduced_motion="reduce")
    page = watched.open()
    watched.ask(question)
    assert page.locator(f".answer.state-{state}").count() == 1
    chips = page.locator(".answer .chip")
    assert chips.count() == (2 if state == "conflict" else 1)
    shot(page, f"staat-{state}-{width}")
    assert _violations(page) == []
    chips.last.click()
    page.wait_for_selector("#bron mark")
    assert ("geldt niet op" in page.inner_text("#bron")) is (state == "outdated")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("state", ["model_down", "model_unfit"])
def test_states_of_the_language_model(visit, shot, with_model, server, state, width, scheme):
    server.handler = lambda request: Reply(b"", 503) if state == "model_down" else streamed(["Geen idee."])
    watched = visit(with_model, width=width, height=844, color_scheme=scheme, reduced_motion="reduce")
    page = watched.open()
    watched.ask(CERTAIN)
    assert page.locator(f".answer.state-{state}").count() == 1
    assert WALKING in page.inner_text(".answer blockquote")
    shot(page, f"staat-{state}-{width}")
    assert _violations(page) == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_answer_appears_as_it_is_made_and_is_told_once(visit, shot, with_model, server, width, scheme):
    hold = Event()
    server.handler = lambda request: streamed(_held(request, hold))
    watched = visit(with_model, width=width, height=844, color_scheme=scheme, reduced_motion="reduce")
    page = watched.open()
    page.evaluate(
        "() => { window.told = []; new MutationObserver(() => { const t = document.querySelector('#melding').textContent;"
        " if (t) { window.told.push(t); } }).observe(document.querySelector('#melding'), { childList: true }); }"
    )
    watched.ask(CERTAIN, wait=False)
    page.wait_for_selector(".making .answer-text .chip")
    making = page.inner_text(".making")
    assert "Gevonden in:" in making
    assert WALKING in making
    assert TRAINING not in making
    assert page.is_visible("#stop")
    shot(page, f"staat-bezig-{width}")
    assert _violations(page) == []
    hold.set()
    page.wait_for_selector(".thread[data-state=ready] .state-answered")
    assert TRAINING in page.inner_text(".answer-text")
    page.wait_for_function("() => window.told.some(text => text.includes('110 euro'))")
    assert sum(WALKING in text for text in page.evaluate("window.told")) == 1


def test_stop_in_the_middle_leaves_nothing_behind(visit, shot, with_model, server):
    hold = Event()
    server.handler = lambda request: streamed(_held(request, hold))
    watched = visit(with_model)
    page = watched.open()
    watched.ask(CERTAIN, wait=False)
    page.wait_for_selector(".making .answer-text .chip")
    page.click("#stop")
    page.wait_for_selector(".thread[data-state=ready] .state-stopped")
    shot(page, "staat-gestopt-1280")
    hold.set()
    assert page.input_value("#vraag") == CERTAIN  # to be asked again, or mended
    assert page.is_visible("#verstuur")
    before = page.locator("#gesprekken-lijst li").count()
    page.reload()
    page.wait_for_selector(".welcome")
    page.wait_for_function("() => document.querySelector('#gesprekken-lijst').children.length > 0")
    assert page.locator("#gesprekken-lijst li").count() == before
    assert page.locator(".asked").count() == 0
