"""Kept answers: their permanent page, taking them along, and what readers think of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from assistant.export import to_docx, to_pdf, to_text
from assistant.privacy import find_personal, mask
from assistant.store.feedback import one_line
from assistant.store.values import Reason, Role, Verdict
from assistant.web.access import Gate
from assistant.web.answer_view import look
from assistant.web.language import DUTCH, ENGLISH, language_of, words
from assistant.web.rendering import linker
from assistant.web.responding import page
from assistant.web.site import Site

PAGE_SIZE = 50  # reactions on one page
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


Make = Callable[..., bytes | str]


class Opinion(BaseModel):
    """What a reader thinks of an answer."""

    verdict: Verdict
    reasons: list[Reason] = []
    line: str = ""


def router(site: Site, gate: Gate) -> APIRouter:
    """The routes of kept answers."""
    routes = APIRouter()
    kept = site.store
    _exports(routes, site, gate)

    @routes.get("/antwoord/{link}")
    def permanent(request: Request, link: str) -> HTMLResponse:
        gate.require(request, Role.READER)
        stored = kept.conversations.answer_by_link(link)
        shown = look(stored.answer, site.known_sources(link))
        values = {"shown": shown, "stored": stored, "to": linker(link), "given": stored.created.date()}
        return page(gate, request, "answer_page.html", "", **values)

    @routes.post("/antwoord/{link}/reactie")
    def opine(request: Request, link: str, opinion: Opinion) -> dict[str, str]:
        visitor = gate.require(request, Role.READER)
        line = one_line(opinion.line)  # first: to look for names in a very long text takes seconds
        kept.feedback.add(visitor.name, link, opinion.verdict, opinion.reasons, mask(line, find_personal(line)))
        return {"message": words.FEEDBACK_THANKS}

    @routes.get("/reacties")
    def opinions(
        request: Request,
        oordeel: Annotated[Verdict | None, Query()] = None,
        bladzijde: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    ) -> HTMLResponse:
        gate.require(request, Role.KEEPER)
        found = kept.feedback.list(oordeel, PAGE_SIZE + 1, (bladzijde - 1) * PAGE_SIZE)
        items, sources = found[:PAGE_SIZE], site.sources
        looks = {item.answer.link: look(item.answer.answer, sources) for item in items}
        chosen = {"oordeel": oordeel.value} if oordeel else {}
        newer = urlencode({**chosen, "bladzijde": bladzijde - 1}) if bladzijde > 1 else ""
        older = urlencode({**chosen, "bladzijde": bladzijde + 1}) if len(found) > PAGE_SIZE else ""
        values: dict[str, Any] = {"items": items, "chosen": oordeel, "looks": looks, "linker": linker}
        return page(gate, request, "feedback.html", "feedback", **values, newer=newer, older=older)

    return routes


def _exports(routes: APIRouter, site: Site, gate: Gate) -> None:
    def download(request: Request, link: str, make: Make, kind: str, ending: str) -> Response:
        stored = site.store.conversations.answer_by_link(link)
        address = f"{gate.address(request)}/antwoord/{quote(link, safe='')}"
        language = ENGLISH if ENGLISH in (language_of(request.cookies), stored.answer.language) else DUTCH
        when = stored.created.astimezone()
        made = make(stored.answer, site.known_sources(link).values(), created=when, link=address, language=language)
        headers = {"cache-control": "no-store"}
        if ending:
            name = f"regelwijzer-{stored.created:%Y-%m-%d}-{stored.position}.{ending}"
            headers["content-disposition"] = f'attachment; filename="{name}"'
        return Response(made, media_type=kind, headers=headers)

    @routes.get("/antwoord/{link}/word")
    def word(request: Request, link: str) -> Response:
        gate.require(request, Role.READER)
        return download(request, link, to_docx, _WORD, "docx")

    @routes.get("/antwoord/{link}/pdf")
    def pdf(request: Request, link: str) -> Response:
        gate.require(request, Role.READER)
        return download(request, link, to_pdf, "application/pdf", "pdf")

    @routes.get("/antwoord/{link}/tekst")
    def text(request: Request, link: str) -> Response:
        gate.require(request, Role.READER)
        return download(request, link, to_text, "text/plain; charset=utf-8", "")
