"""An answer as a tagged PDF with its fonts inside, so that it prints right and reads aloud right everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import StorageError
from assistant.export.characters import writable
from assistant.export.looks import Look
from assistant.export.report import Line, Style, report
from assistant.export.words import words_of
from assistant.records import Answer, Source

if TYPE_CHECKING:
    from assistant.export.tagged import TaggedPdf

# Source Sans Pro (SIL Open Font License), as the package font-source-sans-pro ships it.
_FONT_PACKAGE = "font_source_sans_pro"
_FONT_FILES = {"": "SourceSansPro-Regular.ttf", "B": "SourceSansPro-Bold.ttf"}


def to_pdf(answer: Answer, sources: Iterable[Source], *, created: datetime, link: str = "", language: str = "nl") -> bytes:
    """The answer as the bytes of a PDF file. ``created`` is in the reader's time zone; ``language`` as in to_text.

    Raises StorageError when its font is not installed.
    """
    from assistant.export.tagged import TaggedPdf  # fpdf2 loads fontTools and Pillow: only for whoever asks for a file

    words = words_of(language)
    pdf = TaggedPdf(_fonts(), f"{words.title}: {writable(answer.question.text)}"[:255], created, words)
    lines = list(report(answer, sources, created, link, words))
    if not all(pdf.can_print(writable(line.text)) for line in lines):
        lines.append(Line(Style.TEXT, words.unprintable))
    for line in lines:
        _write(pdf, line)
    return pdf.finished()


def _fonts() -> dict[str, Path]:
    found = find_spec(_FONT_PACKAGE)
    folder = Path(found.origin).parent / "files" if found and found.origin else None
    fonts = {style: folder / name for style, name in _FONT_FILES.items()} if folder else {}
    if not fonts or not all(path.is_file() for path in fonts.values()):
        raise StorageError(
            "font-missing", "Het lettertype voor PDF-bestanden ontbreekt.", "Installeer font-source-sans-pro, of kies Word."
        )
    return fonts


_LOOKS = {  # tag, size in points, bold, space before in millimetres, indent in millimetres
    Style.TITLE: ("H1", 20.0, True, 0.0, 0.0),
    Style.HEADING: ("H2", 14.0, True, 6.0, 0.0),
    Style.SUBHEADING: ("H3", 11.5, True, 4.0, 0.0),
    Style.TEXT: ("P", 11.0, False, 1.5, 0.0),
    Style.ITEM: ("P", 11.0, False, 1.0, 3.0),
    Style.NUMBERED: ("P", 11.0, False, 1.0, 3.0),
    Style.QUOTE: ("BlockQuote", 11.0, False, 1.5, 6.0),
    Style.PASSAGE: ("BlockQuote", 11.0, False, 1.5, 6.0),
    Style.DETAIL: ("P", 9.5, False, 0.5, 6.0),
}


def _write(pdf: TaggedPdf, line: Line) -> None:
    tag, size, bold, before, indent = _LOOKS[line.style]
    text = writable(line.text)
    if line.style is Style.ITEM:
        text = f"• {text}"
    elif line.style is Style.QUOTE:
        text = f"“{text}”"
    elif line.label:
        text = f"{line.label}: {text}"
    pdf.gap(before)
    language = "" if line.label else line.language  # a label is in the document's own
    pdf.paragraph(tag, text, Look(size, bold, indent, writable(line.url), language))
