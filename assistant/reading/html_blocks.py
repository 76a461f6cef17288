"""Walks the elements of a web page and adds its blocks in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.reading.building import Builder, inline, leading_marker, note_mark, plain_text
from assistant.reading.counting import letters, roman
from assistant.reading.html_notes import Notes
from assistant.reading.lines import TERMINAL, starts_low
from assistant.reading.tables import MOST_DOWN, Cell, filled
from assistant.records import BlockKind

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    """address article aside blockquote body center details div fieldset figcaption figure footer form header hgroup legend
    li main nav p pre section td th tr tbody thead tfoot caption dd dt""".split()
)
_LINE = "\ufdd3"  # stands where a line was broken; no character, so that no page can hold its own
_RELATIVE = re.compile(r"(?:\bstatus\s*:?\s*)?\bgeldig vandaag\b[.;,]?", re.IGNORECASE)
_BOLD_LEVEL = _DEEPEST_LEVEL = 6
_LONGEST_TITLE = 12  # words of a bold paragraph that is a heading in all but name
_DEEPEST = 300
_FULL_LINE = 60  # characters from which a line before a line break may be a wrapped one
_LABELLED = re.compile(r"\w[\w-]*(?: \w+)?:")  # "E-mail: ..."
_MENU_ITEMS, _MENU_WORDS = 4, 6


class Walker:
    """Turns elements into blocks.

    ``skipped`` are left out whole. Lists of nothing but links are set apart as menus where ``menus`` says so, and what
    holds only on the day of reading always is; both are then in ``furniture``. ``titles`` are the buttons and summaries
    that are the title of the panel which they open.
    """

    def __init__(self, notes: Notes, skipped: set[int], menus: bool, titles: frozenset[int] = frozenset()) -> None:
        self.builder = Builder()
        self.furniture: list[str] = []
        self._notes = notes
        self._skipped = skipped
        self._menus = menus
        self._titles = titles
        self._section = 1  # the level of the heading that stands above
        self._panels = 0  # how many panels, each with a title of its own, are around the text
        self._buffer: list[str] = []
        self._all_bold = True
        self._item: tuple[int, str] | None = None  # level and marker of the list item that is being read
        self._footnotes: list[tuple[str, str]] = []

    def walk(self, node: Any, depth: int = 0, bold: bool = False) -> None:
        """Adds everything in ``node``; text outside any block element becomes a paragraph."""
        for child in node.iter(include_text=True):
            tag = child.tag
            if tag == "-text":
                self._text(child.text_content or "", bold)
            elif child.mem_id in self._skipped or tag.startswith("-"):
                continue
            elif child.mem_id in self._notes.targets:
                self._footnotes.append((self._notes.targets[child.mem_id], self._inline(child)))
            elif depth > _DEEPEST:
                self._text(child.text(deep=True, separator=" "), bold)
            else:
                self._element(child, tag, depth, bold)

    def finish(self) -> None:
        """Adds what is left: the last paragraph, and the footnotes, which stand behind the text."""
        self._flush()
        for label, text in self._footnotes:
            self.builder.add(
                BlockKind.FOOTNOTE, re.sub(rf"^\s*[\[(]?{re.escape(label)}[\])]?[.:]?\s+", "", text), label=label
            )

    def _element(self, node: Any, tag: str, depth: int, bold: bool) -> None:
        if tag in _HEADINGS:
            self._flush()
            self._section = _HEADINGS[tag]
            self._add(BlockKind.HEADING, self._inline(node), level=self._section)
        elif node.mem_id in self._titles:
            self._flush()
            self._add(BlockKind.HEADING, self._inline(node), level=min(self._section + max(self._panels, 1), _DEEPEST_LEVEL))
        elif tag == "details":
            self._panels += 1
            self._block(node, tag, depth, bold)
            self._panels -= 1
        elif tag in ("ul", "ol"):
            self._list(node, tag == "ol", depth)
        elif tag == "dl":
            self._definitions(node, depth)
        elif tag == "table":
            self._table(node, depth)
        elif tag in _BLOCKS:
            self._block(node, tag, depth, bold)
        elif tag in ("br", "hr"):
            self._buffer.append(_LINE)
        elif node.mem_id in self._notes.marks:
            self._buffer.append(note_mark(self._notes.marks[node.mem_id]))
        elif node.mem_id not in self._notes.back:
            self.walk(node, depth + 1, bold or tag in ("b", "strong"))

    def _block(self, node: Any, tag: str, depth: int, bold: bool) -> None:
        if self._item is not None:
            # The paragraphs of one list item are one item.
            self._buffer.append(" ")
            self.walk(node, depth + 1, bold)
            self._buffer.append(" ")
            return
        self._flush()
        self.walk(node, depth + 1, bold)
        self._flush()

    def _text(self, text: str, bold: bool) -> None:
        if text.strip() and not bold:
            self._all_bold = False
        self._buffer.append(inline(text).replace(_LINE, ""))

    def _add(self, kind: BlockKind, marked: str, level: int = 0, label: str = "") -> None:
        self.builder.add(kind, self._lasting(marked), level=level, label=label)

    def _lasting(self, marked: str) -> str:
        """The text without what is true only on the day on which the page was fetched."""
        found = _RELATIVE.findall(marked)
        self.furniture.extend(plain_text(text) for text in found)
        return _RELATIVE.sub("", marked) if found else marked

    def _flush(self) -> None:
        """Makes blocks of the text that was collected since the last block."""
        marked, all_bold = "".join(self._buffer), self._all_bold
        self._buffer.clear()
        self._all_bold = True
        text = plain_text(marked.replace(_LINE, " "))
        if not text:
            return
        if self._item is not None:
            self._add_item(marked.replace(_LINE, " "), text)
        elif all_bold and len(text.split()) <= _LONGEST_TITLE and text[-1] not in ".,;:?!":
            self._add(BlockKind.HEADING, marked.replace(_LINE, " "), level=_BOLD_LEVEL)
        else:
            for line in _lines(marked):
                self.builder.add_typed(self._lasting(line))

    def _add_item(self, marked: str, text: str) -> None:
        level, label = self._item or (0, "")
        if leading_marker(text):
            self.builder.add_typed(self._lasting(marked), level)
        elif label:
            self._add(BlockKind.ITEM, marked, level, label)
        else:
            self._add(BlockKind.PARAGRAPH, marked)
        self._item = (level, "")  # what follows in the same item goes on without a marker

    def _list(self, node: Any, ordered: bool, depth: int) -> None:
        self._flush()
        if self._menus and not ordered and self._item is None and _is_menu(node):
            self.furniture.append(plain_text(self._inline(node)))
            return
        outer = self._item
        level = outer[0] + 1 if outer is not None else 0
        number = _number(node.attributes.get("start"), 1)
        for child in node.iter(include_text=False):
            if child.mem_id in self._skipped:
                continue
            if child.mem_id in self._notes.targets:
                self._footnotes.append((self._notes.targets[child.mem_id], self._inline(child)))
                continue
            number = _number(child.attributes.get("value"), number)
            label = _count(number, node.attributes.get("type") or "1") if ordered else "•"
            titled = child.css_first("h1, h2, h3, h4, h5, h6") is not None or self._holds_title(child)
            self._item = None if titled else (level, label)
            self.walk(child, depth + 1)
            self._flush()
            number += 1
        self._item = outer

    def _holds_title(self, node: Any) -> bool:
        return any(inner.mem_id in self._titles for inner in node.css("button, summary, [role=button]"))

    def _definitions(self, node: Any, depth: int) -> None:
        """A term and its definition are one item: "term: definition"."""
        self._flush()
        term = ""
        for part in _terms(node):
            if part.mem_id in self._skipped:
                continue
            if part.tag == "dt":
                term = f"{term}, {self._inline(part)}" if plain_text(term) else self._inline(part)
            elif part.css_first("ul, ol, table, dl") is not None:
                self._add(BlockKind.PARAGRAPH, _as_term(term))
                self.walk(part, depth + 1)
                self._flush()
                term = ""
            else:
                definition = self._lasting(self._inline(part))
                if plain_text(definition):
                    self._add(BlockKind.ITEM, f"{_as_term(term)} {definition}")
                term = ""
        self._add(BlockKind.PARAGRAPH, term)

    def _table(self, node: Any, depth: int) -> None:
        self._flush()
        rows = [[cell for cell in row.iter(include_text=False) if cell.tag in ("td", "th")] for row in node.css("tr")]
        layout = node.attributes.get("role") == "presentation" or node.css_first("td table") is not None
        if layout or all(len(row) <= 1 for row in rows):
            self.walk(node, depth + 1)
            self._flush()
            return
        caption = node.css_first("caption")
        if caption is not None:
            self._add(BlockKind.PARAGRAPH, self._inline(caption))
        self.builder.add_table(filled([[self._cell(cell) for cell in row] for row in rows]))

    def _cell(self, node: Any) -> Cell:
        across, down = (_number(node.attributes.get(name), 1) for name in ("colspan", "rowspan"))
        return Cell(self._inline(node), across, down or MOST_DOWN, node.tag == "th")

    def _inline(self, node: Any, depth: int = 0) -> str:
        """All text in ``node`` as one line, with its footnote marks."""
        if depth > _DEEPEST:
            return inline(node.text(deep=True, separator=" "))
        parts: list[str] = []
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                parts.append(inline(child.text_content or "").replace(_LINE, ""))
            elif child.mem_id in self._notes.marks:
                parts.append(note_mark(self._notes.marks[child.mem_id]))
            elif not (child.tag.startswith("-") or child.mem_id in self._skipped or child.mem_id in self._notes.back):
                blank = " " if child.tag in _BLOCKS or child.tag in ("br", "ul", "ol") else ""
                parts.append(f"{blank}{self._inline(child, depth + 1)}{blank}")
        return "".join(parts)


def _lines(marked: str) -> list[str]:
    """Parts a paragraph at its broken lines; a line that goes on with the sentence of the line before is joined to it."""
    if _LINE not in marked:
        return [marked]
    lines: list[str] = [""]
    for part in marked.split(_LINE):
        above, text = plain_text(lines[-1]), plain_text(part)
        if above and text and not leading_marker(text) and _goes_on(above, text):
            lines[-1] = f"{lines[-1]} {part}"
        else:
            lines.append(part)
    return lines


def _goes_on(above: str, text: str) -> bool:
    """Whether a line goes on with the sentence above it; full lines were broken by a program, short ones by the writer."""
    if starts_low(text):
        return True
    return len(above) >= _FULL_LINE and not TERMINAL.search(above) and not _LABELLED.match(text)


def _terms(node: Any) -> Iterator[Any]:
    """The terms and definitions of one list, which may stand in groups; not those of lists inside it."""
    for child in node.iter(include_text=False):
        if child.tag in ("dt", "dd"):
            yield child
        elif child.tag == "div":
            yield from (part for part in child.iter(include_text=False) if part.tag in ("dt", "dd"))


def _as_term(term: str) -> str:
    bare = term.strip()
    return bare if not bare or bare.endswith(":") else f"{bare}:"


def _is_menu(node: Any) -> bool:
    """Whether a list is nothing but short links: a menu, or the contents of the page."""
    items = [child for child in node.iter(include_text=False) if child.tag == "li"]
    if len(items) < _MENU_ITEMS:
        return False
    whole = " ".join(node.text(deep=True, separator=" ").split())
    linked = " ".join(" ".join(link.text(deep=True, separator=" ") for link in node.css("a")).split())
    return whole == linked and len(whole.split()) <= _MENU_WORDS * len(items)


def _number(given: str | None, default: int) -> int:
    return int(given) if given and re.fullmatch(r"\d{1,6}", given) else default


def _count(number: int, style: str) -> str:
    """The marker of an ordered list item."""
    written = {"a": letters, "A": letters, "i": roman, "I": roman}.get(style, str)(number)
    return f"{written.upper() if style in 'AI' else written}."
