"""Paragraph styles of a Word document, with what each takes over from the style that it is based on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|kop)\s*(\d)\b")
_TITLES = ("title", "titel", "book title")
_CONTENTS = re.compile(r"(?:toc|inhopg|inhoudsopgave)\s*\d")
_OUTLINE_BODY = 9  # the outline level that means running text


@dataclass(frozen=True, slots=True)
class Style:
    """A style's name in lower case, its paragraph properties (its own before those it builds on), its heading level or 0."""

    name: str
    properties: tuple[Any, ...]
    heading_level: int

    @property
    def is_contents(self) -> bool:
        return bool(_CONTENTS.match(self.name))


class Styles:
    """The styles of a document by their identity; headings move one level down where there is a title above them."""

    def __init__(self, part: Any) -> None:
        self._elements: dict[str, Any] = {}
        self._default: Any = None
        for element in part.styles.element.iter(f"{WORD}style"):
            if element.get(f"{WORD}type") == "paragraph":
                self._elements[element.get(f"{WORD}styleId") or ""] = element
                if element.get(f"{WORD}default") in ("1", "true"):
                    self._default = element
        self._known: dict[str, Style] = {}
        used = {node.get(f"{WORD}val") for node in part.element.iter(f"{WORD}pStyle")}
        self._titled = any(
            value_of(self._elements[name], "name").lower() in _TITLES for name in used if name in self._elements
        )

    def of(self, paragraph: Any) -> Style:
        """The style of a paragraph; its own outline level goes before that of the style."""
        reference = value_of(paragraph.find(f"{WORD}pPr"), "pStyle")
        if reference not in self._known:
            self._known[reference] = self._resolve(self._elements.get(reference, self._default))
        style = self._known[reference]
        outline = value_of(paragraph.find(f"{WORD}pPr"), "outlineLvl")
        if outline.isdigit() and not style.heading_level:
            return Style(style.name, style.properties, self._level(int(outline)))
        return style

    def _resolve(self, element: Any) -> Style:
        properties: list[Any] = []
        level = 0
        name = value_of(element, "name").lower()
        seen: set[int] = set()
        while element is not None and id(element) not in seen:
            seen.add(id(element))
            level = level or self._named_level(value_of(element, "name").lower())
            own = element.find(f"{WORD}pPr")
            if own is not None:
                properties.append(own)
                outline = value_of(own, "outlineLvl")
                level = level or (self._level(int(outline)) if outline.isdigit() else 0)
            element = self._elements.get(value_of(element, "basedOn"))
        return Style(name, tuple(properties), level)

    def _named_level(self, name: str) -> int:
        if name in _TITLES:
            return 1
        found = _HEADING.match(name)
        return int(found[1]) + self._titled if found else 0

    def _level(self, outline: int) -> int:
        return outline + 1 + self._titled if outline < _OUTLINE_BODY else 0


def local(node: Any) -> str:
    """The name of an element of Word's own namespace, else nothing."""
    tag = node.tag
    return tag[len(WORD) :] if isinstance(tag, str) and tag.startswith(WORD) else ""


def value_of(parent: Any, name: str) -> str:
    """The ``w:val`` of a child element, or nothing."""
    child = parent.find(f"{WORD}{name}") if parent is not None else None
    return (child.get(f"{WORD}val") or "") if child is not None else ""


def flag(paragraph: Any, style: Style, name: str) -> bool:
    """Whether a switch such as ``pageBreakBefore`` is on for a paragraph, by itself or by its style."""
    for properties in (paragraph.find(f"{WORD}pPr"), *style.properties):
        child = properties.find(f"{WORD}{name}") if properties is not None else None
        if child is not None:
            return child.get(f"{WORD}val") not in ("0", "false", "off")
    return False
