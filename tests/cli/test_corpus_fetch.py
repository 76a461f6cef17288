"""``regelwijzer corpus fetch`` against a server on this machine: what it takes, and everything that it refuses."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from running import Run
from small_corpus import Shop, make_shop

from assistant.corpus import fetching
from assistant.corpus.fetching import download_address
from assistant.home import Home

PAGE = (
    "<!DOCTYPE html><html><head><title>Wet</title></head>"
    "<body><h1>De wet</h1><p>Artikel 1. De zorg is verzekerd.</p></body></html>"
)


@dataclass
class Site:
    """A site whose answers a test sets: path to (status, headers, body); ``slow`` drips its body."""

    address: str
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    slow: bool = False
    stop: Event = field(default_factory=Event)


@contextmanager
def serving() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            status, headers, body = site.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            while site.slow and not site.stop.is_set():
                self.wfile.write(b"x")
                time.sleep(0.01)
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hung up is what some tests are about."""

    server = Quiet(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def shop(tmp_path: Path, site: Site) -> Shop:
    made = make_shop(tmp_path)
    made.spoil("https://wetten.overheid.nl/BWBR0018450", f"{site.address}/wet")
    return made


@pytest.fixture
def run(shop: Shop, command: Callable[..., Run]) -> Run:
    return command(Home(shop.folder.parent))


def test_it_becomes_a_draft_that_can_be_published(run: Run, site: Site, shop: Shop) -> None:
    site.answers["/wet"] = (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode())
    fetched = run("corpus", "fetch", "zvw")
    assert fetched.code == 0, fetched.err
    assert f"Opgehaald van {site.address}/wet" in fetched.out
    assert "status: concept" in fetched.out
    assert "lezing: ok" in fetched.out
    assert "corpus publish zvw" in fetched.err
    assert (shop.folder / "documents" / "zvw.html").read_bytes() == PAGE.encode()
    assert "De zorg is verzekerd." in run("corpus", "text", "zvw").out
    assert run("corpus", "publish", "zvw").code == 0
    assert run("corpus", "check").code == 0
    again = run("corpus", "fetch", "zvw")
    assert (again.code, again.out) == (2, "")
    assert site.asked == ["/wet"]


def test_a_redirect_within_the_site_is_followed(run: Run, site: Site) -> None:
    site.answers["/wet"] = (302, {"Location": "/nieuw/wet.txt"}, b"")
    site.answers["/nieuw/wet.txt"] = (
        200,
        {"Content-Type": "application/octet-stream"},
        b"De wet\n\nDe zorg is verzekerd.\n",
    )
    fetched = run("corpus", "fetch", "zvw")
    assert fetched.code == 0, fetched.err
    assert f"{site.address}/nieuw/wet.txt" in fetched.out


OK = {"Content-Type": "text/plain"}


@pytest.mark.parametrize(
    ("answer", "part"),
    [
        ((404, {}, b"weg"), "code 404"),
        ((500, OK, b"stuk"), "code 500"),
        ((200, OK, b""), "leeg bestand"),
        ((200, {"Content-Type": "image/png"}, b"x"), "geen document is (image/png)"),
        ((200, {"Content-Type": "video/mp4"}, b"x"), "geen document is"),
        ((301, {"Location": "https://elders.voorbeeld/wet"}, b""), "https://elders.voorbeeld"),
        ((302, {"Location": "http://127.0.0.1:1/wet"}, b""), "andere plaats"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "andere plaats"),
        ((302, {"Location": "http://anna:geheim@127.0.0.1/"}, b""), "andere plaats"),
        ((302, {"Location": "/wet"}, b""), "stuurt steeds door"),
        ((200, OK, b"x" * 3000), "groter dan"),
        ((200, {"Content-Type": "application/pdf"}, b"%PDF-1.7 niets"), "niet opgenomen"),
    ],
)
def test_what_is_refused_changes_nothing_and_is_one_dutch_line(
    answer: tuple[int, dict[str, str], bytes], part: str, run: Run, site: Site, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 2000)
    site.answers["/wet"] = answer
    before = shop.tree()
    result = run("corpus", "fetch", "zvw")
    assert (result.code, result.out, len(result.err.splitlines())) == (1, "", 1)
    assert part in result.err
    assert shop.tree() == before


def test_a_site_that_drips_is_given_up(run: Run, site: Site, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LONGEST_S", 0.2)
    site.answers["/wet"] = (200, OK, b"")
    site.slow = True
    result = run("corpus", "fetch", "zvw")
    assert (result.code, result.out) == (1, "")
    assert "niet op tijd" in result.err


def test_without_a_network_it_says_so(run: Run, shop: Shop, site: Site) -> None:
    shop.spoil(f"{site.address}/wet", "http://127.0.0.1:9/wet")
    result = run("corpus", "fetch", "zvw")
    assert (result.code, result.out, len(result.err.splitlines())) == (1, "", 1)
    assert "Controleer of deze computer internet heeft" in result.err


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("http://wetten.overheid.nl/x", "begint niet met https://"),
        ("https://anna:geheim@wetten.overheid.nl/x", "begint niet met https://"),
        ("", "geen adres bekend"),
    ],
)
def test_an_address_that_may_not_be_used_is_never_asked(address: str, part: str, run: Run, shop: Shop, site: Site) -> None:
    shop.spoil(f"{site.address}/wet", address)
    result = run("corpus", "fetch", "zvw")
    assert (result.code, result.out) == (2, "")
    assert part in result.err
    assert site.asked == []


@pytest.mark.parametrize(("name", "code"), [("brief", 2), ("nergens", 3)])
def test_a_document_that_is_there_or_unknown(name: str, code: int, run: Run, site: Site) -> None:
    result = run("corpus", "fetch", name)
    assert (result.code, result.out, len(result.err.splitlines())) == (code, "", 1)
    assert site.asked == []


@pytest.mark.parametrize(
    ("page", "document"),
    [
        (
            "https://puc.overheid.nl/nza/doc/PUC_789876_22/",
            "https://puc.overheid.nl/PUC/Handlers/DownloadDocument.ashx?identifier=PUC_789876_22&versienummer=1",
        ),
        (
            "https://puc.overheid.nl/nza/doc/PUC_646829_22/3",
            "https://puc.overheid.nl/PUC/Handlers/DownloadDocument.ashx?identifier=PUC_646829_22&versienummer=3",
        ),
        ("https://wetten.overheid.nl/BWBR0018450", "https://wetten.overheid.nl/BWBR0018450"),
        ("https://elders.nl/nza/doc/PUC_789876_22/", "https://elders.nl/nza/doc/PUC_789876_22/"),
    ],
)
def test_the_document_behind_a_page_of_a_known_site(page: str, document: str) -> None:
    assert download_address(page) == document
