"""A page with the header that fits whoever asks for it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.web.access import Asking, Gate
from assistant.web.rendering import render


def header_values(gate: Gate, request: Asking) -> dict[str, Any]:
    """What the header needs to know: who visits, and whether one can sign out."""
    return {"visitor": gate.find(request), "signs_out": gate.settings.access == "accounts"}


def page(gate: Gate, request: Request, template: str, here: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A whole page; ``here`` is the entry of the menu that it belongs to."""
    body = render(template, here=here, **header_values(gate, request), **values)
    return HTMLResponse(body, status, {"cache-control": "no-store"})


def part(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A piece of a page that the page itself asked for."""
    return HTMLResponse(render(template, **values), status, {"cache-control": "no-store"})


def own_path(address: str) -> str:
    """An address by its path and query alone, so that it is never one of another site."""
    try:
        came = urlsplit(address)
    except ValueError:
        return "/"
    path = "/" + came.path.lstrip("/\\")
    return f"{path}?{came.query}" if came.query else path


def to_sign_in(request: Request) -> RedirectResponse:
    """To the login page, which leads back to what was asked for: a permanent link must work for who is not signed in yet."""
    wanted = own_path(f"{request.url.path}?{request.url.query}")
    return RedirectResponse(
        "/inloggen" if wanted == "/" else f"/inloggen?naar={quote(wanted, safe='')}", HTTPStatus.SEE_OTHER
    )


def is_part(request: Request) -> bool:
    """Whether the page's own script asks, which wants a piece and no whole page."""
    return bool(request.headers.get("x-deel"))
