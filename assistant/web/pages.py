"""The pages around the chat that anyone who is let in may read: documents, sources, and what is kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from assistant.records import Document, Source
from assistant.store.values import Role
from assistant.web import words
from assistant.web.access import Gate
from assistant.web.rendering import render, today
from assistant.web.site import Site
from assistant.web.source_view import show_page

Place = Annotated[int, Query(ge=0, le=1 << 40)]
PageNumber = Annotated[int | None, Query(ge=1, le=1_000_000)]


def router(site: Site, gate: Gate) -> APIRouter:
    """The routes of these pages."""
    routes = APIRouter(default_response_class=HTMLResponse)

    @routes.get("/document/{document}")
    def document_page(
        request: Request, document: str, versie: str = "", van: Place = 0, tot: Place = 0, pagina: PageNumber = None
    ) -> HTMLResponse:
        gate.require(request, Role.READER)
        source = site.service.library.source(document, versie or None)
        text = site.service.library.document(document, versie or None)
        old = text.version != site.sources[document].version
        view = SourceView(source, text, van, tot, pagina, today(), old, "")
        return source_response(request, view, {"versie": versie} if versie else {})

    @routes.get("/antwoord/{link}/bron/{document}/{version}")
    def cited_page(
        request: Request,
        link: str,
        document: str,
        version: str,
        van: Place = 0,
        tot: Place = 0,
        pagina: PageNumber = None,
    ) -> HTMLResponse:
        gate.require(request, Role.READER)
        kept = site.store.texts.one(link, document, version)
        as_of = site.store.conversations.answer_by_link(link).answer.question.as_of
        now = site.sources.get(document)
        view = SourceView(kept.source, kept.document, van, tot, pagina, as_of, now is None or now.version != version, link)
        return source_response(request, view, {})

    return routes


class SourceView:
    """Which stretch of which text is shown, for which day."""

    def __init__(
        self, source: Source, text: Document, start: int, end: int, page: int | None, as_of: date, old: bool, link: str
    ) -> None:
        self.source, self.text, self.start, self.end = source, text, start, end
        self.page, self.as_of, self.old, self.link = page, as_of, old, link

    @property
    def quote(self) -> str:
        return self.text.text[self.start : self.end]


def source_response(request: Request, view: SourceView, keep: dict[str, Any]) -> HTMLResponse:
    """A source as a part of the page when the page itself asks for it, else as a page of its own."""
    shown = show_page(view.text, view.page, view.start, view.end)
    span = {"van": view.start, "tot": view.end} if view.end > view.start else {}

    def page_link(number: int) -> str:
        return f"{request.url.path}?{urlencode({**keep, **span, 'pagina': number})}"

    page = view.text.page_at(view.start)
    values: dict[str, Any] = {
        "source": view.source,
        "shown": shown,
        "version": view.text.version,
        "old": view.old,
        "valid": view.source.valid_on(view.as_of),
        "as_of": view.as_of,
        "quote": view.quote,
        "reference": words.reference(view.quote, view.source, page.label or str(page.number), view.text.version),
        "page_link": page_link,
        "image": "",
    }
    template = "source.html" if request.headers.get("x-deel") else "source_page.html"
    return HTMLResponse(render(template, here="documents", **values))
