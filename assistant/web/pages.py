"""The pages around the chat that anyone who is let in may read: documents, sources, and what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assistant.errors import ReadingError
from assistant.export import quote_with_reference
from assistant.records import Citation, Document, DocumentStatus, Source
from assistant.store.values import Role
from assistant.web import words
from assistant.web.access import Gate
from assistant.web.rendering import today
from assistant.web.responding import is_part, page, part
from assistant.web.site import Site
from assistant.web.source_view import show_page

Place = Annotated[int, Query(ge=0, le=1 << 40)]
PageNumber = Annotated[int | None, Query(ge=1, le=1_000_000)]


@dataclass(frozen=True, slots=True)
class SourceView:
    """Which stretch of which text is shown, for which day; ``old`` when the corpus has another version by now."""

    source: Source
    text: Document
    start: int
    end: int
    page: int | None
    as_of: date
    old: bool


def router(site: Site, gate: Gate) -> APIRouter:
    """The routes of these pages."""
    routes = APIRouter()

    @routes.get("/documenten")
    def documents(request: Request) -> HTMLResponse:
        gate.require(request, Role.READER)
        order = sorted(
            site.sources.values(), key=lambda each: (each.status is DocumentStatus.MISSING, each.kind.rank, each.title)
        )
        pages = {source.id: _pages(site, source) for source in order}
        return page(gate, request, "documents.html", "documents", sources=order, pages=pages)

    @routes.get("/document/{document}")
    def document(
        request: Request, document: str, versie: str = "", van: Place = 0, tot: Place = 0, pagina: PageNumber = None
    ) -> HTMLResponse:
        gate.require(request, Role.READER)
        source = site.service.library.source(document, versie or None)
        if source.status is DocumentStatus.MISSING:
            return page(gate, request, "missing_page.html", "documents", source=source)
        text = site.service.library.document(document, versie or None)
        old = text.version != site.sources[document].version
        view = SourceView(source, text, van, tot, pagina, today(), old)
        return _source(gate, request, view, {"versie": versie} if versie else {})

    @routes.get("/antwoord/{link}/bron/{document}/{version}")
    def cited(
        request: Request, link: str, document: str, version: str, van: Place = 0, tot: Place = 0, pagina: PageNumber = None
    ) -> HTMLResponse:
        gate.require(request, Role.READER)
        kept = site.store.texts.one(link, document, version)
        as_of = site.store.conversations.answer_by_link(link).answer.question.as_of
        now = site.sources.get(document)
        old = now is None or now.version != version
        return _source(gate, request, SourceView(kept.source, kept.document, van, tot, pagina, as_of, old), {})

    @routes.get("/privacy")
    def privacy(request: Request) -> HTMLResponse:
        settings = site.settings
        parts = words.privacy_parts(settings.store.retention_days, settings.answering.model, settings.web.access == "proxy")
        return page(gate, request, "privacy.html", "privacy", parts=parts)

    @routes.get("/gezond")
    def health() -> Response:
        problem = site.problem()
        return JSONResponse({"status": "ok" if problem is None else problem.code}, 200 if problem is None else 503)

    return routes


def _pages(site: Site, source: Source) -> int | None:
    """How many pages a document has; None when there is no text of it."""
    if source.status is DocumentStatus.MISSING:
        return None
    try:
        return len(site.service.library.document(source.id).pages)
    except ReadingError:
        return None


def _source(gate: Gate, request: Request, view: SourceView, keep: dict[str, Any]) -> HTMLResponse:
    """A source as a part of the page when the page itself asks for it, else as a page of its own."""
    shown = show_page(view.text, view.page, view.start, view.end)
    span = {"van": view.start, "tot": view.end} if view.end > view.start else {}

    def page_link(number: int) -> str:
        return f"{request.url.path}?{urlencode({**keep, **span, 'pagina': number})}"

    quoted = _citation(view) if 0 <= view.start < view.end <= len(view.text.text) else None
    values: dict[str, Any] = {
        "source": view.source,
        "shown": shown,
        "version": view.text.version,
        "old": view.old,
        "valid": view.source.valid_on(view.as_of),
        "as_of": view.as_of,
        "reference": quote_with_reference(quoted, view.source, retrieved=today()) if quoted else "",
        "page_link": page_link,
        "image": "",
    }
    if is_part(request):
        return part("source.html", **values)
    return page(gate, request, "source_page.html", "documents", **values)


def _citation(view: SourceView) -> Citation:
    """The stretch that is shown, as a citation to copy."""
    where = view.text.page_at(view.start)
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
        start=view.start,
        end=view.end,
        quote=view.text.text[view.start : view.end],
    )
