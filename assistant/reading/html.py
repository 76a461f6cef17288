"""Reads web pages: the text of the article, without the menus, banners and buttons around it."""

from __future__ import annotations

import codecs
import re
from typing import Any

from assistant.reading.building import inline, plain_text
from assistant.reading.html_blocks import Walker
from assistant.reading.html_buttons import settle_buttons
from assistant.reading.html_notes import find_notes
from assistant.reading.plain import decode as decode_plain
from assistant.reading.raw import RawDocument
from assistant.records import BlockKind

_CHARSET = re.compile(
    rb"""(?:<meta[^>]{0,200}charset\s*=\s*["']?|<\?xml[^>]{0,200}encoding\s*=\s*["'])([\w-]+)""", re.IGNORECASE
)
# What is never text of the document; the last list holds only for pages without an article or main part.
_NO_TEXT = "script style noscript template svg iframe object select textarea dialog audio video canvas".split()
_CHROME = (
    "nav, footer, [role=navigation], [role=banner], [role=contentinfo], [role=search], [role=dialog], [role=alertdialog]"
)
_PAGE_CHROME = "header, aside, [role=complementary]"
_CHROME_WORDS = frozenset(
    """cookie cookies cookiebar cookiebanner consent breadcrumb breadcrumbs kruimelpad broodkruimel skiplink skiplinks share
    sharing social delen pagination paginering feedback newsletter nieuwsbrief searchform zoekformulier menu submenu
    navigation navigatie navbar sidebar toolbar related gerelateerd""".split()
)
_MOST_KEPT = 400  # characters of set-apart text that are kept to show what was left out


def read(data: bytes) -> RawDocument:
    """The blocks of a web page. Raises Fault (unsupported) where the bytes are no text.

    What is left out is kept as furniture. A page has one page number: printed pages are not known.
    """
    return read_text(decode(data))


def read_text(source: str, menus: bool = True) -> RawDocument:
    """The blocks of HTML that is decoded already; ``menus`` says whether lists of nothing but links are set apart."""
    from selectolax.lexbor import LexborHTMLParser  # loaded here: no other format needs it

    tree = LexborHTMLParser(source)
    tree.strip_tags(_NO_TEXT, recursive=True)
    titles = settle_buttons(tree)
    root = _content(tree)
    if root is None:
        return RawDocument(())
    title = _title(tree)
    notes = find_notes(tree)
    skipped, furniture = _chrome(tree, root, set(notes.targets))
    walker = Walker(notes, skipped, menus, titles)
    outside = tree.css_first("h1")
    if outside is not None and root.css_first("h1") is None:
        walker.builder.add(BlockKind.HEADING, inline(title), level=1)
    walker.walk(root)
    walker.finish()
    return RawDocument(
        tuple(walker.builder.blocks), title=plain_text(inline(title)), furniture=(*furniture, *walker.furniture)
    )


def decode(data: bytes) -> str:
    """The page's text by the encoding that it names, else as plain text is decoded."""
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        name = named[1].decode("ascii").lower()
        try:
            codec = codecs.lookup("cp1252" if name in ("iso-8859-1", "latin1", "us-ascii") else name)
            if codec.name not in ("utf-8", "utf-16", "utf-16-le", "utf-16-be"):
                return data.decode(codec.name, errors="replace")
        except LookupError:
            pass  # a name that nobody knows: the bytes must tell
    return decode_plain(data)


def _content(tree: Any) -> Any:
    """The element that holds the document: its one article, else its main part, else the whole body."""
    main = tree.css_first("main") or tree.css_first("[role=main]")
    articles = [node for node in tree.css("article") if not _inside(node, "article")]
    if len(articles) == 1:
        around = main or tree.body
        if around is None or len(_text(articles[0])) * 2 >= len(_text(around)):
            return articles[0]
    return main or tree.body


def _title(tree: Any) -> str:
    for selector in ("h1", "title"):
        node = tree.css_first(selector)
        if node is not None and plain_text(inline(_text(node))):
            return _text(node)
    return ""


def _chrome(tree: Any, root: Any, targets: set[int]) -> tuple[set[int], list[str]]:
    """The elements that are no text of the document, and what they say; what holds a footnote or a title always stays."""
    size = len(_text(root))
    found = [*root.css(_CHROME), *(root.css(_PAGE_CHROME) if root.tag == "body" else [])]
    found.extend(node for node in root.css("[class], [id]") if _is_chrome(node))
    skipped: set[int] = set()
    inside: set[int] = set()
    texts: list[str] = []
    for node in found:
        if node.mem_id == root.mem_id or node.mem_id in inside:
            continue
        held = {inner.mem_id for inner in node.traverse()}
        text = _text(node)
        if held & targets or len(text) * 2 > size or node.css_first("h1") is not None:
            continue
        inside |= held
        skipped.add(node.mem_id)
        texts.append(plain_text(inline(text))[:_MOST_KEPT])
    return skipped, list(dict.fromkeys(text for text in texts if text))


def _is_chrome(node: Any) -> bool:
    named = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".lower()
    return not _CHROME_WORDS.isdisjoint(re.split(r"[^a-z]+", named))


def _inside(node: Any, tag: str) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag == tag:
            return True
        parent = parent.parent
    return False


def _text(node: Any) -> str:
    return str(node.text(deep=True, separator=" "))
