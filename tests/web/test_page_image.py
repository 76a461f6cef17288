"""A PDF's page as a picture, with the quote marked where it stands, drawn in a bounded child."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from assistant.web.page_image import draw, is_pdf

LINES = ("Een eerste zin die niets met de zaak te maken heeft.", "De coördinator regelt het net-", "werk en wordt betaald.")


@pytest.fixture
def pdf(tmp_path):
    path = tmp_path / "blad.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for number, line in enumerate(LINES):
        canvas.drawString(72, 700 - 30 * number, line)
    canvas.showPage()
    canvas.drawString(72, 700, "Bladzijde twee.")
    canvas.save()
    return path


def _yellow(png, top, bottom):
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    scale = picture.height / A4[1]
    strip = picture.crop((0, round((A4[1] - top) * scale), picture.width, round((A4[1] - bottom) * scale)))
    return sum(1 for red, green, blue in strip.get_flattened_data() if blue < 150 and red > 200 and green > 180)


def test_quote_is_marked_over_line_ends_and_hyphens(pdf):
    assert is_pdf(pdf)
    png = draw(pdf, 1, "De coördinator regelt het netwerk en wordt betaald.")
    assert png is not None
    assert _yellow(png, 715, 695) == 0
    assert _yellow(png, 682, 668) > 500
    assert _yellow(png, 652, 638) > 500


def test_page_without_the_quote_is_plain(pdf):
    png = draw(pdf, 2, "De coördinator regelt het netwerk en wordt betaald.")
    assert png is not None
    assert _yellow(png, 841, 0) == 0


def test_what_cannot_be_drawn_is_nothing(pdf, tmp_path):
    broken = tmp_path / "stuk.pdf"
    broken.write_bytes(b"%PDF-1.7\n" + b"\x00garbage" * 50)
    assert draw(broken, 1, "x") is None
    assert draw(pdf, 9, "x") is None
    assert not is_pdf(tmp_path / "er-niet.pdf")
