"""A thin layer over fpdf2 that tags every paragraph, which fpdf2 itself does for pictures alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import MethodReturnValue, XPos, YPos

from assistant.export.looks import Look
from assistant.export.wording import Wording
from assistant.export.words import words_of

_FAMILY = "body"
_LEADING = 1.35  # line height in font sizes
_MARGIN = 22  # millimetres
_SUBSTITUTE = "☐"
# Look-alikes for what the font lacks. They are for print alone; text and Word keep the very characters.
_LOOKALIKES = str.maketrans(
    {
        "\u2010": "-",
        "\u2011": "-",
        "●": "•",
        "▪": "•",
        "■": "•",
        "○": "◦",
        "\uf0b7": "•",
        "\t": "    ",
        "\u00ad": "",
        "\u200b": "",
    }
)


class TaggedPdf:
    """A4 pages of paragraphs, each a marked piece of the structure tree, with page numbers outside it.

    The tree is what screen readers follow. fpdf2 can write one, but only its pictures and section titles use it, the
    latter as figures; :meth:`_marked` therefore uses two of its inner calls.
    """

    def __init__(self, fonts: Mapping[str, Path], title: str, created: datetime, words: Wording) -> None:
        self._words = words
        self._pdf: Any = _Pages(format="A4")
        self._pdf.foot = words.page_foot
        for style, path in fonts.items():
            self._pdf.add_font(_FAMILY, style, str(path))
        self._glyphs = frozenset(self._pdf.fonts[_FAMILY].cmap)
        self._pdf.set_margins(_MARGIN, _MARGIN)
        self._pdf.set_auto_page_break(False)
        self._pdf.set_lang(words.locale)
        self._pdf.set_title(title)
        self._pdf.set_author("Regelwijzer")
        self._pdf.set_creation_date(created)
        self._pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self._pdf.add_page()

    def can_print(self, text: str) -> bool:
        """Whether the font has every character of ``text``, or one that looks like it."""
        return all(ord(char) in self._glyphs for char in text.translate(_LOOKALIKES) if not char.isspace())

    def gap(self, millimetres: float) -> None:
        """Empty space, except at the top of a page."""
        if self._pdf.get_y() > _MARGIN:
            self._pdf.set_y(self._pdf.get_y() + millimetres)

    def paragraph(self, tag: str, text: str, look: Look) -> None:
        """One paragraph, broken over pages where needed; each piece on a page carries ``tag``."""
        pdf = self._pdf
        pdf.set_font(_FAMILY, "B" if look.bold else "", look.size)
        height = pdf.font_size * _LEADING
        self._indent(look.indent)
        lines = pdf.multi_cell(0, height, self._printed(text), align="L", dry_run=True, output=MethodReturnValue.LINES)
        keep = 4 if tag.startswith("H") else min(2, len(lines))  # a heading stays with what follows it
        while lines:
            room = int((pdf.h - _MARGIN - pdf.get_y()) / height)
            if room < keep:
                pdf.add_page()  # which writes the foot of the page before, in the margins of its own
                self._indent(look.indent)
                room = int((pdf.h - _MARGIN - pdf.get_y()) / height)
            now, lines = lines[:room], lines[room:]
            with self._marked(tag), self._spoken(look.language):
                for line in now:
                    pdf.cell(0, height, line, link=look.url, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            keep = 1
        self._indent(0)

    def finished(self) -> bytes:
        """The bytes of the file."""
        return bytes(self._pdf.output())

    def _indent(self, millimetres: float) -> None:
        self._pdf.set_left_margin(_MARGIN + millimetres)
        self._pdf.set_x(_MARGIN + millimetres)

    def _printed(self, text: str) -> str:
        known = text.translate(_LOOKALIKES)
        return "".join(char if ord(char) in self._glyphs or char == "\n" else _other(char) for char in known)

    @contextmanager
    def _marked(self, tag: str) -> Iterator[None]:
        pdf = self._pdf
        number = pdf.struct_builder.next_mcid_for_page(pdf.page)
        pdf._add_marked_content(struct_type=f"/{tag}", mcid=number)
        pdf._out(f"/{tag} <</MCID {number}>> BDC")
        yield
        pdf._out("EMC")

    @contextmanager
    def _spoken(self, language: str) -> Iterator[None]:
        """Marks what is in another language than the document, for whoever has it read aloud."""
        if language in ("", self._words.language):
            yield
            return
        self._pdf._out(f"/Span <</Lang ({words_of(language).locale})>> BDC")
        yield
        self._pdf._out("EMC")


def _other(char: str) -> str:
    return " " if char.isspace() else _SUBSTITUTE


class _Pages(FPDF):  # type: ignore[misc]
    """Pages with a number at the foot, marked as no part of the text."""

    foot: str

    def footer(self) -> None:
        self._out("/Artifact BMC")
        self.set_y(-_MARGIN / 2 - 4)
        self.set_left_margin(_MARGIN)
        self.set_font(_FAMILY, "", 9)
        self.cell(0, 5, self.foot.format(page=self.page_no()), align="R")
        self._out("EMC")
