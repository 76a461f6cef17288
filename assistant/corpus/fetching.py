"""Fetches a known document from its official address, on the keeper's explicit command and never otherwise.

Only over https (plain http is for this machine alone), only from the site that the catalogue names, no further than a few
redirects within it, and no more than a bounded number of bytes and seconds. What came in is a file like any other: it is
read in a child process, and becomes a draft.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from assistant.corpus.library import Library
from assistant.corpus.manage import Added, Details, add_file
from assistant.errors import ReadingError, UsageError
from assistant.records import DocumentStatus, Source

if TYPE_CHECKING:
    import httpx

LARGEST = 50 << 20  # bytes
LONGEST_S = 60.0  # for all of it
_WAIT_S = 15.0  # for the server to say something
_MOST_HOPS = 5
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_ENDINGS = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download"})
_PUC = re.compile(r"/(PUC_\d+_\d+)(?:/(\d+))?/?$")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document that was fetched: from where in the end, how many bytes, and the draft that it became."""

    address: str
    size: int
    added: Added


def fetch_document(library: Library, document_id: str, today: date) -> Fetched:
    """Fetches a document that is known and not there, and takes it in as a draft.

    Raises CorpusError for an unknown document, UsageError for one that is there or has no usable address, ReadingError when
    the site does not give it or gives something else, and what ``add_file`` raises.
    """
    source = library.source(document_id)
    address = _address(source)
    with tempfile.TemporaryDirectory(prefix="regelwijzer-fetch-") as folder:
        final, ending, data = _download(document_id, address)
        file = Path(folder) / f"{document_id}{ending}"
        file.write_bytes(data)
        added = add_file(library, file, Details(id=document_id), today)
    return Fetched(final, len(data), added)


def download_address(url: str) -> str:
    """Where the document itself is, for an address of its page: the sites of which that is known, else the address.

    puc.overheid.nl shows a page around the text and gives the document as PDF at an address of its own.
    """
    parts = urlsplit(url)
    found = _PUC.search(parts.path)
    if parts.hostname == "puc.overheid.nl" and found:
        return (
            f"https://puc.overheid.nl/PUC/Handlers/DownloadDocument.ashx"
            f"?identifier={found[1]}&versienummer={found[2] or '1'}"
        )
    return url


def _address(source: Source) -> str:
    if source.status is not DocumentStatus.MISSING:
        raise UsageError(
            "already-there",
            f"Document '{source.id}' zit al in het corpus (status {source.status.value}).",
            f"Voeg een nieuwe versie toe met 'regelwijzer corpus add BESTAND --id {source.id}'.",
        )
    if not source.source_url:
        raise UsageError(
            "no-address",
            f"Van document '{source.id}' is geen adres bekend.",
            f"Vul 'source_url' in de catalogus in, of voeg het bestand toe met "
            f"'regelwijzer corpus add BESTAND --id {source.id}'.",
        )
    address = download_address(source.source_url)
    if not _allowed(urlsplit(address)):
        raise UsageError(
            "address-not-https",
            f"Het adres van document '{source.id}' begint niet met https://; daar wordt niets opgehaald.",
            "Verbeter 'source_url' in de catalogus.",
        )
    return address


def _allowed(parts: SplitResult) -> bool:
    """https, or plain http to this machine; never with a name and password in the address."""
    if not parts.hostname or parts.username or parts.password:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)


def _download(document_id: str, address: str) -> tuple[str, str, bytes]:
    """The final address, the ending for the file's name, and the bytes. Raises ReadingError."""
    import httpx  # only this command goes out

    until = monotonic() + LONGEST_S
    start = urlsplit(address)
    headers = {"User-Agent": "Regelwijzer", "Accept": ", ".join(_ENDINGS), "Accept-Encoding": "identity"}
    try:
        with httpx.Client(timeout=_WAIT_S, headers=headers, follow_redirects=False) as client:
            for _ in range(_MOST_HOPS + 1):
                with client.stream("GET", address) as response:
                    if not response.has_redirect_location:
                        return address, _ending(document_id, response), _body(document_id, response, until)
                    address = _next(document_id, start, response)
    except httpx.TimeoutException as error:
        raise _too_slow(document_id) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _failed(
            document_id,
            "fetch-unreachable",
            f"{start.hostname} is niet bereikbaar.",
            "Controleer of deze computer internet heeft, en probeer het later opnieuw.",
        ) from error
    raise _failed(document_id, "fetch-redirects", f"{start.hostname} stuurt steeds door naar een ander adres.", "")


def _next(document_id: str, start: SplitResult, response: httpx.Response) -> str:
    """Where a redirect leads, if that is on the same site."""
    target = str(response.url.join(response.headers["location"]))
    parts = urlsplit(target)
    same = _site(parts) == _site(start) and (parts.scheme == start.scheme or parts.scheme == "https")
    if not same or not _allowed(parts):
        raise _failed(
            document_id,
            "fetch-elsewhere",
            f"{start.hostname} stuurt door naar een andere plaats ({parts.scheme}://{parts.hostname}).",
            "Kijk of dat klopt, en zet dan dat adres in de catalogus.",
        )
    return target


def _site(parts: SplitResult) -> tuple[str, int | None]:
    port = parts.port if parts.hostname in _HERE else None
    return (parts.hostname or "").removeprefix("www."), port


def _ending(document_id: str, response: httpx.Response) -> str:
    """The ending that the content asks for. Raises ReadingError for a refusal, and for what is no document."""
    if response.status_code != 200:
        raise _failed(
            document_id,
            "fetch-refused",
            f"{response.url.host} geeft het document niet (code {response.status_code}).",
            "Kijk of 'source_url' in de catalogus nog klopt.",
        )
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind in _ENDINGS:
        return _ENDINGS[kind]
    ending = Path(urlsplit(str(response.url)).path).suffix.lower()
    if kind in _UNTOLD:
        return ending if ending in _ENDINGS.values() else ".pdf"  # by their first bytes a reader knows them anyway
    raise _failed(
        document_id,
        "fetch-kind",
        f"{response.url.host} geeft iets wat geen document is ({kind[:60]}).",
        "Zet in de catalogus het adres van het document zelf.",
    )


def _body(document_id: str, response: httpx.Response, until: float) -> bytes:
    found = bytearray()
    for chunk in response.iter_bytes():  # as they come: waiting for a fuller one could take for ever
        found += chunk
        if len(found) > LARGEST:
            raise _failed(
                document_id,
                "fetch-too-large",
                f"Het document is groter dan {LARGEST >> 20} MB.",
                "Haal het zelf op en bekijk of het wel het goede bestand is.",
            )
        if monotonic() > until:
            raise _too_slow(document_id)
    if not found:
        raise _failed(document_id, "fetch-empty", f"{response.url.host} geeft een leeg bestand.", "")
    return bytes(found)


def _too_slow(document_id: str) -> ReadingError:
    return _failed(document_id, "fetch-slow", "De site geeft het document niet op tijd.", "Probeer het later opnieuw.")


def _failed(document_id: str, code: str, message: str, remedy: str) -> ReadingError:
    own = f"Of haal het bestand zelf op en gebruik 'regelwijzer corpus add BESTAND --id {document_id}'."
    return ReadingError(code, f"'{document_id}' is niet opgehaald: {message}", f"{remedy} {own}".strip())
