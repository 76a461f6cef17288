"""A page with the header that fits whoever asks for it."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

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


def is_part(request: Request) -> bool:
    """Whether the page's own script asks, which wants a piece and no whole page."""
    return bool(request.headers.get("x-deel"))
