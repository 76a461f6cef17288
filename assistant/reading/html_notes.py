"""Footnotes of a web page: which links are marks, and which elements are the notes they lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_SIGN = re.compile(r"[\[(]?(\d{1,3}|\*{1,3}|[a-z])[\])]?")
_NAMED = re.compile(r"fn|noot|note", re.IGNORECASE)
_BLOCKS = frozenset(("li", "p", "div", "td", "dd", "section", "aside", "body", "footer"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(frozen=True, slots=True)
class Notes:
    """By the identity of their elements: the label of every mark, the label of every note, and the links back."""

    marks: dict[int, str]
    targets: dict[int, str]
    back: frozenset[int]


def find_notes(tree: Any) -> Notes:
    """Finds links to a later place of the page whose text is a note sign, in superscript or named as a note."""
    links = [link for link in tree.css("a[href]") if (link.attributes.get("href") or "").startswith("#")]
    if not links:
        return Notes({}, {}, frozenset())
    order: dict[int, int] = {}
    anchors: dict[str, Any] = {}
    for position, node in enumerate(tree.root.traverse()):
        order[node.mem_id] = position
        name = node.attributes.get("id") or node.attributes.get("name")
        if name:
            anchors.setdefault(name, node)
    marks: dict[int, str] = {}
    targets: dict[int, str] = {}
    back: set[int] = set()
    for link in links:
        fragment = (link.attributes.get("href") or "")[1:]
        target = anchors.get(fragment)
        if target is None:
            continue
        sign = _SIGN.fullmatch(link.text(deep=True).strip())
        if order[target.mem_id] < order[link.mem_id]:
            if _NAMED.search(fragment) or link.text(deep=True).strip() in ("↩", "↑", "^", "↩︎"):
                back.add(link.mem_id)
        elif sign and (_raised(link) or _NAMED.search(fragment)):
            block = _block_of(target)
            if block is not None:
                marks[link.mem_id] = sign[1]
                targets.setdefault(block.mem_id, sign[1])
    return Notes(marks, targets, frozenset(back))


def _raised(link: Any) -> bool:
    return link.css_first("sup") is not None or (link.parent is not None and link.parent.tag == "sup")


def _block_of(node: Any) -> Any:
    """The block that a target stands in; none where the target is a heading or the whole page."""
    while node is not None and node.tag not in _BLOCKS:
        if node.tag in _HEADINGS:
            return None
        node = node.parent
    return node if node is not None and node.tag not in ("body", "section") else None
