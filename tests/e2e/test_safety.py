"""Text is never markup: fifty attempts in questions and fifty in a document; nothing runs and nothing leaves the machine."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

FAR = "http://198.51.100.7"  # an address for documentation: nothing lives there
SEEDS = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    f"<img src={FAR}/a.png>",
    f"![plaatje]({FAR}/b.png)",
    f"[klik]({FAR}/c)",
    "[klik](javascript:window.hit=1)",
    "<svg onload=window.hit=1>",
    f"<iframe src={FAR}></iframe>",
    f"<link rel=stylesheet href={FAR}/d.css>",
    f"<style>@import '{FAR}/e.css'</style>",
    "</p></blockquote><script>window.hit=1</script>",
    "<details open ontoggle=window.hit=1>",
    "{{constructor.constructor('window.hit=1')()}}",
    "${window.hit=1}",
    "`+(window.hit=1)+`",
    "'\"><img src=x onerror=window.hit=1>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    f"<a href='{FAR}/f' autofocus onfocus=window.hit=1>x</a>",
    f"<form action={FAR}/g><button autofocus>x</button></form>",
    f"<meta http-equiv=refresh content='0;url={FAR}/h'>",
    f"<base href={FAR}/>",
    f"<object data={FAR}/i></object>",
    f"<video src={FAR}/j autoplay onerror=window.hit=1></video>",
    f"<body background={FAR}/k onload=window.hit=1>",
    "<math><mtext></table><img src=x onerror=window.hit=1>",
)
PDF_LINES = (
    "Inleiding over wandelen in de regio.",
    "Een wandelgroep voor mensen met dementie telt ten hoogste twaalf mensen",
    "en loopt elke dinsdag onder leiding van een beweegcoach.",
)
TEXTS = (*SEEDS, *(seed.upper().replace("WINDOW.HIT", "window.hit") + f" **[{n}]**" for n, seed in enumerate(SEEDS)))


def _unhurt(page):
    assert page.evaluate("window.hit") is None
    inside = ", ".join(f"{place} {tag}" for place in ("#rw-thread", "#bron-inhoud") for tag in ("script", "img", "iframe"))
    assert page.locator(inside).count() == 0
    strange = "els => els.filter(e => e.href.startsWith('javascript:') || e.href.includes('198.51.100.7')).length"
    assert page.locator("a").evaluate_all(strange) == 0


def test_fifty_attempts_in_questions(visit):
    assert len(set(TEXTS)) == 50
    watched = visit()
    page = watched.open()
    for number, text in enumerate(TEXTS):
        watched.ask(f"Wie mag indiceren? {text}")
        _unhurt(page)
        if number % 10 == 9:
            page.click("#nieuw")
            page.wait_for_selector(".welcome")
    page.reload()
    page.wait_for_selector("#gesprekken-lijst a")
    _unhurt(page)


@pytest.fixture(scope="module")
def hostile(make_app, tmp_path_factory):
    """An app whose one document is made of attempts."""
    project = Path(__file__).resolve().parents[2]
    kinds = (project / "corpus/catalogue.toml").read_text("utf-8").split("[[document]]")[0]
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "documents").mkdir()
    lines = [f"{n}. De coördinator van regio {n} heet {text} en regelt het netwerk." for n, text in enumerate(TEXTS, 1)]
    body = ("Regeling <b>coördinatoren</b>\n\n" + "\n\n".join(lines)).encode()
    (corpus / "documents/vals.txt").write_bytes(body)
    entry = f"""
