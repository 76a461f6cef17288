"""Real PDF files for the tests, set by reportlab from the blocks of the corpus documents or from given words."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer

from assistant.records import BlockKind, Document

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=8)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=18, bulletIndent=4, spaceAfter=2)
HEADINGS = {
    1: ParagraphStyle("h1", fontName="Helvetica-Bold", fontSize=18, leading=22, spaceAfter=10),
    2: ParagraphStyle("h2", fontName="Helvetica-Bold", fontSize=13, leading=16, spaceBefore=8, spaceAfter=6),
}
PageDrawing = Callable[[Canvas, int], None]


def flowables(document: Document, *, justify: bool = False) -> list[Flowable]:
    """The blocks of a document as a word processor would set them; footnotes are left to the page."""
    story: list[Flowable] = []
    body = ParagraphStyle("text", parent=BODY, alignment=TA_JUSTIFY) if justify else BODY
    for block in document.blocks:
        text = escape(document.text[block.start : block.end])
        if block.kind is BlockKind.HEADING:
            story.append(Paragraph(text, HEADINGS[block.level]))
        elif block.kind is BlockKind.ITEM:
            rest = text.removeprefix(escape(block.label)).strip()
            story.append(Paragraph(rest, ITEM, bulletText=block.label))
        elif block.kind is BlockKind.PARAGRAPH:
            story.append(Paragraph(_with_marks(document, block.start, block.end), body))
    return [*story, Spacer(1, 1)]


def _with_marks(document: Document, start: int, end: int) -> str:
    text, at = "", start
    for note in document.note_refs:
        if start <= note.position <= end:
            text += f"{escape(document.text[at : note.position])}<super>{note.label}</super>"
            at = note.position
    return text + escape(document.text[at:end])


def set_paper(
    story: Sequence[Flowable],
    *,
    columns: int = 1,
    draw: PageDrawing | None = None,
    height: float = A4[1],
    title: str = "Proefstuk",
) -> bytes:
    """The story as a PDF in one or more columns; ``draw`` adds to every page."""
    out = io.BytesIO()
    width, gutter, margin = A4[0], 0.8 * cm, 2.5 * cm
    each = (width - 2 * margin - (columns - 1) * gutter) / columns
    frames = [
        Frame(margin + index * (each + gutter), margin, each, height - 2 * margin, leftPadding=0, rightPadding=0)
        for index in range(columns)
    ]
    template = PageTemplate(frames=frames, onPage=lambda canvas, doc: draw(canvas, doc.page) if draw else None)
    BaseDocTemplate(out, pagesize=(width, height), pageTemplates=[template], title=title).build(list(story))
    return out.getvalue()


def header_and_footer(header: str, height: float = A4[1]) -> PageDrawing:
    """A running header, and a footer that counts the pages."""

    def draw(canvas: Canvas, page: int) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(2.5 * cm, height - 1.2 * cm, header)
        canvas.drawRightString(A4[0] - 2.5 * cm, 1.2 * cm, f"Pagina {page}")

    return draw


def footnote(label: str, lines: Sequence[str], on_page: int) -> PageDrawing:
    """A footnote in small type above the bottom margin of one page."""

    def draw(canvas: Canvas, page: int) -> None:
        if page == on_page:
            y = 2.1 * cm
            canvas.setFont("Times-Roman", 6)
            canvas.drawString(2.5 * cm, y + 3, label)
            canvas.setFont("Times-Roman", 9)
            for line in lines:
                canvas.drawString(2.5 * cm + 5, y, line)
                y -= 11

    return draw


def lines_paper(lines: Sequence[str], font: str = "Helvetica", size: float = 11) -> bytes:
    """One page with exactly these lines, one below the other."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont(font, size)
    for index, line in enumerate(lines):
        canvas.drawString(2.5 * cm, A4[1] - 3 * cm - index * 1.25 * size, line)
    canvas.save()
    return out.getvalue()


def wrapped(
    text: str, width: float, *, breaks: dict[str, int] | None = None, font: str = "Helvetica", size: float = 11
) -> list[str]:
    """Lines of ``text``; a word in ``breaks`` that does not fit is broken with a hyphen after that many characters."""
    lines, line = [], ""
    for word in text.split():
        if stringWidth(f"{line} {word}", font, size) <= width:
            line = f"{line} {word}".strip()
            continue
        cut = (breaks or {}).get(word, 0)
        if cut:
            lines.append(f"{line} {word[:cut]}-")
            line = word[cut:].removeprefix("-")
        else:
            lines.append(line)
            line = word
    return [*lines, line]
