"""PDFs made from the two documents and from given words, read back to the same blocks."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reading_papers import (
    BODY,
    HEADINGS,
    flowables,
    footnote,
    header_and_footer,
    lines_paper,
    set_paper,
    wrapped,
)
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

from assistant.reading.compose import compose
from assistant.reading.faults import Fault, Verdict
from assistant.reading.pdf import read
from assistant.records import Block, BlockKind, Document

NOTE = ("Beleidsregel verpleging en verzorging - BR/REG-26108", "https://puc.overheid.nl/nza/doc/PUC_789876_22/")


def document(data: bytes) -> Document:
    return compose(read(data), "d", "v")


def shown(found: Document, *, notes: bool = False) -> list[tuple[str, int, str, str]]:
    def line(block: Block) -> tuple[str, int, str, str]:
        return str(block.kind), block.level, block.label, found.text[block.start : block.end]

    return [line(block) for block in found.blocks if notes or block.kind is not BlockKind.FOOTNOTE]


@pytest.mark.parametrize(("title", "found"), [("(anonymous)", "Regels"), ("untitled", "Regels"), ("Echt", "Echt")])
def test_what_a_program_writes_for_want_of_a_title_is_none(title: str, found: str) -> None:
    story = [Paragraph("Regels", HEADINGS[1]), Paragraph("Dit is een regel. En dit is er nog een.", BODY)]
    assert document(set_paper(story, title=title)).title == found


@pytest.mark.parametrize("justify", [False, True])
def test_purchasing_text_over_four_pages(purchasing: Document, justify: bool) -> None:
    drawing = header_and_footer("Zorgverzekeraars Nederland", 540)
    found = document(set_paper(flowables(purchasing, justify=justify), height=540, draw=drawing))
    assert shown(found) == shown(purchasing)
    assert found.furniture == ("Zorgverzekeraars Nederland", "Pagina 1")
    assert [page.label for page in found.pages] == ["1", "2", "3", "4"]
    assert found.title == "Proefstuk"
    care = [block for block in found.blocks if block.label == "•"]
    assert {found.page_at(block.start).number for block in care} == {1, 2}


def test_letter_with_a_footnote(letter: Document) -> None:
    running, note = header_and_footer("Dementie Netwerk Nederland"), footnote("1", NOTE, 1)

    def draw(canvas: Canvas, page: int) -> None:
        running(canvas, page)
        note(canvas, page)

    found = document(set_paper(flowables(letter), draw=draw))
    assert shown(found) == shown(letter)
    assert [line for line in shown(found, notes=True) if line[0] == "footnote"] == [
        ("footnote", 0, "1", f"1 {' '.join(NOTE)}")
    ]
    (mark,) = found.note_refs
    assert found.text[: mark.position].endswith("verpleging en verzorging")
    assert found.pages[0].text.endswith(NOTE[1])


@pytest.mark.parametrize("justify", [False, True])
@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_by_one(purchasing: Document, columns: int, justify: bool) -> None:
    small = [
        Paragraph(f"<font size=11>{flow.text}</font>", BODY)
        if isinstance(flow, Paragraph) and flow.style is HEADINGS[1]
        else flow
        for flow in flowables(purchasing, justify=justify)
    ]
    found = document(set_paper(small, columns=columns))
    assert found.text.split() == purchasing.text.split()
    assert [line for line in shown(found) if line[0] == "item"] == [line for line in shown(purchasing) if line[0] == "item"]


def test_columns_drawn_line_by_line() -> None:
    left = wrapped(
        "De linker kolom gaat over de zorg die thuis wordt gegeven en over wie daar recht op heeft in dit land.", 200
    )
    right = wrapped(
        "Rechts staat hoe de zorg wordt betaald en door wie, met alle voorwaarden die daar in de wet bij horen.", 200
    )
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    for index, (first, second) in enumerate(zip(left, right, strict=True)):
        canvas.drawString(60, 700 - 14 * index, first)
        canvas.drawString(300, 700 - 14 * index, second)
    canvas.save()
    assert document(out.getvalue()).text.split() == [*" ".join(left).split(), *" ".join(right).split()]


HYPHENS = (
    "De financiering van het casemanagement en de netwerken is niet verplichtend. Zorg- en welzijnspartijen bieden hulp. De "
    "NZa-beleidsregel en de niet-pluisfase zijn van belang. De financiering blijft versnipperd en de verzorging thuis ook."
)
BREAKS = {
    "financiering": 5, "verplichtend.": 4, "welzijnspartijen": 7, "NZa-beleidsregel": 3, "niet-pluisfase": 4,
    "versnipperd": 3, "verzorging": 3, "casemanagement": 4, "netwerken": 3,
}  # fmt: skip


@pytest.mark.parametrize("width", range(180, 400, 20))
def test_broken_words_become_whole(width: int) -> None:
    lines = wrapped(HYPHENS, width, breaks=BREAKS)
    assert document(lines_paper(lines)).text == HYPHENS


def test_numbered_headings_by_their_size_and_a_large_title_that_is_also_the_running_head() -> None:
    sentence = "De verpleegkundige bepaalt welke zorg er nodig is en legt dat vast in het zorgplan van de cliënt. " * 12
    story = [Paragraph("Inkoopbeleid zorg", HEADINGS[1])]
    for number, name in enumerate(("Inleiding", "Toegang", "Kosten", "Overig"), 1):
        story += [Paragraph(f"{number}.1 {name}", HEADINGS[2]), Paragraph(sentence, BODY)]
    found = document(set_paper(story, height=400, draw=header_and_footer("Inkoopbeleid zorg", 400)))
    assert [line[1:] for line in shown(found) if line[0] == "heading"] == [
        (1, "", "Inkoopbeleid zorg"),
        *(
            (2, f"{number}.1", f"{number}.1 {name}")
            for number, name in enumerate(("Inleiding", "Toegang", "Kosten", "Overig"), 1)
        ),
    ]
    assert found.text.count("Inkoopbeleid") == 1


def test_ligatures_become_letters() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    found = document(lines_paper(["Een \ufb01nanciering die \ufb02exibel genoeg is."], font="Vera"))
    assert found.text == "Een financiering die flexibel genoeg is."


def test_table() -> None:
    cell = Paragraph("€ 80,10 voor elk uur dat is besteed aan directe zorg", BODY)
    rows = [
        ["Prestatie", "Tarief", "Eenheid"],
        ["Casemanagement dementie", "€ 95,20", "per uur"],
        ["Ketenzorg dementie", "€ 12,00", "per maand"],
        ["Verpleging", cell, "per uur"],
    ]
    before = "De volgende prestaties worden onderscheiden in de regeling voor de zorg thuis."
    story = [
        Paragraph(before, BODY),
        Table(rows, colWidths=[150, 150, 90]),
        Paragraph("Na de tabel gaat de tekst door.", BODY),
    ]
    assert shown(document(set_paper(story))) == [
        ("paragraph", 0, "", before),
        (
            "table",
            0,
            "",
            "Prestatie | Tarief | Eenheid\nCasemanagement dementie | € 95,20 | per uur\n"
            "Ketenzorg dementie | € 12,00 | per maand\n"
            "Verpleging | € 80,10 voor elk uur dat is besteed aan directe zorg | per uur",
        ),
        ("paragraph", 0, "", "Na de tabel gaat de tekst door."),
    ]


def test_page_labels_outline_and_an_empty_page() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.addPageLabel(0, style="ROMAN_LOWER")
    canvas.addPageLabel(2, style="ARABIC", start=1)
    for page, text in enumerate(["Voorwoord bij deze uitgave", "", "Wie er recht op heeft"]):
        if text:
            canvas.bookmarkPage(str(page))
            canvas.addOutlineEntry(text, str(page), level=0)
            canvas.drawString(70, 700, text)
            canvas.drawString(70, 680, "Hieronder staat een gewone zin, die eindigt met een punt.")
        canvas.showPage()
    canvas.save()
    found = document(out.getvalue())
    assert [page.label for page in found.pages] == ["i", "ii", "1"]
    assert found.pages[1].text == ""
    assert [line[3] for line in shown(found) if line[0] == "heading"] == [
        "Voorwoord bij deze uitgave",
        "Wie er recht op heeft",
    ]


def test_text_at_right_angles_is_read_and_a_stray_mark_set_apart() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawString(-60, 20, "CONCEPT")
    canvas.rotate(90)
    canvas.drawString(100, -200, "Deze bladzijde is een kwartslag gedraaid gezet.")
    canvas.drawString(100, -214, "De tekst blijft gewoon leesbaar.")
    canvas.rotate(-90)
    canvas.drawString(20, 20, "CONCEPT")
    canvas.save()
    found = document(out.getvalue())
    assert found.text == "Deze bladzijde is een kwartslag gedraaid gezet. De tekst blijft gewoon leesbaar."
    assert "CONCEPT" in " ".join(found.furniture)


def drawn(draw_image: bool, text: str = "", encrypt: StandardEncryption | None = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=encrypt)
    if draw_image:
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, *A4)
        canvas.showPage()
    if text:
        canvas.drawString(70, 700, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "verdict"),
    [
        (drawn(True), Verdict.SCANNED),
        (drawn(False, "Geheim.", StandardEncryption("sleutel")), Verdict.ENCRYPTED),
        (b"%PDF-1.7\nniets dat klopt", Verdict.DAMAGED),
        (lines_paper(["Een zin."])[:200], Verdict.DAMAGED),
    ],
)
def test_what_cannot_be_read(data: bytes, verdict: Verdict) -> None:
    with pytest.raises(Fault) as caught:
        read(data)
    assert caught.value.verdict is verdict


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    assert document(drawn(False, "Een zin.", StandardEncryption("", ownerPassword="eigenaar"))).text == "Een zin."


def test_a_page_that_is_a_picture_is_named() -> None:
    raw = read(drawn(True, "Een zin."))
    assert raw.failed_pages == (1,)
    assert [page.text for page in compose(raw, "d", "v").pages] == ["", "Een zin."]
