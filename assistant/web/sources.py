"""Sources to read: a document as it is now, or the text that a kept answer cites, page by page with its quote marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from assistant.errors import CorpusError, UsageError
from assistant.export import quote_with_reference
from assistant.records import Citation, Document, DocumentStatus, Source
from assistant.store.values import Role
from assistant.web.access import Gate
from assistant.web.language import language_of, words
from assistant.web.page_image import draw, is_pdf
from assistant.web.rendering import today
from assistant.web.responding import is_part, page, part
from assistant.web.site import Site
from assistant.web.source_view import show_page


@dataclass(frozen=True)
class Span:
    """Which page and which characters of a text are asked for."""

    van: Annotated[int, Query(ge=0, le=1 << 40)] = 0
    tot: Annotated[int, Query(ge=0, le=1 << 40)] = 0
    pagina: Annotated[int | None, Query(ge=1, le=1_000_000)] = None
    versie: Annotated[str, Query(max_length=64)] = ""

    def query(self, number: int) -> str:
        """The same stretch on another page."""
        values: dict[str, Any] = {"versie": self.versie} if self.versie else {}
        if self.tot > self.van:
            values |= {"van": self.van, "tot": self.tot}
        return urlencode({**values, "pagina": number})


Asked = Annotated[Span, Depends()]


@dataclass(frozen=True, slots=True)
class SourceView:
    """Which stretch of which text is shown, for which day; ``old`` when the corpus has another version by now."""

    source: Source
    text: Document
    span: Span
    as_of: date
    old: bool


def router(site: Site, gate: Gate) -> APIRouter:
    """The routes of sources."""
    routes = APIRouter()

    @routes.get("/document/{document}")
    def document(request: Request, document: str, span: Asked) -> HTMLResponse:
        gate.require(request, Role.READER)
        if _known(site, document).status is DocumentStatus.MISSING:
            return page(gate, request, "missing_page.html", "documents", source=site.sources[document])
        return _shown(site, gate, request, _current(site, document, span))

    @routes.get("/document/{document}/beeld")
    def document_image(request: Request, document: str, span: Asked) -> Response:
        gate.require(request, Role.READER)
        return _image(site, _current(site, document, span))

    @routes.get("/antwoord/{link}/bron/{document}/{version}")
    def cited(request: Request, link: str, document: str, version: str, span: Asked) -> HTMLResponse:
        gate.require(request, Role.READER)
        return _shown(site, gate, request, _kept(site, link, (document, version), span))

    @routes.get("/antwoord/{link}/bron/{document}/{version}/beeld")
    def cited_image(request: Request, link: str, document: str, version: str, span: Asked) -> Response:
        gate.require(request, Role.READER)
        return _image(site, _kept(site, link, (document, version), span))

    return routes


def _known(site: Site, document: str, version: str | None = None) -> Source:
    """What the library knows of a document. Its own errors name ids; a reader is told which titles can be read."""
    try:
        return site.service.library.source(document, version)
    except CorpusError as error:
        if not error.code.startswith("unknown-"):
            raise
        titles = (source.title for source in site.sources.values() if source.status is DocumentStatus.PUBLISHED)
        remedy = words.UNKNOWN_SOURCE_REMEDY.format(titles="; ".join(titles))
        raise UsageError("unknown-source", words.UNKNOWN_SOURCE, remedy) from error


def _current(site: Site, document: str, span: Span) -> SourceView:
    version = span.versie or None
    source, text = _known(site, document, version), site.service.library.document(document, version)
    return SourceView(source, text, span, today(), text.version != site.sources[document].version)


def _kept(site: Site, link: str, key: tuple[str, str], span: Span) -> SourceView:
    kept = site.store.texts.one(link, *key)
    as_of = site.store.conversations.answer_by_link(link).answer.question.as_of
    now = site.sources.get(key[0])
    return SourceView(kept.source, kept.document, span, as_of, now is None or now.version != key[1])


def _shown(site: Site, gate: Gate, request: Request, view: SourceView) -> HTMLResponse:
    """A source as a part of the page when the page itself asks for it, else as a page of its own."""
    span, text = view.span, view.text
    shown = show_page(text, span.pagina, span.van, span.tot)
    quoted = _citation(view) if 0 <= span.van < span.tot <= len(text.text) else None
    number = shown.page.number
    values: dict[str, Any] = {
        "source": view.source,
        "shown": shown,
        "version": text.version,
        "old": view.old,
        "valid": view.source.valid_on(view.as_of),
        "as_of": view.as_of,
        "reference": _reference(request, quoted, view.source) if quoted else "",
        "page_link": lambda other: f"{request.url.path}?{span.query(other)}",
        "image": f"{request.url.path}/beeld?{span.query(number)}" if _original(site, view) else "",
    }
    if is_part(request):
        return part("source.html", **values)
    return page(gate, request, "source_page.html", "documents", **values)


def _reference(request: Request, quoted: Citation, source: Source) -> str:
    return quote_with_reference(quoted, source, retrieved=today(), language=language_of(request.cookies))


def _original(site: Site, view: SourceView) -> Path | None:
    """The PDF that a text was read from, where it is one and is still there."""
    try:
        path = site.service.library.path_of(site.service.library.source(view.source.id, view.text.version))
    except CorpusError:
        return None
    return path if is_pdf(path) else None


def _image(site: Site, view: SourceView) -> Response:
    shown = show_page(view.text, view.span.pagina, view.span.van, view.span.tot).page
    first, last = max(shown.start, view.span.van), min(shown.end, view.span.tot)
    path = _original(site, view)
    text = view.text.text
    quote, before = (text[first:last], text[shown.start : first]) if first < last else ("", "")
    drawn = draw(path, shown.number, quote, before) if path else None
    if drawn is None:
        raise UsageError("unknown-image", words.NO_IMAGE, words.NOT_FOUND_REMEDY)
    return Response(drawn, media_type="image/png", headers={"cache-control": "private, max-age=3600"})


def _citation(view: SourceView) -> Citation:
    """The stretch that is shown, as a citation to copy."""
    where = view.text.page_at(view.span.van)
    return Citation(
        number=1,
        document=view.source.id,
        version=view.text.version,
        title=view.source.title,
        kind=view.source.kind.id,
        valid_from=view.source.valid_from,
        valid_until=view.source.valid_until,
        page=where.number,
        page_label=where.label,
        section=(),
        start=view.span.van,
        end=view.span.tot,
        quote=view.text.text[view.span.van : view.span.tot],
    )
