"""A PDF's page as a picture, with the quote marked where it stands, drawn in a bounded child."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops
from pypdf import PdfWriter
from pypdf.generic import RectangleObject
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


def _yellow_box(png):
    """Where the marked dots lie, as shares of the picture: left, top, right, bottom; None without any."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    red, green, blue = picture.split()
    hit = Image.eval(blue, lambda value: 255 if value < 150 else 0)
    for band in (red, green):
        hit = ImageChops.multiply(hit, Image.eval(band, lambda value: 255 if value > 180 else 0))
    box = hit.getbbox()
    return box and (box[0] / picture.width, box[1] / picture.height, box[2] / picture.width, box[3] / picture.height)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_quote_is_marked_on_a_page_that_is_turned_and_cut(pdf, turn):
    writer = PdfWriter(clone_from=pdf)
    page = writer.pages[0]
    page.cropbox = RectangleObject((50, 600, 400, 800))  # the quote is at (72, 640) to (250, 682) of the paper
    page.rotate(turn)
    out = io.BytesIO()
    writer.write(out)
    pdf.write_bytes(out.getvalue())
    box = _yellow_box(draw(pdf, 1, LINES[1].rstrip("-")))
    middle = {0: (0.25, 0.63), 90: (0.37, 0.25), 180: (0.75, 0.37), 270: (0.63, 0.75)}[turn]
    assert box is not None
    assert box[0] < middle[0] < box[2]
    assert box[1] < middle[1] < box[3]
    assert (box[2] - box[0]) * (box[3] - box[1]) < 0.2


def test_the_very_place_is_marked_where_a_page_says_the_same_twice(tmp_path):
    path = tmp_path / "twee.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for top in (700, 400):
        canvas.drawString(72, top, "Dit geldt niet.")
    canvas.save()
    assert _yellow(draw(path, 1, "Dit geldt niet."), 715, 690) > 300
    second = draw(path, 1, "Dit geldt niet.", "Dit geldt niet. ")
    assert _yellow(second, 715, 690) == 0
    assert _yellow(second, 415, 390) > 300


def test_quote_that_something_interrupts_is_marked_in_parts(pdf):
    png = draw(pdf, 1, "Een eerste zin die niets met de zaak te maken heeft. Hier stond een noot. De coördinator regelt het")
    assert _yellow(png, 715, 695) > 500
    assert _yellow(png, 682, 668) > 500


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
