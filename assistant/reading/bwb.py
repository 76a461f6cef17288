"""Reads the XML of wetten.overheid.nl (BWB): laws and rules in hoofdstuk, artikel, lid and onderdeel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from assistant.reading.building import Builder, inline, note_mark, plain_text
from assistant.reading.faults import Fault, Verdict
from assistant.reading.raw import RawDocument
from assistant.records import BlockKind

# What describes the text or repeats it elsewhere; explanations are no rules, and would pass for them.
_LEFT_OUT = frozenset(
    """meta-data jcis jci brondata redactionele-correcties bwb-inputbestand bwb-wijzigingen kop citeertitel toelichting
    nota-toelichting opmerkingen-inhoud plaatje illustratie colspec noot.nr noot.lijst li.nr lidnr""".split()
)
_TEXTS = frozenset(
    "al considerans.al wij intitule dagtekening koning functie naam tekst tussenkop groepstekst afkondiging-tekst".split()
)
_HEADED = frozenset(
    """boek deel hoofdstuk titeldeel afdeling paragraaf subparagraaf sub-paragraaf artikel bijlage divisie circulaire.divisie
    model verdragtekst wijzig-artikel""".split()
)

_IN_FORCE = re.compile(rb'<toestand\b[^>]*?\binwerkingtreding="(\d{4}-\d{2}-\d{2})"')
_HEAD = 8192  # bytes: the date stands in the first element


def in_force_from(path: Path) -> date | None:
    """The day from which the text of a law in ``path`` holds, as the file itself says; None for any other file.

    Looks at the first bytes only and parses nothing, so that it needs no child process.
    """
    with path.open("rb") as file:
        found = _IN_FORCE.search(file.read(_HEAD))
    try:
        return date.fromisoformat(found[1].decode()) if found else None
    except ValueError:  # a day that does not exist
        return None


def read(data: bytes) -> RawDocument:
    """The blocks of a law. Headings have the depth of their part, members are items of level 0, parts of level 1 and on.

    Raises Fault where the bytes are no XML, or no law.
    """
    from lxml import etree  # loaded here: no other format needs it

    # Without huge_tree no file nests deeper than 256 levels, so that walking it by recursion is safe.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Fault(Verdict.DAMAGED, "") from error
    if root is None or _tag(root) != "toestand":
        raise Fault(Verdict.UNSUPPORTED, "xml")
    reader = _Reader()
    title = plain_text(_inline(root.find(".//citeertitel"), [])) or plain_text(_inline(root.find(".//intitule"), []))
    if title:
        reader.builder.add(BlockKind.HEADING, inline(title), level=1)
    for child in root:
        reader.walk(child, depth=1)
    return RawDocument(tuple(reader.builder.blocks), title=title)


class _Reader:
    def __init__(self) -> None:
        self.builder = Builder()
        self._notes: list[tuple[str, str]] = []

    def walk(self, node: Any, depth: int, items: int = 0) -> None:
        """Adds what ``node`` holds: ``depth`` counts the headings above it, ``items`` the members and lists."""
        tag = _tag(node)
        if tag in _LEFT_OUT:
            return
        if tag == "table":
            self._table(node)
        elif tag in ("lid", "li"):
            self._item(node, depth, items)
        elif tag in ("begrip", "definitie-item"):
            self.builder.add(BlockKind.ITEM, _inline(node, self._notes), level=items)
        elif tag in _TEXTS:
            kind = BlockKind.HEADING if tag == "tussenkop" else BlockKind.PARAGRAPH
            self._add(kind, node, level=depth + 1 if tag == "tussenkop" else 0)
            for inner in _lists_in(node):
                self.walk(inner, depth, items)
        else:
            self._part(node, tag, depth, items)

    def _part(self, node: Any, tag: str, depth: int, items: int) -> None:
        head = node.find("kop")
        if head is not None or tag in _HEADED:
            self._heading(node, head, depth)
            depth += 1
        for child in node:
            self.walk(child, depth, items)
        if tag == "artikel":
            self._finish_notes()

    def _heading(self, node: Any, head: Any, depth: int) -> None:
        parts = [_inline(part, self._notes) for part in head if _tag(part) not in _LEFT_OUT] if head is not None else []
        text = " ".join(part for part in parts if plain_text(part)) or inline(node.get("label", ""))
        self.builder.add(BlockKind.HEADING, text, level=depth + 1)

    def _item(self, node: Any, depth: int, items: int) -> None:
        """A member or a part: its marker and first text are one block, lists and further text come after it."""
        number = node.find("lidnr") if _tag(node) == "lid" else node.find("li.nr")
        label = plain_text(_inline(number, [])) if number is not None else ""
        opened = False
        for child in node:
            if not opened and _tag(child) == "al":
                opened = True
                self._add(BlockKind.ITEM, child, level=items, label=label)
                for inner in _lists_in(child):
                    self.walk(inner, depth, items + 1)
            else:
                opened = opened or _tag(child) == "lijst"
                self.walk(child, depth, items + 1)

    def _add(self, kind: BlockKind, node: Any, level: int = 0, label: str = "") -> None:
        self.builder.add(kind, _inline(node, self._notes), level=level, label=label)

    def _finish_notes(self) -> None:
        for label, text in self._notes:
            self.builder.add(BlockKind.FOOTNOTE, text, label=label)
        self._notes.clear()

    def _table(self, node: Any) -> None:
        title = node.find("title")
        if title is not None:
            self._add(BlockKind.PARAGRAPH, title)
        self.builder.add_table(
            [
                [_inline(cell, self._notes) for cell in row if _tag(cell) in ("entry", "td", "th")]
                for row in node.iter("row", "tr")
            ]
        )


def _tag(node: Any) -> str:
    # Comments, instructions and unresolved entities have a function for a tag.
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _lists_in(node: Any) -> Iterator[Any]:
    """Lists and tables that stand inside a paragraph of text."""
    return (child for child in node if _tag(child) in ("lijst", "table"))


def _inline(node: Any, notes: list[tuple[str, str]]) -> str:
    """The text of ``node`` with marks where its footnotes stood; these are added to ``notes``."""
    if node is None:
        return ""
    parts = [inline(node.text or "")]
    for child in node:
        tag = _tag(child)
        if tag == "noot":
            number = child.find("noot.nr")
            label = plain_text(_inline(number, [])) if number is not None else ""
            label = label.strip("[]") or str(len(notes) + 1)
            notes.append((label, _inline(child, [])))
            parts.append(note_mark(label))
        elif tag and tag not in _LEFT_OUT and tag not in ("lijst", "table"):
            blank = " " if tag in ("al", "noot.al", "definitie", "voornaam", "achternaam", "datum", "plaats") else ""
            parts.append(f"{blank}{_inline(child, notes)}{blank}")
        parts.append(inline(child.tail or ""))
    return "".join(parts)
