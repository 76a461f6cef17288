"""Reads Markdown (CommonMark with tables and footnotes) by way of the HTML that it stands for."""

from __future__ import annotations

import re
from html import escape

from assistant.reading.html import read_text
from assistant.reading.plain import decode
from assistant.reading.raw import RawDocument

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_NOTE = re.compile(r"^\[\^([^\]\s]{1,20})\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*))*)", re.MULTILINE)
_MARK = re.compile(r"\[\^([^\]\s]{1,20})\]")

_DEEPEST = 100  # quotes and lists within each other; the library's own limit of 20 drops what lies deeper


def read(data: bytes) -> RawDocument:
    """The blocks of a Markdown file; the mark-up itself is gone. Raises Fault where the bytes are no text."""
    from markdown_it import MarkdownIt  # loaded here: no other format needs it

    source = _FRONT_MATTER.sub("", decode(data).replace("\r\n", "\n").replace("\r", "\n"), count=1)
    notes = dict(_NOTE.findall(source))
    source = _NOTE.sub("", source)
    body = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").render(source)
    return read_text(f"<body>{_with_notes(body, notes)}</body>", menus=False)


def _with_notes(body: str, notes: dict[str, str]) -> str:
    """Puts in the links and the notes as a web page has them, so that one reader knows how to treat them."""
    if not notes:
        return body
    names = list(notes)

    def link(found: re.Match[str]) -> str:
        name = found[1]
        if name not in notes:
            return found[0]
        return f'<sup><a href="#noot-{names.index(name)}">{_label(name, names)}</a></sup>'

    listed = "".join(f'<p id="noot-{i}">{escape(" ".join(notes[name].split()))}</p>' for i, name in enumerate(names))
    return _MARK.sub(link, body) + listed


def _label(name: str, names: list[str]) -> str:
    return name if name.isdigit() and len(name) <= 3 else str(names.index(name) + 1)
