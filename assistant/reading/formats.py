"""Tells a file's format: by its first bytes, and where those leave it open by the ending of its name."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum
from pathlib import PurePath

from assistant.reading.faults import Fault, Verdict


class Format(StrEnum):
    """The formats that have a reader; the value is the reader's module."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    BWB = "bwb"
    MARKDOWN = "markdown"
    PLAIN = "plain"


_BY_ENDING = {
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.PLAIN,
    ".text": Format.PLAIN,
    "": Format.PLAIN,
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_HEAD = 8192


def detect(data: bytes, name: str) -> Format:
    """The format of ``data``, a file called ``name``. Raises Fault for what is empty or has no reader."""
    if not data.strip(b"\x00 \t\r\n\f"):
        raise Fault(Verdict.DAMAGED, "empty")
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if head.startswith(_OLE):
        raise Fault(Verdict.ENCRYPTED if _ENCRYPTED_OFFICE in data else Verdict.UNSUPPORTED, "old-office")
    if head.startswith(_IMAGES):
        raise Fault(Verdict.SCANNED, "image")
    return _marked_up(head) or _by_name(name)


def _zipped(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Fault(Verdict.DAMAGED, "zip") from error
    if "word/document.xml" in names or any(name.startswith("word/") for name in names):
        return Format.DOCX
    raise Fault(Verdict.UNSUPPORTED, "zip-other")


def _marked_up(head: bytes) -> Format | None:
    """HTML and XML tell themselves; any encoding will do for looking at their first tags."""
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    start = head.decode(encoding, errors="replace").removeprefix("ï»¿").lstrip().lower()
    if start.startswith(("<!doctype html", "<html")):
        return Format.HTML
    if start.startswith(("<?xml", "<!--", "<toestand")):
        if "<toestand" in start:
            return Format.BWB
        if "<html" in start:
            return Format.HTML
    return None


def _by_name(name: str) -> Format:
    ending = PurePath(name).suffix.lower()
    if ending not in _BY_ENDING:
        raise Fault(Verdict.UNSUPPORTED, "xml" if ending == ".xml" else "ending")
    if _BY_ENDING[ending] is Format.DOCX:
        raise Fault(Verdict.DAMAGED, "zip")
    return _BY_ENDING[ending]
