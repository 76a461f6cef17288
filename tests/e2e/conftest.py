"""The real app on a free port of this machine, over a temporary home folder with a real index; and a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from assistant.home import PROJECT, Home

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SHOTS = PROJECT / "ci-output"


@dataclass
class App:
    """A running app; ``process`` is replaced when it is started again."""

    home: Path
    environment: dict[str, str]
    port: int
    process: subprocess.Popen[str] = field(init=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    def start(self, *, healthy: bool = True) -> None:
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(PROJECT / "app.py")], env=self.environment, stdout=log, stderr=log, text=True
            )
        end = time.monotonic() + 90
        while time.monotonic() < end:
            try:
                status = httpx.get(f"{self.url}/gezond", timeout=2).status_code
                if status == 200 or not healthy:
                    return
            except httpx.HTTPError:
                pass
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def run(self, *arguments: str) -> str:
        """A command of the command line in this home."""
        command = [sys.executable, "-m", "assistant", *arguments]
        done = subprocess.run(command, env=self.environment, cwd=PROJECT, capture_output=True, text=True, timeout=180)
        assert done.returncode == 0, done.stderr
        return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _make(home: Path, **settings: str) -> App:
    port = _free_port()
    own = {key: value for key, value in os.environ.items() if not key.startswith("REGELWIJZER_")}
    named = {f"REGELWIJZER_{name}": value for name, value in settings.items()}
    environment = {**own, "REGELWIJZER_HOME": str(home), "REGELWIJZER_WEB__PORT": str(port), **named}
    return App(home, environment, port)


@pytest.fixture(scope="session")
def make_app(tmp_path_factory: pytest.TempPathFactory, built_home: Home) -> Iterator[Callable[..., App]]:
    """Makes a running app, over a copy of the project's corpus and its index or over the given corpus."""
    made: list[App] = []

    def make(corpus: Path | None = None, **settings: str) -> App:
        home = tmp_path_factory.mktemp("home")
        app = _make(home, **settings)
        if corpus is None:
            shutil.copytree(built_home.root, home, dirs_exist_ok=True)
        else:
            shutil.copytree(corpus, home / "corpus")
            app.run("index", "build")
        app.start()
        made.append(app)
        return app

    yield make
    for app in made:
        app.stop()


@pytest.fixture(scope="session")
def app(make_app: Callable[..., App]) -> App:
    """The app over the project's own corpus, shared by the tests that leave it as it is."""
    return make_app(WEB__QUESTIONS_PER_MINUTE="1000")


@pytest.fixture(scope="session")
def own_app(make_app: Callable[..., App]) -> App:
    """An app whose corpus, conversations and settings a test may change."""
    return make_app()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{CHROMIUM} is missing; .ci/run installs it")
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


def _context(browser: Browser, **options: Any) -> BrowserContext:
    context = browser.new_context(locale="nl-NL", **options)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return context


@pytest.fixture(scope="session")
def profile(browser: Browser) -> BrowserContext:
    """A browser that has the app's scripts and styles already: to fetch and compile them takes longer than most tests.

    Its first page stays open and empty, so that a page of a test is a tab and not a window, which takes as long again.
    """
    context = _context(browser)
    context.new_page()
    return context


class Watched:
    """A page of which everything that must not happen is noted."""

    def __init__(self, page: Page, app: App) -> None:
        self.app = app
        self.page = page
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.page.set_default_timeout(20_000)
        self.page.on("request", self._request)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.errors.append(f"dialog {dialog.message}"), dialog.dismiss()))

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.app.url, "data:", "blob:")):
            self.outside.append(request.url)

    def open(self, path: str = "/") -> Page:
        self.page.goto(self.app.url + path)
        if path.startswith("/?") or path == "/":
            self.page.wait_for_selector("#vraag")
            self.page.wait_for_function("() => document.activeElement && document.activeElement.id === 'vraag'")
        return self.page

    def ask(self, question: str, *, wait: bool = True) -> Page:
        """Types a question and sends it with Enter, then waits until it was dealt with."""
        before = self.page.locator(".thread").get_attribute("data-serial")
        self.page.fill("#vraag", question)
        self.page.press("#vraag", "Enter")
        if wait:
            self.page.wait_for_function(
                "before => { const t = document.querySelector('.thread');"
                " return t.dataset.state === 'ready' && t.dataset.serial !== before; }",
                arg=before,
            )
        return self.page


@pytest.fixture
def visit(browser: Browser, profile: BrowserContext, app: App) -> Iterator[Callable[..., Watched]]:
    """Opens pages, by default on a desktop; afterwards nothing may have gone outside or failed.

    They are pages of one browser, which every test leaves as a visitor who was never there.
    """
    seen: list[Watched] = []

    def open_page(
        of: App | None = None, width: int = 1280, height: int = 900, *, phone: bool = False, **media: Any
    ) -> Watched:
        size: ViewportSize = {"width": width, "height": height}
        context = _context(browser, viewport=size, has_touch=True, is_mobile=True) if phone else profile
        page = context.new_page()
        page.set_viewport_size(size)
        page.emulate_media(**media)
        seen.append(Watched(page, of or app))
        return seen[-1]

    yield open_page
    outside = [url for each in seen for url in each.outside]
    errors = [error for each in seen for error in each.errors]
    for each in seen:
        _forget(each)
        if each.page.context is not profile:
            each.page.context.close()
    assert outside == []
    assert errors == []
    assert profile.cookies() == []


def _forget(visit: Watched) -> None:
    context = visit.page.context
    context.set_offline(False)
    session = context.new_cdp_session(visit.page)
    session.send("Storage.clearDataForOrigin", {"origin": visit.app.url, "storageTypes": "all"})
    for page in context.pages:  # also those that a link opened
        if page.url != "about:blank":
            page.close()
    context.clear_cookies()


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """Keeps a picture of a page among the output of CI."""

    def keep(page: Page, name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        page.screenshot(path=str(SHOTS / f"{name}.png"))

    return keep
