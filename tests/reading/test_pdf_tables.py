"""Tables of PDFs by the lines drawn around their cells, and what stands across or beside columns."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reading_papers import BODY, HEADINGS, lines_paper, set_paper, wrapped
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import FrameBreak, Paragraph, Table, TableStyle

from assistant.reading import read_file
from assistant.reading.compose import compose
from assistant.reading.pdf import read
from assistant.records import BlockKind, Document

GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.grey)
LONG = "Begeleiding van mensen met {} in de thuissituatie, met inbegrip van overleg met de huisarts en de familie"
SENTENCE = "Bent u het niet eens met de uitkomst van de inkoop, dan kunt u een klacht indienen bij de commissie. "


def document(data: bytes) -> Document:
    return compose(read(data), "d", "v")


def blocks(found: Document, kind: BlockKind) -> list[str]:
    return [found.text[block.start : block.end] for block in found.blocks if block.kind is kind]


def cell(text: str) -> Paragraph:
    return Paragraph(text, BODY)


@pytest.mark.parametrize("align", ["TOP", "MIDDLE", "BOTTOM"])
def test_wrapped_cells_and_a_wrapped_header(align: str) -> None:
    rows = [[cell("Prestatie die wordt gedeclareerd"), cell("Omschrijving"), cell("Tarief per uur in euro’s")]]
    rows += [[cell(f"Prestatie per uur, {name}"), cell(LONG.format(name)), "€ 70,10"] for name in ("dementie", "nazorg")]
    table = Table(rows, colWidths=[80, 220, 80], style=TableStyle([GRID, ("VALIGN", (0, 0), (-1, -1), align)]))
    found = document(set_paper([Paragraph("Tarieven", HEADINGS[2]), table, Paragraph(SENTENCE, BODY)]))
    assert blocks(found, BlockKind.TABLE) == [
        "Prestatie die wordt gedeclareerd | Omschrijving | Tarief per uur in euro’s\n"
        f"Prestatie per uur, dementie | {LONG.format('dementie')} | € 70,10\n"
        f"Prestatie per uur, nazorg | {LONG.format('nazorg')} | € 70,10"
    ]
    assert blocks(found, BlockKind.HEADING) == ["Tarieven"]


def test_a_wrapped_header_without_lines() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    rows = [(700, "Omvang van de", "Vaste", "Maximum"), (687, "regio", "bijdrage", "")]
    rows += [(667 - 20 * at, f"Klasse {at}", f"€ {at}.000", f"€ {at}5.000") for at in range(1, 5)]
    for y, *cells in rows:
        for x, text in zip((60, 200, 320), cells, strict=True):
            canvas.drawString(x, y, text)
    canvas.save()
    (table,) = blocks(document(out.getvalue()), BlockKind.TABLE)
    assert table.splitlines()[:2] == ["Omvang van de regio | Vaste bijdrage | Maximum", "Klasse 1 | € 1.000 | € 15.000"]


def test_cells_over_more_rows_and_columns() -> None:
    rows = [["Regio", "Tarief", ""], ["", "2026", "2027"], ["Noord", "€ 10", "€ 11"], ["", "€ 12", "€ 13"]]
    spans = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 2), (0, 3))]
    found = document(set_paper([Table(rows, style=TableStyle([GRID, *spans])), Paragraph(SENTENCE, BODY)]))
    assert blocks(found, BlockKind.TABLE) == ["Regio | Tarief 2026 | Tarief 2027\nNoord | € 10 | € 11\nNoord | € 12 | € 13"]


def test_a_table_in_a_column_beside_text() -> None:
    rows = [
        ["Wanneer", "Wat"],
        ["1 juli", cell("Publicatie van het beleid")],
        ["15 juli", cell("Aanbod van de overeenkomst")],
    ]
    table = Table(rows, colWidths=[60, 120], style=TableStyle([GRID]))
    story = [Paragraph("Planning", HEADINGS[2]), table, FrameBreak(), Paragraph("Klachten", HEADINGS[2])]
    found = document(set_paper([*story, Paragraph(SENTENCE * 4, BODY)], columns=2))
    assert found.text == (
        "Planning\n\nWanneer | Wat\n1 juli | Publicatie van het beleid\n15 juli | Aanbod van de overeenkomst\n\n"
        f"Klachten\n\n{(SENTENCE * 4).strip()}"
    )


def test_a_frame_around_text_is_no_table() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.rect(60, 600, 400, 150)
    canvas.line(60, 700, 460, 700)
    canvas.drawString(70, 720, "Let op: dit geldt alleen in 2027.")
    canvas.drawString(70, 680, "Daarna geldt de gewone regeling weer.")
    canvas.save()
    found = document(out.getvalue())
    assert not blocks(found, BlockKind.TABLE)
    assert "Let op: dit geldt alleen in 2027." in found.text


def columns(canvas: Canvas, top: float, left: str, right: str) -> float:
    """Two columns of text from the height ``top``; returns where they end."""
    for x, text in ((60, left), (310, right)):
        for index, line in enumerate(wrapped(text, 220)):
            canvas.drawString(x, top - 14 * index, line)
    return top - 14 * len(wrapped(left, 220))


@pytest.mark.parametrize("columns_below", [True, False])
def test_a_heading_over_both_columns_stands_below_them(columns_below: bool) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    end = columns(canvas, 750, "Links een. " + SENTENCE * 3, "Rechts een. " + SENTENCE * 3)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(60, end - 24, "6 Netwerken")
    canvas.setFont("Helvetica", 11)
    if columns_below:
        columns(canvas, end - 48, "Links twee. " + SENTENCE * 3, "Rechts twee. " + SENTENCE * 3)
    else:
        for index, line in enumerate(wrapped("Over de volle breedte. " + SENTENCE * 3, 470)):
            canvas.drawString(60, end - 48 - 14 * index, line)
    canvas.save()
    text = document(out.getvalue()).text
    expected = ["Links een.", "Rechts een.", "6 Netwerken"]
    expected += ["Links twee.", "Rechts twee."] if columns_below else ["Over de volle breedte."]
    assert sorted(expected, key=text.index) == expected


@pytest.mark.parametrize("alone", [False, True])
def test_a_note_with_a_dotted_number(alone: bool) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 750, "Wij publiceren het beleid vóór 1 juli op onze website.")
    canvas.drawString(60, 720 if alone else 736, "Wijzigingen maken wij daar ook bekend.")
    canvas.drawString(60, 700, "Onderaanneming mag, tot 20 procent van de uren.")
    canvas.setFont("Helvetica", 7)
    end = 60 + canvas.stringWidth("Wij publiceren het beleid vóór 1 juli op onze website.", "Helvetica", 11)
    canvas.drawString(60 if alone else end, 739 if alone else 754, "1")
    canvas.drawString(60 + canvas.stringWidth("Onderaanneming mag, tot 20 procent van de uren.", "Helvetica", 11), 704, "2")
    canvas.setFont("Helvetica", 8)
    canvas.drawString(60, 60, "1. Zie www.noorderlicht.example.")
    canvas.drawString(60, 48, "2. Berekend over het kalenderjaar.")
    canvas.save()
    found = document(out.getvalue())
    assert blocks(found, BlockKind.FOOTNOTE) == ["1 Zie www.noorderlicht.example.", "2 Berekend over het kalenderjaar."]
    assert [found.text[: note.position].split()[-1] for note in found.note_refs] == ["website.", "uren."]
    assert "uren.2" not in found.text
    assert blocks(found, BlockKind.PARAGRAPH)[0].startswith("Wij publiceren")


def test_a_mark_without_its_note_is_no_part_of_the_sentence_and_a_unit_is() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 750, "De kamer is 12 m")
    end = 60 + canvas.stringWidth("De kamer is 12 m", "Helvetica", 11)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(end, 754, "2")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(end + 4, 750, " groot.")
    canvas.setFont("Helvetica", 7)
    canvas.drawString(end + 4 + canvas.stringWidth(" groot.", "Helvetica", 11), 754, "3")
    canvas.save()
    found = document(out.getvalue())
    assert found.text == "De kamer is 12 m2 groot."
    assert [(note.position, note.label) for note in found.note_refs] == [(len(found.text), "3")]


def test_small_raised_bullets_are_bullets() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    items = ["het salaris van de coördinator;", "de website van het netwerk;", "bijeenkomsten."]
    canvas.setFont("Helvetica", 14)
    canvas.drawString(60, 770, "U mag de subsidie besteden aan:")
    for index, item in enumerate(items):
        canvas.setFont("Helvetica", 14)
        canvas.drawString(80, 750 - 20 * index, item)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(70, 754 - 20 * index, "•")
    canvas.save()
    found = document(out.getvalue())
    assert blocks(found, BlockKind.ITEM) == [f"• {item}" for item in items]
    assert not found.note_refs


HYPHENS = (
    "Wijzigingen melden wij. Geschillen niet. De post-hbo-opleiding, het hbo-diploma en "
    "het Wmo-loket in Overbetuwe-Oost vallen onder het beleid."
)
BREAKS = {
    "Wijzigingen": 8,
    "Geschillen": 2,
    "hbo-diploma": 3,
    "post-hbo-opleiding": 4,
    "Wmo-loket": 3,
    "Overbetuwe-Oost": 10,
}


@pytest.mark.parametrize("width", range(55, 330, 15))
def test_hyphens_at_line_ends_without_another_word_to_go_by(width: int) -> None:
    assert (
        document(lines_paper(wrapped(f"Let op. {HYPHENS}", width, breaks=BREAKS))).text.split()
        == f"Let op. {HYPHENS}".split()
    )


def unruled(canvas: Canvas, cells: list[tuple[str, str]], right: list[str]) -> None:
    """A table without lines beside a column of text, their base lines a little apart."""
    canvas.setFont("Helvetica", 11)
    for index, (first, second) in enumerate(cells):
        canvas.drawString(60, 700 - 14 * index, first)
        canvas.drawString(150, 700 - 14 * index, second)
    for index, line in enumerate(right):
        canvas.drawString(310, 700 - 14 * index, line)


def test_a_page_whose_order_is_uncertain_is_named(tmp_path: Path) -> None:
    cells = [
        ("Wanneer", "Wat er dan gebeurt"),
        ("1 juli 2026", "Publicatie"),
        ("15 september", "Aanbod van de"),
        ("", "overeenkomst"),
    ]
    cells += [("1 november", "Uiterste datum om"), ("van dit jaar", "te tekenen"), ("31 december", "Einde")]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    unruled(canvas, cells, wrapped(SENTENCE * 2, 220)[: len(cells)])
    canvas.save()
    (tmp_path / "plan.pdf").write_bytes(out.getvalue())
    assert read_file(tmp_path / "plan.pdf", "d").doubts == (
        "bladzijde 1: tekst in kolommen met een tabel; controleer de volgorde",
    )


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("Gh#}rujddqelhghu", 1),
        ("De zorgaanbieder levert casemanagement", 0),
        ("The provider delivers case management", 0),
        ("Overzicht deelnemers Jansen Utrecht Pietersen Amersfoort Bakker Gouda", 0),
    ],
)
def test_a_page_of_letters_that_make_no_words_is_named(text: str, doubts: int, tmp_path: Path) -> None:
    shifted = "".join(chr(ord(sign) + 3) if sign.isalpha() else sign for sign in LONG.lower()) if doubts else text
    (tmp_path / "brief.pdf").write_bytes(lines_paper([f"{shifted} {text}"] * 12))
    found = read_file(tmp_path / "brief.pdf", "d").doubts
    assert len(found) == doubts
    assert not doubts or found[0].startswith("bladzijde 1: de meeste woorden zijn onleesbaar")
