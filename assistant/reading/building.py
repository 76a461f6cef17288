"""For readers of marked-up formats: text with marks in it (footnotes, page breaks) to the raw blocks of a document."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.reading.cleaning import clean
from assistant.reading.raw import RawBlock
from assistant.records import BlockKind

# Code points that are no characters: cleaning drops them, and no file can bring its own past `inline`.
PAGE_BREAK = "\ufdd0"
_NOTE, _NOTE_END = "\ufdd1", "\ufdd2"
_MARKS = re.compile(f"{PAGE_BREAK}|{_NOTE}([^{_NOTE_END}]*){_NOTE_END}")
_RESERVED = dict.fromkeys(map(ord, (PAGE_BREAK, _NOTE, _NOTE_END)))
_LEADING_MARKER = re.compile(
    r"(?:(?P<bullet>[•·▪◦●○■□‣∙\ue000-\uf8ff])\s*"
    r"|(?P<other>[-–—]|\(?\d{1,3}[.)]|\(?[a-z]{1,2}[.)]|\d{1,3}(?:\.\d{1,3})+\.?|\d{1,2}°\.?)\s+)"
    r"(?=\S)"
)


def inline(text: str) -> str:
    """Text of the file, made safe to stand among marks."""
    return text.translate(_RESERVED)


def note_mark(label: str) -> str:
    """The mark of a footnote, to stand in marked text where the footnote's sign stood."""
    return f"{_NOTE}{inline(label)}{_NOTE_END}"


def plain_text(marked: str) -> str:
    """Marked text without its marks, cleaned."""
    return clean(_MARKS.sub("", marked))


def leading_marker(text: str) -> str:
    """The marker with which a paragraph begins ("2.1", "a.", "•"), as it stands there; empty if there is none."""
    found = _LEADING_MARKER.match(text)
    return (found["bullet"] or found["other"]) if found else ""


class Builder:
    """Collects the blocks of a file in reading order and keeps count of its pages."""

    def __init__(self) -> None:
        self.blocks: list[RawBlock] = []
        self.page = 1
        self._fresh_page = True

    def add(self, kind: BlockKind, marked: str, *, level: int = 0, label: str = "") -> None:
        """Adds a block of marked text; blank text adds nothing but its page breaks.

        ``label`` is an item's or footnote's marker that the text does not hold yet: it is put before it.
        """
        if PAGE_BREAK in marked:
            marked = self._without_leading_breaks(marked)
        text = plain_text(marked)
        if not text:
            return
        if label:
            marked = f"{inline(label)} {marked}"
            text = plain_text(marked)
        notes, breaks, trailing = _marks(marked, text)
        self.blocks.append(
            RawBlock(kind, text, self.page, level, clean(inline(label)), page_breaks=tuple(breaks), notes=tuple(notes))
        )
        self.page += len(breaks)
        self._fresh_page = False
        if trailing:
            self.break_page()

    def add_typed(self, marked: str, level: int = 0) -> None:
        """Adds a paragraph, or an item where the text itself begins with a marker, such as "2.1" or "a."."""
        marker = leading_marker(plain_text(marked))
        if not marker:
            self.add(BlockKind.PARAGRAPH, marked)
            return
        before = len(self.blocks)
        self.add(BlockKind.ITEM, marked, level=level)
        if len(self.blocks) > before:
            self.blocks[-1] = replace(self.blocks[-1], label=marker)

    def add_table(self, rows: list[list[str]]) -> None:
        """Adds a table, one line a row; a bar in a cell becomes a slash, and empty rows are left out."""
        lines = [" | ".join(plain_text(cell).replace("|", "/") for cell in row) for row in rows]
        filled = [line for line in lines if line.strip(" |")]
        if filled:
            self.blocks.append(RawBlock(BlockKind.TABLE, "\n".join(filled), self.page))
            self._fresh_page = False

    def break_page(self) -> None:
        """Begins a new page; twice without text between counts once, as one break is often written in two ways."""
        if not self._fresh_page:
            self.page += 1
            self._fresh_page = True

    def _without_leading_breaks(self, marked: str) -> str:
        first, found, rest = marked.partition(PAGE_BREAK)
        while found and not plain_text(first):
            self.break_page()
            marked = first + rest
            first, found, rest = marked.partition(PAGE_BREAK)
        return marked


def _marks(marked: str, text: str) -> tuple[list[tuple[int, str]], list[int], bool]:
    """Where notes and page breaks stand in ``text``, and whether a page ends behind it."""
    notes: list[tuple[int, str]] = []
    breaks: list[int] = []
    trailing = False
    for found in _MARKS.finditer(marked):
        offset = min(len(plain_text(marked[: found.start()])), len(text))
        if found[1] is not None:
            notes.append((offset, clean(found[1])))
        elif offset == len(text):
            trailing = True
        else:
            # The next page begins at its first letter, not at the blank before it.
            offset += text[offset] == " "
            if offset not in breaks:
                breaks.append(offset)
    return notes, breaks, trailing
