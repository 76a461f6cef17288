"""Reads plain text: pages parted by form feeds, lines hard-wrapped or not, in the encodings that are met in practice."""

from __future__ import annotations

import codecs

from assistant.reading.cleaning import clean
from assistant.reading.faults import Fault, Verdict
from assistant.reading.layout import lay_out
from assistant.reading.lines import Line, PageLines, percentile
from assistant.reading.raw import RawDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TAB = 4


def read(data: bytes) -> RawDocument:
    """The blocks of a text file. Raises Fault (unsupported) where the bytes are no text."""
    pages = decode(data).replace("\r\n", "\n").replace("\r", "\n").split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()  # a form feed that closes the last page begins no new one
    raw_lines = [[line.expandtabs(_TAB) for line in page.split("\n")] for page in pages]
    measure = percentile([float(len(line.rstrip())) for page in raw_lines for line in page if line.strip()], 0.97)
    laid_out = lay_out([_page(number, lines, measure) for number, lines in enumerate(raw_lines, 1)])
    labels = tuple(laid_out.printed.get(number, str(number)) for number in range(1, len(pages) + 1))
    return RawDocument(laid_out.blocks, labels, furniture=laid_out.furniture)


def decode(data: bytes) -> str:
    """The text of ``data``: by its byte order mark, else UTF-8, else the Western code page. Raises Fault for binary data."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if _looks_binary(data):
        raise Fault(Verdict.UNSUPPORTED, "no-text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # cp1252 leaves five bytes undefined; they are no reason to refuse a letter.
        return data.decode("cp1252", errors="replace")


def _looks_binary(data: bytes) -> bool:
    sample = data[:65536]
    controls = sum(sample.count(byte) for byte in (*range(0, 9), *range(14, 27), *range(28, 32)))
    return b"\x00" in sample or controls > 0.01 * len(sample)


def _page(number: int, raw_lines: list[str], measure: float) -> PageLines:
    lines: list[Line] = []
    gap = 0
    for raw in raw_lines:
        text = clean(raw)
        if not text:
            gap += 1
            continue
        # The extraction begins every page with one blank, so a single one is no indent.
        indent = len(raw) - len(raw.lstrip())
        left = float(indent) if indent > 1 else 0.0
        right = float(len(raw.rstrip()))
        broken_word = raw.rstrip("\n").endswith("\u00ad")
        text = f"{text}-" if broken_word and not text.endswith("-") else text
        open_end = raw != raw.rstrip()
        lines.append(Line(text, number, gap if lines else 0, left, right, max(measure, right), open_end=open_end))
        gap = 0
    return PageLines(number, tuple(lines))
