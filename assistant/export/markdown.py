"""The Markdown of an answer as plain paragraphs, list items and quotes. Nothing in it is ever run or fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from markdown_it import MarkdownIt
from markdown_it.token import Token


class Flow(Enum):
    """What a stretch of Markdown is."""

    TEXT = auto()
    ITEM = auto()
    NUMBERED = auto()
    QUOTE = auto()
    HEADING = auto()


_PARSER = MarkdownIt("commonmark", {"html": False})
_QUOTE = re.compile(r"^>.*$", re.MULTILINE)


def flows(markdown: str) -> Iterator[tuple[Flow, str]]:
    """The paragraphs of ``markdown`` in reading order; a link keeps its address, HTML stays the text that it is.

    The lines of a block quote are a document's own words: they are no Markdown, so "3. " begins no list there.
    """
    done = 0
    for quote in _QUOTE.finditer(markdown):
        yield from _marked(markdown[done : quote.start()])
        if text := quote[0].removeprefix(">").strip():
            yield Flow.QUOTE, text
        done = quote.end()
    yield from _marked(markdown[done:])


def _marked(markdown: str) -> Iterator[tuple[Flow, str]]:
    open_blocks: list[str] = []
    number = 0
    for token in _PARSER.parse(markdown):
        if token.nesting == 1:
            open_blocks.append(token.type)
            if token.type == "ordered_list_open":
                number = int(token.attrGet("start") or 1) - 1
            number += token.type == "list_item_open"
        elif token.nesting == -1:
            open_blocks.pop()
        elif token.type == "inline":
            flow = _flow(open_blocks)
            yield flow, f"{number}. {_plain(token)}" if flow is Flow.NUMBERED else _plain(token)
        elif token.content.strip():  # code and the like
            yield Flow.TEXT, token.content.rstrip("\n")


def _flow(open_blocks: list[str]) -> Flow:
    if "heading_open" in open_blocks:
        return Flow.HEADING
    lists = [block for block in open_blocks if block.endswith("list_open")]
    if not lists:
        return Flow.TEXT
    return Flow.NUMBERED if lists[-1] == "ordered_list_open" else Flow.ITEM


def _plain(inline: Token) -> str:
    parts: list[str] = []
    address = ""
    for token in inline.children or []:
        if token.type in {"softbreak", "hardbreak"}:
            parts.append("\n" if token.type == "hardbreak" else " ")
        elif token.type == "link_open":
            address = "" if token.info == "auto" else str(token.attrGet("href") or "")
        elif token.type == "link_close":
            parts.append(f" ({address})" if address else "")
        elif token.type == "image":
            parts.append(f"{token.content} ({token.attrGet('src')})")
        else:
            parts.append(token.content)
    return "".join(parts)
