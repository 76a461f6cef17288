"""Reads Word documents (DOCX): headings by style, lists with the numbers that Word computes, tables and footnotes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from assistant.reading.building import Builder, plain_text
from assistant.reading.docx_lists import Number, Numbering
from assistant.reading.docx_styles import WORD as W
from assistant.reading.docx_styles import Styles, flag, local, value_of
from assistant.reading.docx_text import Texts
from assistant.reading.faults import Fault, Verdict
from assistant.reading.raw import RawDocument
from assistant.reading.tables import Cell, filled
from assistant.records import BlockKind

_MOST_UNPACKED = 256 * 1024 * 1024  # bytes; a file that unpacks to more is built to exhaust a reader


def read(data: bytes) -> RawDocument:
    """The blocks of a Word document.

    Pages are those that Word noted when it last saved the file. Footnotes stand before the next heading; text boxes are
    set apart as furniture, page headers and footers are left out. Raises Fault where the file is damaged or too heavy.
    """
    package = _open(data)
    reader = _Reader(package)
    reader.walk(package.element.body)
    reader.finish()
    title = (package.core_properties.title or "").strip()
    first = next((block.text for block in reader.builder.blocks if block.kind is BlockKind.HEADING), "")
    labels = tuple(str(number) for number in range(1, max(reader.builder.page, 1) + 1))
    return RawDocument(tuple(reader.builder.blocks), labels, first or plain_text(title), tuple(reader.texts.boxes))


def _open(data: bytes) -> Any:
    # Loaded here: no other format needs them.
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
                raise Fault(Verdict.TOO_HEAVY, "memory")
        return Document(io.BytesIO(data))
    except (zipfile.BadZipFile, OpcError, XMLSyntaxError, KeyError, ValueError, OSError, NotImplementedError) as error:
        raise Fault(Verdict.DAMAGED, "") from error


class _Reader:
    def __init__(self, package: Any) -> None:
        self.builder = Builder()
        self.texts = Texts(package.part)
        self._numbering = Numbering(package.part)
        self._styles = Styles(package.part)
        self._in_list = False

    def walk(self, parent: Any) -> None:
        """Adds the paragraphs and tables of a body, a cell or a content control."""
        for child in parent:
            tag = local(child)
            if tag == "p":
                self._paragraph(child)
            elif tag == "tbl":
                self._table(child)
            elif tag == "sdt" and not _is_contents(child):
                for content in child.iterchildren(f"{W}sdtContent"):
                    self.walk(content)
            elif tag in ("ins", "moveTo", "customXml", "smartTag"):
                self.walk(child)

    def finish(self) -> None:
        """Adds the footnotes that wait, then the endnotes."""
        self._add_notes("footnote")
        self._add_notes("endnote")

    def _paragraph(self, node: Any) -> None:
        style = self._styles.of(node)
        if style.is_contents:
            return
        if flag(node, style, "pageBreakBefore"):
            self.builder.break_page()
        marked = self.texts.marked(node)
        number = self._numbering.marker(node, style)
        if plain_text(marked):
            self._add(marked, style.heading_level, number)
        else:
            self.builder.add(BlockKind.PARAGRAPH, marked)  # blank, but it may hold a page break
        section = node.find(f"{W}pPr/{W}sectPr")
        if section is not None and value_of(section, "type") != "continuous":
            self.builder.break_page()

    def _add(self, marked: str, heading_level: int, number: Number | None) -> None:
        if heading_level or (self._in_list and not number):
            self._add_notes("footnote")
        self._in_list = number is not None and not heading_level
        if heading_level:
            counted = f"{number.label} " if number and number.counted else ""
            self.builder.add(BlockKind.HEADING, f"{counted}{marked}", level=heading_level)
        elif number:
            self.builder.add(BlockKind.ITEM, marked, level=number.level, label=number.label)
        else:
            self.builder.add_typed(marked)

    def _add_notes(self, kind: str) -> None:
        for label, text in self.texts.take_notes(kind):
            self.builder.add(BlockKind.FOOTNOTE, text, label=label)

    def _table(self, node: Any) -> None:
        rows = [list(_cells(row)) for row in _rows(node)]
        if all(len(row) <= 1 for row in rows):
            for row in rows:
                for cell in row:
                    self.walk(cell)
            return
        self._in_list = False
        self.builder.add_table(filled(self._spans(rows)))

    def _spans(self, rows: list[list[Any]]) -> list[list[Cell]]:
        """The cells of a table with the columns and rows that each covers; Word writes a cell again in each row below."""
        found: list[list[Cell]] = []
        above: dict[int, tuple[int, int]] = {}  # by column: the row and place of the last cell that was begun there
        for row in rows:
            column = _count_of(row[0].getparent(), "trPr/", "gridBefore") if row else 0
            line = [Cell("", column)] if column else []
            for node in row:
                across = max(1, _count_of(node, "tcPr/", "gridSpan"))
                merge = node.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(f"{W}val") != "restart" and column in above:
                    at, place = above[column]
                    begun = (found[at] if at < len(found) else line)[place]
                    (found[at] if at < len(found) else line)[place] = replace(begun, down=len(found) + 1 - at)
                else:
                    above[column] = len(found), len(line)
                    line.append(Cell(self._text(node), across))
                column += across
            found.append(line)
        return found

    def _text(self, cell: Any) -> str:
        return " ".join(self.texts.marked(paragraph) for paragraph in cell.iter(f"{W}p"))


def _count_of(node: Any, path: str, name: str) -> int:
    """A number that Word notes in the properties of a cell or row, 0 where it notes none."""
    found = node.find(f"{W}{path}{W}{name}")
    value = (found.get(f"{W}val") or "") if found is not None else ""
    return int(value) if value.isdigit() and len(value) < 4 else 0


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if local(child) == "tr":
            yield child
        elif local(child) in ("sdt", "customXml"):
            yield from child.iter(f"{W}tr")


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if local(child) == "tc":
            yield child
        elif local(child) in ("sdt", "customXml"):
            yield from child.iter(f"{W}tc")


def _is_contents(control: Any) -> bool:
    """Whether a content control holds the table of contents, which repeats headings and counts pages."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and (gallery.get(f"{W}val") or "").lower() == "table of contents"
