"""Reads PDF: pypdf tells its structure (pages, labels, outline, encryption), PDFium where every character stands."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant.reading.cleaning import clean
from assistant.reading.faults import Fault, Verdict
from assistant.reading.glyphs import Run, page_runs
from assistant.reading.layout import lay_out
from assistant.reading.margins import set_margins_apart
from assistant.reading.pdf_lines import page_lines, with_gaps
from assistant.reading.raw import RawDocument
from assistant.reading.ruled import segments_of, with_tables
from assistant.records import BlockKind

if TYPE_CHECKING:
    from pypdf import PdfReader

_NO_TITLES = {"", "anonymous", "untitled", "unnamed", "naamloos", "zonder titel"}  # what programs write where none was given
_IMAGE = 3  # PDFium's number for an image among the objects of a page
_LINE = 12.0  # type size and distance that stand in where only bare text could be had


@dataclass(slots=True)
class _Structure:
    pages: int = 0
    labels: list[str] = field(default_factory=list)
    outline: dict[str, int] = field(default_factory=dict)
    title: str = ""
    reader: PdfReader | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    """What was found on a page; ``drawn`` where it holds anything to see, ``picture`` where that is an image."""

    runs: list[Run] = field(default_factory=list)
    aside: str = ""
    drawn: bool = False
    picture: bool = False
    failed: bool = False


def read(data: bytes) -> RawDocument:
    """The blocks of a PDF. Raises Fault for one that is encrypted, scanned or too damaged to have pages."""
    structure = _structure(data)
    pages = _pages(data, structure)
    if not any(page.runs for page in pages):
        _refuse(pages)
    gutters: list[float] = []
    margins = set_margins_apart([page.runs for page in pages])
    placed = [page_lines(number, runs, gutters) for number, runs in enumerate(margins.runs, 1)]
    doubtful = tuple(number for number, page in enumerate(placed, 1) if page.doubtful)
    laid_out = lay_out(with_gaps([page.lines for page in placed]), structure.outline)
    printed = {**laid_out.printed, **(margins.printed or {})}
    labels = structure.labels or [printed.get(number, str(number)) for number in range(1, len(pages) + 1)]
    aside = dict.fromkeys(page.aside for page in pages if page.aside)
    failed = tuple(number for number, page in enumerate(pages, 1) if page.failed or (page.picture and not page.runs))
    title = structure.title
    if title.strip("() ").casefold() in _NO_TITLES:
        title = next((block.text for block in laid_out.blocks if block.kind is BlockKind.HEADING), "")
    furniture = (*margins.furniture, *laid_out.furniture, *aside)
    return RawDocument(laid_out.blocks, tuple(labels[: len(pages)]), title, furniture, failed, doubtful)


def _structure(data: bytes) -> _Structure:
    """What pypdf can tell; an empty structure where it cannot read the file, which PDFium may still."""
    # Half a second of imports that only PDFs need.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    found = _Structure()
    with _survivable(PyPdfError):
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Fault(Verdict.ENCRYPTED, "")
        found.pages = len(reader.pages)
        found.reader = reader
    if found.reader is None:
        return found
    reader = found.reader
    with _survivable(PyPdfError):
        labels = [clean(label) for label in reader.page_labels]
        found.labels = labels if len(labels) == found.pages else []
    with _survivable(PyPdfError):
        found.title = clean(str((reader.metadata.title if reader.metadata else "") or ""))
    with _survivable(PyPdfError):
        found.outline = dict(_outline(reader.outline, 1))
    return found


def _survivable(library_error: type[Exception]) -> contextlib.suppress:
    """Lets a part of a damaged file be missing: besides its own errors pypdf raises these on malformed objects."""
    malformed = (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError)
    return contextlib.suppress(library_error, *malformed, RecursionError, NotImplementedError, OSError)


def _outline(entries: Any, level: int) -> Iterator[tuple[str, int]]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry, level + 1)
        elif title := clean(str(getattr(entry, "title", "") or "")):
            yield title.casefold(), level


def _pages(data: bytes, structure: _Structure) -> list[_Page]:
    """Every page of the file: as PDFium reads it, and as pypdf does where PDFium finds nothing."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if structure.reader is None and error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            # A kind of encryption that pypdf does not know.
            raise Fault(Verdict.ENCRYPTED, "") from error
        document = None
    known = len(document) if document is not None else 0
    pages: list[_Page] = []
    for number in range(1, max(structure.pages, known) + 1):
        page = _Page(failed=True)
        if document is not None and number <= known:
            with contextlib.suppress(pypdfium2.PdfiumError):
                page = _by_pdfium(document, number)
        if not page.runs and structure.reader is not None:
            page = _by_pypdf(structure.reader, number, page)
        pages.append(page)
    return pages


def _by_pdfium(document: Any, number: int) -> _Page:
    page = document[number - 1]
    textpage = page.get_textpage()
    found = page_runs(textpage, segments_of(page))
    textpage.close()
    runs = with_tables(found.runs, found.segments)
    kinds = [] if runs else [drawn.type for drawn in page.get_objects(max_depth=2)]
    page.close()
    return _Page(runs, clean(found.aside), drawn=bool(kinds), picture=_IMAGE in kinds)


def _by_pypdf(reader: PdfReader, number: int, page: _Page) -> _Page:
    """The page with the text that pypdf finds, line below line; failed where it cannot read the page either."""
    from pypdf.errors import PyPdfError

    text: str | None = None
    with _survivable(PyPdfError):
        text = reader.pages[number - 1].extract_text()
    if text is None:
        return replace(page, failed=True)
    runs = [
        Run(line, 0.0, 0.5 * _LINE * len(line), -_LINE * index, _LINE, False, line != line.rstrip())
        for index, line in enumerate(text.split("\n"))
        if line.strip()
    ]
    return replace(page, runs=runs, failed=False)


def _refuse(pages: Sequence[_Page]) -> None:
    """Raises the Fault of a file without any text: no pages, pages that cannot be read, or drawings only."""
    if all(page.failed for page in pages):
        raise Fault(Verdict.DAMAGED, "", len(pages))
    if any(page.drawn for page in pages):
        raise Fault(Verdict.SCANNED, "", len(pages))
    raise Fault(Verdict.DAMAGED, "no-text", len(pages))
