"""Running headers and footers, which are told by their place on the page."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reading_papers import BODY, HEADINGS, set_paper
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph

from assistant.reading.compose import compose
from assistant.reading.pdf import read
from assistant.records import Document

SENTENCE = "De zorgaanbieder levert {} volgens het plan en legt daarover elk kwartaal verantwoording af aan de verzekeraar."
SUBJECTS = "wachttijden scholing overleg vervoer registratie klachten toezicht inspraak opname nazorg".split()
Part = tuple[str, float, float, float]  # the text, its left end (or right end where negative), its height and type size


def document(data: bytes) -> Document:
    return compose(read(data), "d", "v")


def paper(pages: Sequence[Sequence[str]], margins: Sequence[Sequence[Part]]) -> bytes:
    """Pages of lines from the same height on, with the margins of each."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for lines, parts in zip(pages, margins, strict=True):
        canvas.setFont("Helvetica", 11)
        for index, line in enumerate(lines):
            canvas.drawString(70, 730 - 15 * index, line)
        for text, x, y, size in parts:
            canvas.setFont("Helvetica", size)
            (canvas.drawString if x > 0 else canvas.drawRightString)(abs(x), y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_both_ends_of_a_header_leave_the_columns() -> None:
    story = []
    for number, subject in enumerate(SUBJECTS * 2, 1):
        story += [Paragraph(f"{number} Over {subject}", HEADINGS[2]), *[Paragraph(SENTENCE.format(subject), BODY)] * 3]

    def draw(canvas: Canvas, page: int) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(71, 800, "Zorgverzekeraar Noorderlicht")
        canvas.drawRightString(524, 800, "Inkoopbeleid 2027")
        canvas.drawString(71, 40, "Versie 1.1")
        canvas.drawRightString(524, 40, f"Pagina {page} van 3")

    found = document(set_paper(story, columns=2, draw=draw))
    assert len(found.pages) == 3
    assert found.furniture == ("Zorgverzekeraar Noorderlicht Inkoopbeleid 2027", "Versie 1.1 Pagina 1 van 3")
    assert not any(word in found.text for word in ("Noorderlicht", "Inkoopbeleid", "Versie", "Pagina"))
    assert found.text.count("De zorgaanbieder levert") == 60


LETTER = [
    [
        "Geacht bestuur,",
        "Op uw aanvraag van 30 september verlenen wij u voor het hele jaar een subsidie.",
        "U krijgt de helft nu.",
    ],
    ["U kunt binnen zes weken bezwaar maken bij het college van burgemeester en wethouders.", "Dat is gratis."],
]
HEAD, FOOT = ("Gemeente Lingewaarden", 70.0, 795.0, 12.0), "Postbus 100, 6800 AA Lingewaarden  Telefoon 14 026"


def test_a_letter_of_two_sheets() -> None:
    first = [HEAD, (FOOT, 70.0, 40.0, 8.0), ("1/2", -524.0, 40.0, 8.0)]
    second = [HEAD, (FOOT, 70.0, 40.0, 8.0), ("2/2", -524.0, 40.0, 8.0)]
    sheet = [("Ons kenmerk: SD-11873", 70.0, 770.0, 9.0), ("Blad 2", -524.0, 770.0, 9.0)]
    found = document(paper(LETTER, [first, second + sheet]))
    assert found.text.split() == " ".join(line for lines in LETTER for line in lines).split()
    assert found.furniture[:2] == ("Gemeente Lingewaarden", "Ons kenmerk: SD-11873 Blad 2")
    assert found.furniture[2].endswith("Telefoon 14 026 1/2")


def test_a_header_that_begins_on_the_second_of_three_sheets() -> None:
    pages = [*LETTER, ["Bijlage: de begroting."]]
    sheets = [[], *([("Ons kenmerk: SD-11873", 70.0, 770.0, 9.0), (f"Blad {n}/3", -524.0, 770.0, 9.0)] for n in (2, 3))]
    found = document(paper(pages, sheets))
    assert "kenmerk" not in found.text
    assert found.furniture == ("Ons kenmerk: SD-11873 Blad 2/3",)


def test_a_small_header_that_only_the_second_sheet_has() -> None:
    header = [("Noorderlicht", 70.0, 800.0, 8.0), ("Inkoopbeleid 2027", -524.0, 800.0, 8.0)]
    found = document(paper(LETTER, [[], header]))
    assert found.furniture == ("Noorderlicht Inkoopbeleid 2027",)
    assert document(paper(LETTER, [[], [("Noorderlicht", 70.0, 745.0, 8.0)]])).furniture == ()


@pytest.mark.parametrize(
    "margins",
    [
        # A title with its number on each page, a title that is set large, a line close to the text, one at another height,
        # another number, and a reference to a page in a sentence.
        [[("Vraag 1", 70.0, 770.0, 11.0)], [("Vraag 2", 70.0, 770.0, 11.0)]],
        [[("Artikel 1 Doel", 70.0, 770.0, 11.0)], [("Artikel 2 Doel", 70.0, 770.0, 11.0)]],
        [[("Subsidie", 70.0, 780.0, 18.0)], [("Subsidie", 70.0, 780.0, 18.0)]],
        [[("Prestatie", 70.0, 745.0, 11.0), ("Tarief", 300.0, 745.0, 11.0)]] * 2,
        [[("Gemeente", 70.0, 770.0, 11.0)], [("Gemeente", 70.0, 778.0, 11.0)]],
        [[("Wij betalen in 2026 een deel", 70.0, 770.0, 11.0)], [("Wij betalen in 2027 een deel", 70.0, 770.0, 11.0)]],
        [[], [("Dat staat op bladzijde 2", 70.0, 770.0, 11.0)]],
    ],
)
def test_text_at_the_edge_of_two_pages_stays(margins: list[list[Part]]) -> None:
    found = document(paper(LETTER, margins))
    assert found.furniture == ()
    for part in (part for parts in margins for part in parts):
        assert part[0] in found.text


def test_pages_with_nothing_but_such_lines_are_read() -> None:
    found = document(paper([[], []], [[HEAD], [HEAD]]))
    assert found.text.count("Gemeente Lingewaarden") == 2


def test_pages_that_are_the_same_keep_their_text() -> None:
    lines = [SENTENCE.format(subject) for subject in SUBJECTS[:6]]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _ in range(2):
        for index, line in enumerate(lines):
            canvas.drawString(60, 780 - 30 * index, line)
        canvas.showPage()
    canvas.save()
    found = document(out.getvalue())
    assert found.furniture == ()
    assert found.text.count("De zorgaanbieder") == 12


def test_the_words_of_a_page_are_in_its_text_or_set_apart() -> None:
    story = [Paragraph(SENTENCE.format(subject), BODY) for subject in SUBJECTS] + [PageBreak()]
    found = document(set_paper(story * 2, draw=lambda canvas, page: canvas.drawString(71, 800, f"Nota {page} van 2")))
    assert found.text.split() == " ".join(SENTENCE.format(subject) for subject in SUBJECTS * 2).split()
    assert found.furniture == ("Nota 1 van 2",)
