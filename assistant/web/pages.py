"""The pages around the chat that anyone who is let in may read: the documents, what is kept, the language."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from assistant.errors import CorpusError
from assistant.records import DocumentStatus, Source
from assistant.store.values import Role
from assistant.web.access import Gate
from assistant.web.language import COOKIE, YEAR_S, words
from assistant.web.responding import own_path, page
from assistant.web.site import Site


def router(site: Site, gate: Gate) -> APIRouter:
    """The routes of these pages."""
    routes = APIRouter()

    @routes.get("/documenten")
    def documents(request: Request) -> HTMLResponse:
        gate.require(request, Role.READER)
        order = sorted(site.sources.values(), key=_shelf)
        pages = {source.id: _pages(site, source) for source in order}
        return page(gate, request, "documents.html", "documents", sources=order, pages=pages)

    @routes.get("/privacy")
    def privacy(request: Request) -> HTMLResponse:
        kept, web = site.settings.store, site.settings.web
        parts = words.privacy_parts(kept.retention_days, site.settings.answering.model, web.access == "proxy")
        return page(gate, request, "privacy.html", "privacy", parts=parts)

    @routes.get("/gezond")
    def health() -> Response:
        problem = site.problem()
        return JSONResponse({"status": "ok" if problem is None else problem.code}, 200 if problem is None else 503)

    @routes.post("/taal")
    def language(request: Request, taal: Annotated[Literal["nl", "en"], Form()]) -> Response:
        response = RedirectResponse(_back(request), HTTPStatus.SEE_OTHER)
        response.set_cookie(COOKIE, taal, max_age=YEAR_S, httponly=True, samesite="lax", secure=gate.secure)
        return response

    return routes


def _back(request: Request) -> str:
    """The page that a form was sent from, by its path alone, so that it is never one of another site."""
    path = own_path(request.headers.get("referer", ""))
    return "/accounts" if path.startswith("/accounts/") else path  # a change of an account has no page of its own


def _shelf(source: Source) -> tuple[bool, int, str]:
    """Order on the page: what is here first, then by how much it binds."""
    return source.status is DocumentStatus.MISSING, source.kind.rank, source.title


def _pages(site: Site, source: Source) -> int | None:
    """How many pages a document has; None when there is no text of it."""
    if source.status is DocumentStatus.MISSING:
        return None
    try:
        return len(site.service.library.document(source.id).pages)
    except CorpusError:
        return None
