"""The text of Word paragraphs: what is shown, with marks where footnotes and page breaks stand."""

from __future__ import annotations

from typing import Any

from assistant.reading.building import PAGE_BREAK, inline, note_mark, plain_text
from assistant.reading.docx_styles import WORD, local

# What is not shown in the running text: deleted text, field codes, and the second version of drawings.
_NOT_SHOWN = frozenset("del delText moveFrom instrText pPr rPr sdtPr fldChar annotationRef commentReference".split())
_BOXES = ("txbxContent", "drawing", "pict", "object")
_SIGNS = {"tab": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}
_RELATIONS = {"footnote": "/footnotes", "endnote": "/endnotes"}


class Texts:
    """Reads paragraphs in order; ``boxes`` collects the text of text boxes, and notes wait until they are taken."""

    def __init__(self, part: Any) -> None:
        self.boxes: list[str] = []
        self._notes = {kind: _notes_of(part, ending) for kind, ending in _RELATIONS.items()}
        self._waiting: dict[str, list[tuple[str, str]]] = {kind: [] for kind in _RELATIONS}
        self._count = dict.fromkeys(_RELATIONS, 0)

    def marked(self, node: Any) -> str:
        """The shown text of a paragraph or a part of it, with marks."""
        parts: list[str] = []
        custom = False
        for child in node:
            tag = local(child)
            if tag == "t":
                parts.append("" if custom else inline(child.text or ""))
            elif tag in _SIGNS:
                parts.append(_SIGNS[tag])
            elif tag == "br":
                parts.append(PAGE_BREAK if child.get(f"{WORD}type") == "page" else " ")
            elif tag == "lastRenderedPageBreak":
                parts.append(PAGE_BREAK)
            elif tag in ("footnoteReference", "endnoteReference"):
                custom = child.get(f"{WORD}customMarkFollows") in ("1", "true", "on")
                sign = plain_text("".join(text.text or "" for text in node.iterchildren(f"{WORD}t"))) if custom else ""
                parts.append(self._note(tag.removesuffix("Reference"), child.get(f"{WORD}id") or "", sign))
            elif tag in _BOXES or not tag:
                self._set_apart(child)
            elif tag not in _NOT_SHOWN and not (tag == "r" and _is_hidden(child)):
                parts.append(self.marked(child))
        return "".join(parts)

    def take_notes(self, kind: str) -> list[tuple[str, str]]:
        """The (label, text) of the notes whose marks were read since the last call."""
        taken = self._waiting[kind]
        self._waiting[kind] = []
        return taken

    def _note(self, kind: str, identity: str, sign: str) -> str:
        text = self._notes[kind].get(identity, "")
        if not sign:
            self._count[kind] += 1
        label = sign or str(self._count[kind])
        if text:
            self._waiting[kind].append((label, text))
        return note_mark(label)

    def _set_apart(self, node: Any) -> None:
        seen = set(self.boxes)
        for box in node.iter(f"{WORD}txbxContent"):
            text = plain_text(" ".join(inline(part.text or "") for part in box.iter(f"{WORD}t")))
            if text and text not in seen:
                seen.add(text)
                self.boxes.append(text)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{WORD}rPr/{WORD}vanish")
    return mark is not None and mark.get(f"{WORD}val") not in ("0", "false", "off")


def _notes_of(part: Any, ending: str) -> dict[str, str]:
    """The text of all footnotes or endnotes by identity; separators are no notes."""
    from docx.oxml import parse_xml  # resolves no entities

    for relation in part.rels.values():
        if relation.reltype.endswith(ending) and not relation.is_external:
            target = relation.target_part
            root = getattr(target, "element", None)
            root = root if root is not None else parse_xml(target.blob)
            return {
                note.get(f"{WORD}id") or "": " ".join(_plain(paragraph) for paragraph in note.iter(f"{WORD}p"))
                for note in root
                if note.get(f"{WORD}type") in (None, "normal")
            }
    return {}


def _plain(node: Any) -> str:
    parts = []
    for child in node:
        tag = local(child)
        if tag == "t":
            parts.append(inline(child.text or ""))
        elif tag in _SIGNS or tag == "br":
            parts.append(_SIGNS.get(tag, " "))
        elif tag and tag not in _NOT_SHOWN and tag not in _BOXES:
            parts.append(_plain(child))
    return "".join(parts)
