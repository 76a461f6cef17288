"""Runs in a process of its own: draws one page of the PDF on standard input, with a quote marked, as PNG on standard output.

Arguments: page number (from 1), memory in bytes, seconds, and the words of the quote that stand on the page.
"""

from __future__ import annotations

import io
import sys
import unicodedata
from collections.abc import Iterable
from typing import Any

from assistant.reading.limits import bind

SCALE = 2.0  # twice 72 dots an inch: sharp in the panel, some 200 kB a page
_LARGEST_SIDE = 2_400
_MARK = (255, 224, 92)

Box = tuple[float, float, float, float]


def main(arguments: list[str]) -> int:
    """Draws; the exit code is 1 when there is no such page."""
    number, memory, seconds, quote = int(arguments[0]), int(arguments[1]), float(arguments[2]), arguments[3]
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
    _draw(picture, boxes(page.get_textpage(), quote), page.get_mediabox(), scale)
    out = io.BytesIO()
    picture.save(out, PIL.PngImagePlugin.PngImageFile.format, optimize=False)
    sys.stdout.buffer.write(out.getvalue())
    return 0


def boxes(textpage: Any, quote: str) -> list[Box]:
    """Where the words of ``quote`` stand: a box for each line, in the page's own points; none when they are not found."""
    count = textpage.count_chars()
    text = textpage.get_text_range(0, count) if count else ""
    if len(text) != count:  # characters outside the basic plane count twice; then one by one
        text = "".join(textpage.get_text_range(index, 1)[:1] or " " for index in range(count))
    found = [(char, index) for index, char in enumerate(text) for char in _letters(char)]
    wanted = "".join(_letters(quote))
    start = "".join(char for char, _ in found).find(wanted) if wanted else -1
    if start < 0:
        return []
    indexes = dict.fromkeys(index for _, index in found[start : start + len(wanted)])
    return list(_lines(textpage.get_charbox(index, loose=True) for index in indexes))


def _letters(text: str) -> str:
    """What of a text is compared: no blanks, no hyphens, which line ends add and take away."""
    return "".join(
        char for char in unicodedata.normalize("NFKC", text) if not char.isspace() and char not in "-\u00ad\u2010\ufffe\x02"
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


def _draw(picture: Any, found: Iterable[Box], media: Box, scale: float) -> None:
    from PIL import Image, ImageChops

    for left, bottom, right, top in found:
        place = (
            (left - media[0]) * scale - 2,
            (media[3] - top) * scale - 1,
            (right - media[0]) * scale + 2,
            (media[3] - bottom) * scale + 1,
        )
        area = tuple(round(value) for value in place)
        area = (max(0, area[0]), max(0, area[1]), min(picture.width, area[2]), min(picture.height, area[3]))
        if area[0] >= area[2] or area[1] >= area[3]:
            continue
        part = picture.crop(area)
        picture.paste(ImageChops.multiply(part, Image.new("RGB", part.size, _MARK)), area)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