[[document]]
id = "vals"
title = "Regeling <script>window.hit=1</script> ![x]({FAR}/l.png)"
publisher = "Uitgever <img src=x onerror=window.hit=1>"
kind = "brief"
status = "gepubliceerd"
date = 2025-01-01
valid_from = 2025-01-01
language = "nl"
source_url = "{FAR}/regeling"
file = "documents/vals.txt"
sha256 = "{hashlib.sha256(body).hexdigest()}"
"""
    (corpus / "catalogue.toml").write_text(kinds + entry + _pdf_entry(corpus), "utf-8")
    (corpus / "glossary.toml").write_text((project / "corpus/glossary.toml").read_text("utf-8"), "utf-8")
    return make_app(corpus, WEB__QUESTIONS_PER_MINUTE="1000")


def test_fifty_attempts_in_a_document(visit, hostile):
    watched = visit(hostile)
    page = watched.open()
    opened = 0
    for number in range(1, 51, 7):
        watched.ask(f"Hoe heet de coördinator van regio {number} en wat regelt die in het netwerk?")
        _unhurt_but_official(page)
        chips = page.locator(".answer").last.locator(".chip")
        if chips.count():
            chips.first.hover()
            chips.first.click()
            page.wait_for_selector("#bron mark")
            _unhurt_but_official(page)
            page.click("#bron-sluiten")
            opened += 1
    assert opened
    page.goto(f"{hostile.url}/document/vals")
    text = page.inner_text(".paper")
    shown = sum(seed in text for seed in SEEDS)
    assert shown == len(SEEDS)  # every attempt is there, as text
    _unhurt_but_official(page)
    page.goto(f"{hostile.url}/documenten")
    _unhurt_but_official(page)


def _unhurt_but_official(page):
    """As above, save that the catalogue's own address of the document is a link that opens on a click alone."""
    assert page.evaluate("window.hit") is None
    assert page.locator("main img, main iframe, main script, #bron-inhoud img, #bron-inhoud script").count() == 0
    planted = "e => e.href.startsWith('javascript:') || (e.href.includes('198.51.100.7') && !e.href.endsWith('/regeling'))"
    strange = f"els => els.filter({planted}).length"
    assert page.locator("a").evaluate_all(strange) == 0


def test_policy_forbids_what_is_not_ours(app):
    import httpx

    for path in ("/", "/documenten", "/privacy", "/eigen/base.css"):
        answer = httpx.get(app.url + path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
        assert "http:" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers


def test_questions_are_in_no_log(visit, app):
    watched = visit()
    watched.open()
    watched.ask("Mag een zeldzaamwoordxyz indiceren?")
    watched.page.fill("#zoek-gesprek", "zeldzaamwoordxyz")
    watched.page.wait_for_function("() => document.querySelectorAll('#gesprekken-lijst li').length === 1")
    assert "zeldzaamwoordxyz" not in app.log.read_text()


def _pdf_entry(corpus):
    """A second document, a PDF, with its entry in the catalogue."""
    from reportlab.pdfgen.canvas import Canvas

    file = corpus / "documents/blad.pdf"
    canvas = Canvas(str(file))
    for number, line in enumerate(PDF_LINES):
        canvas.drawString(72, 700 - 16 * number, line)
    canvas.save()
    return f"""
[[document]]
id = "blad"
title = "Blad over wandelgroepen"
publisher = "Stichting Wandelen"
kind = "brief"
status = "gepubliceerd"
date = 2025-01-01
valid_from = 2025-01-01
language = "nl"
file = "documents/blad.pdf"
sha256 = "{hashlib.sha256(file.read_bytes()).hexdigest()}"
"""


COUNT_YELLOW = """img => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [img.naturalWidth, img.naturalHeight];
  const context = canvas.getContext('2d');
  context.drawImage(img, 0, 0);
  const data = context.getImageData(0, 0, canvas.width, canvas.height).data;
  let count = 0;
  for (let i = 0; i < data.length; i += 4) { if (data[i] > 200 && data[i + 1] > 180 && data[i + 2] < 150) { count++; } }
  return count;
}"""


def test_page_of_a_pdf_is_shown_as_a_picture_with_the_quote(visit, hostile, shot):
    watched = visit(hostile)
    text = hostile.run("corpus", "text", "blad")
    start = text.index("Een wandelgroep")
    page = watched.open(f"/document/blad?van={start}&tot={start + 60}")
    picture = page.locator(".page-image img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.page-image img').naturalWidth > 400")
    colours = picture.evaluate(COUNT_YELLOW)
    assert colours > 1000
    shot(page, "pdf-1280")
