"""The characters of a PDF page with their places, as PDFium tells them, gathered to runs on one base line."""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# PDFium's stand-in for a hyphen at the end of a line.
_LINE_END_HYPHEN = (0x02, 0xFFFE)
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_BOLD_WEIGHT = 600
# White of this many times the type size parts two runs, which may be cells or columns, or only widely set words.
_WIDE = 0.7


Segment = tuple[float, float, float, float]  # the left, lower, right and upper end of a drawn line


@dataclass(slots=True)
class Run:
    """Characters that follow each other on one base line in one type size; y grows upwards, all in points."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class _Glyph:
    sign: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    quarter: int
    made_up: bool  # a blank or line end that PDFium put in


@dataclass(frozen=True, slots=True)
class PageRuns:
    """The runs and drawn lines of a page, turned upright; ``aside`` is the text that stands at another angle than most."""

    runs: list[Run]
    segments: list[Segment]
    aside: str = ""


def page_runs(textpage: Any, segments: Sequence[Segment] = ()) -> PageRuns:
    """The runs of a pypdfium2 text page, parted where one of the upright ``segments`` stands between them."""
    glyphs = list(_glyphs(textpage))
    quarters = Counter(glyph.quarter for glyph in glyphs if glyph.sign.strip())
    if not quarters:
        return PageRuns([], [])
    upright = quarters.most_common(1)[0][0]
    aside = "".join(glyph.sign for glyph in glyphs if glyph.quarter != upright)
    turned = [_turn_line(upright, segment) for segment in segments]
    walls = sorted(line for line in turned if line[3] - line[1] >= 1.0)
    return PageRuns(_gather((glyph for glyph in glyphs if glyph.quarter == upright), walls), turned, aside)


def _glyphs(textpage: Any) -> Iterator[_Glyph]:
    # PDFium is a C library of some megabytes, which only PDFs need.
    import pypdfium2.raw as pdfium

    faces: dict[int, tuple[float, bool]] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        sign = "-" if code in _LINE_END_HYPHEN else chr(code) if 0 < code < 0x110000 else ""
        if not sign:
            continue
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
        handle = pdfium.FPDFText_GetTextObject(textpage, index)
        key = ctypes.cast(handle, ctypes.c_void_p).value or 0
        if key not in faces or not key:
            faces[key] = _face(pdfium, textpage, index)
        size, bold = faces[key]
        angle = pdfium.FPDFText_GetCharAngle(textpage, index)
        quarter = round(max(angle, 0.0) / (math.pi / 2)) % 4
        x0, x1, base = _turn(quarter, (box.left, box.right, box.bottom, box.top), (x.value, y.value))
        yield _Glyph(sign, x0, x1, base, size, bold, quarter, pdfium.FPDFText_IsGenerated(textpage, index) == 1)


def _face(pdfium: Any, textpage: Any, index: int) -> tuple[float, bool]:
    """The effective type size at a character, and whether it is bold."""
    matrix = pdfium.FS_MATRIX()
    nominal = pdfium.FPDFText_GetFontSize(textpage, index)
    scale = math.hypot(matrix.c, matrix.d) if pdfium.FPDFText_GetMatrix(textpage, index, matrix) else 1.0
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(textpage, index, name, 128, flags)
    bold = pdfium.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT
    bold = bold or any(word in name.value.decode("utf-8", "replace").lower() for word in _BOLD_NAMES)
    return (nominal * scale) or 1.0, bold


def _turn(quarter: int, box: tuple[float, float, float, float], origin: tuple[float, float]) -> tuple[float, float, float]:
    """Left, right and base line of a character as if its text ran from left to right; PDFium counts clockwise."""
    left, right, bottom, top = box
    if quarter == 3:
        return bottom, top, -origin[0]
    if quarter == 2:
        return -right, -left, -origin[1]
    if quarter == 1:
        return -top, -bottom, origin[0]
    return left, right, origin[1]


def _turn_line(quarter: int, segment: Segment) -> Segment:
    """A drawn line as if the text beside it ran from left to right."""
    left, low, right, high = segment
    x0, x1, y0 = _turn(quarter, (left, right, low, high), (left, low))
    y1 = _turn(quarter, (left, right, low, high), (right, high))[2]
    return x0, min(y0, y1), x1, max(y0, y1)


def _gather(glyphs: Iterator[_Glyph], walls: Sequence[Segment] = ()) -> list[Run]:
    runs: list[Run] = []
    run: Run | None = None
    blank = ""
    for glyph in glyphs:
        if glyph.sign in "\r\n":
            run, blank = None, ""
            continue
        if glyph.sign.isspace():
            if run is not None and not glyph.made_up:
                run.open_end = True
            blank = " "
            continue
        if run is None or _apart(run, glyph) or (blank and _walled(run, glyph, walls)):
            # A blank before a run that follows on the same line is kept by the white between them.
            run = Run(glyph.sign, glyph.x0, glyph.x1, glyph.y, glyph.size, glyph.bold)
            runs.append(run)
        else:
            run.text += blank + glyph.sign
            run.x1 = max(run.x1, glyph.x1)
            run.bold = run.bold and glyph.bold
            run.open_end = False
        blank = ""
    return runs


def _apart(run: Run, glyph: _Glyph) -> bool:
    if abs(glyph.size - run.size) > 0.1 * run.size or abs(glyph.y - run.y) > 0.15 * run.size:
        return True
    return glyph.x0 - run.x1 > _WIDE * run.size or glyph.x0 < run.x0 - 0.5 * run.size


def _walled(run: Run, glyph: _Glyph, walls: Sequence[Segment]) -> bool:
    """Whether an upright line stands in the white between a run and the next character."""
    first = bisect_left(walls, (run.x1 - 1.0,))
    for x, low, _, high in walls[first:]:
        if x > glyph.x0 + 1.0:
            return False
        if low <= glyph.y + 0.3 * glyph.size <= high:
            return True
    return False
