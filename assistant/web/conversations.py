"""The visitor's own conversations: list, search, rename, delete."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from assistant.store.values import Conversation, Role
from assistant.web.access import Gate
from assistant.web.language import words
from assistant.web.rendering import today
from assistant.web.responding import part
from assistant.web.site import Site


class Title(BaseModel):
    """A conversation's new name."""

    title: str


class Wanted(BaseModel):
    """What is looked for in conversations; in a body, since addresses end up in histories and logs."""

    text: str = ""


def router(site: Site, gate: Gate) -> APIRouter:
    """The routes of the list beside the chat."""
    routes = APIRouter(prefix="/gesprekken")
    kept = site.store.conversations

    @routes.get("")
    def listed(request: Request, open: Annotated[str, Query(max_length=64)] = "") -> HTMLResponse:
        visitor = gate.require(request, Role.READER)
        return part("conversations.html", days=_by_day(kept.list(visitor.name)), current=open, searched=False)

    @routes.post("/zoek")
    def found(request: Request, wanted: Wanted) -> HTMLResponse:
        visitor = gate.require(request, Role.READER)
        searched = bool(wanted.text.strip())
        days = _by_day(kept.search(visitor.name, wanted.text[:200]))
        return part("conversations.html", days=days, current="", searched=searched)

    @routes.post("/weg")
    def delete_all(request: Request) -> dict[str, int]:
        visitor = gate.require(request, Role.READER)
        return {"deleted": kept.delete_all(visitor.name)}

    @routes.post("/{conversation}/naam")
    def rename(request: Request, conversation: str, title: Title) -> dict[str, str]:
        visitor = gate.require(request, Role.READER)
        return {"title": kept.rename(visitor.name, conversation, title.title).title}

    @routes.post("/{conversation}/weg")
    def delete(request: Request, conversation: str) -> dict[str, int]:
        visitor = gate.require(request, Role.READER)
        kept.delete(visitor.name, conversation)
        return {"deleted": 1}

    return routes


def _by_day(conversations: Iterable[Conversation]) -> list[tuple[str, list[Conversation]]]:
    """Conversations under the day, in words, on which they were last used; given and told with the last used first."""
    now = today()
    names = {now: words.TODAY, now - timedelta(days=1): words.YESTERDAY}
    days = groupby(conversations, key=lambda each: each.updated.astimezone().date())
    return [(names.get(day) or words.day(day), list(found)) for day, found in days]
