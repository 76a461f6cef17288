"""Runs in a process of its own: draws one page of the PDF on standard input, with a quote marked, as PNG on standard output.

Arguments: page number (from 1), memory in bytes, seconds, the words of the quote that stand on the page, and how often
the page says the same before it.
"""

from __future__ import annotations

import io
import re
import sys
import unicodedata
from collections.abc import Iterable
from ctypes import byref, c_int
from typing import Any

from assistant.reading.limits import bind

SCALE = 2.0  # twice 72 dots an inch: sharp in the panel, some 200 kB a page
_LARGEST_SIDE = 2_400
_MARK = (255, 224, 92)
_SHORTEST = 12  # letters of a part of a quote that is marked by itself: fewer may stand anywhere

Box = tuple[float, float, float, float]
Place = tuple[int, int, int, int]


_ARGUMENTS = (int, int, float, str, int)


def main(arguments: list[str]) -> int:
    """Draws; the exit code is 1 when there is no such page."""
    number, memory, seconds, quote, before = (make(each) for make, each in zip(_ARGUMENTS, arguments, strict=True))
    import PIL.PngImagePlugin  # before the limits: what is imported later may not be found
    import pypdfium2

    data = sys.stdin.buffer.read()
    bind(memory, seconds)
    document = pypdfium2.PdfDocument(data)
    if not 1 <= number <= len(document):
        return 1
    page = document[number - 1]
    scale = min(SCALE, _LARGEST_SIDE / max(page.get_size()))
    picture = page.render(scale=scale).to_pil().convert("RGB")
    _draw(picture, [_place(page, picture.size, box) for box in boxes(page.get_textpage(), quote, before)])
    out = io.BytesIO()
    picture.save(out, PIL.PngImagePlugin.PngImageFile.format, optimize=False)
    sys.stdout.buffer.write(out.getvalue())
    return 0


def boxes(textpage: Any, quote: str, before: int = 0) -> list[Box]:
    """Where the words of ``quote`` stand: a box for each line, in the page's own points; none when they are not found.

    ``before`` is how often the page says the same earlier on. A quote that something else on the page interrupts (a
    note, the foot of a column) is marked sentence by sentence.
    """
    count = textpage.count_chars()
    text = textpage.get_text_range(0, count) if count else ""
    if len(text) != count:  # characters outside the basic plane count twice; then one by one
        text = "".join(textpage.get_text_range(index, 1)[:1] or " " for index in range(count))
    found = [(char, index) for index, char in enumerate(text) for char in letters(char)]
    page = "".join(char for char, _ in found)
    spans = _spans(page, letters(quote), before) or [
        span
        for part in re.split(r"\n|(?<=[.;:?!])\s", quote)
        if len(letters(part)) >= _SHORTEST
        for span in _spans(page, letters(part), 0)
    ]
    indexes = dict.fromkeys(index for start, end in spans for _, index in found[start:end])
    return list(_lines(textpage.get_charbox(index, loose=True) for index in indexes))


def _spans(page: str, wanted: str, before: int) -> list[tuple[int, int]]:
    """Where ``wanted`` stands once more than ``before`` times, or else for the last time; empty when nowhere."""
    start = page.find(wanted) if wanted else -1
    if start < 0:
        return []
    for _ in range(before):
        later = page.find(wanted, start + 1)
        if later < 0:
            break
        start = later
    return [(start, start + len(wanted))]


def letters(text: str) -> str:
    """What of a text is compared: no blanks and hyphens, which line ends change, no bars between a table's cells."""
    return "".join(
        char for char in unicodedata.normalize("NFKC", text) if not char.isspace() and char not in "-|\u00ad\u2010\ufffe\x02"
    )


def _lines(found: Iterable[Box]) -> Iterable[Box]:
    line: Box | None = None
    for box in found:
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        middle = (box[1] + box[3]) / 2
        if line is not None and line[1] <= middle <= line[3] and box[0] >= line[0]:
            line = (line[0], min(line[1], box[1]), max(line[2], box[2]), max(line[3], box[3]))
            continue
        if line is not None:
            yield line
        line = box
    if line is not None:
        yield line


def _place(page: Any, size: tuple[int, int], box: Box) -> Place:
    """A box of a page in dots of its picture; the page may be turned, or cut smaller than its paper."""
    from pypdfium2 import raw

    x, y = c_int(), c_int()
    corners = []
    for across, up in ((box[0], box[1]), (box[2], box[3])):
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, across, up, byref(x), byref(y))
        corners.append((x.value, y.value))
    (left, top), (right, bottom) = (
        (min(each) for each in zip(*corners, strict=True)),
        (max(each) for each in zip(*corners, strict=True)),
    )
    return max(0, left - 2), max(0, top - 1), min(size[0], right + 2), min(size[1], bottom + 1)


def _draw(picture: Any, places: Iterable[Place]) -> None:
    from PIL import Image, ImageChops

    for place in places:
        if place[0] >= place[2] or place[1] >= place[3]:
            continue
        part = picture.crop(place)
        picture.paste(ImageChops.multiply(part, Image.new("RGB", part.size, _MARK)), place)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
