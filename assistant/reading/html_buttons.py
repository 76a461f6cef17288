"""Buttons of a web page: those that open a panel are the panel's title, all others are no text of the document."""

from __future__ import annotations

import re
from typing import Any

_HEADINGS = "h1, h2, h3, h4, h5, h6"
# What a button says that opens something but does not name it.
_ACTION = re.compile(
    r"(?:(?:lees|toon|bekijk|laad|zie)\s+(?:meer|verder|minder|alles|alle|voor|details?)\b.*|(?:meer|minder)\b.{0,25}"
    r"|menu\b.*|hoofdmenu|(?:open|sluit|toon|verberg)\b.{0,25}\b(?:menu|alles|alle|meer|paneel)|openen|sluiten?|uitklappen"
    r"|inklappen|alles (?:open|dicht|uit|in)\w*|delen|deel .{0,25}|zoek(?:en)?|filters?|taal|kopieer.*|print.*|afdrukken"
    r"|voorlezen|luister.*|read more|show (?:more|all)|share|search|close)[.…»>]*",
    re.IGNORECASE,
)
_PANEL_WORDS = 2  # a panel with fewer words holds no text


def settle_buttons(tree: Any) -> frozenset[int]:
    """Takes the buttons that are no text out of the tree; returns those, and the summaries, that are headings."""
    titles: set[int] = set()
    for node in tree.css("button, [role=button]"):
        inside = _heading_around(node)
        action = bool(_ACTION.fullmatch(_text(node)))
        if inside is not None and not action and (_is_toggle(node) or _text(inside) == _text(node)):
            continue  # the words of a heading, which is one already
        if inside is None and not action and _is_toggle(node) and _opens_text(tree, node):
            titles.add(node.mem_id)
        elif node.tag == "button" or action:
            node.decompose()
    for node in tree.css("details > summary"):
        if _ACTION.fullmatch(_text(node)):
            node.decompose()
        elif node.css_first(_HEADINGS) is None:
            titles.add(node.mem_id)
    return frozenset(titles)


def _text(node: Any) -> str:
    return " ".join(str(node.text(deep=True, separator=" ")).split())


def _heading_around(node: Any) -> Any:
    parent = node.parent
    while parent is not None:
        if parent.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "summary"):
            return parent
        parent = parent.parent
    return None


def _is_toggle(node: Any) -> bool:
    named = node.attributes
    return ("aria-expanded" in named or "aria-controls" in named) and "aria-haspopup" not in named


def _opens_text(tree: Any, node: Any) -> bool:
    """Whether what the button opens is text, and not a menu or a form; what it opens may stand beside its parent."""
    panel = _named(tree, node.attributes.get("aria-controls") or "") or _beside(node)
    if panel is None or panel.tag in ("nav", "form", "header") or panel.css_first("nav") is not None:
        return False
    linked = " ".join(_text(link) for link in panel.css("a"))
    return len(_text(panel).split()) >= _PANEL_WORDS and linked != _text(panel)


def _named(tree: Any, identity: str) -> Any:
    return tree.css_first(f'[id="{identity}"]') if re.fullmatch(r"[\w:.-]+", identity) else None


def _beside(node: Any) -> Any:
    for at in (node, node.parent):
        following = at.next if at is not None else None
        while following is not None and following.tag.startswith("-"):
            following = following.next
        if following is not None:
            return following
    return None
