"""What every request passes: known host, same origin, bounded size, only the routes we need, safe headers on the way out."""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from assistant.settings import WebSettings
from assistant.web.access import allowed_hosts, listed
from assistant.web.language import language_of, speak, words

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_BODY = 64 * 1024
UNKNOWN = "/niet-gevonden"  # where every path leads that is none of ours; gradio serves more than we need
_SAFE = ("GET", "HEAD")
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")  # what a proxy or tunnel adds
_GRADIO_EXACT = ("/config", "/theme.css", "/favicon.ico", "/manifest.json", "/robots.txt")
_GRADIO_BELOW = ("/assets/", "/static/", "/svelte/")
_GRADIO_API = ("/queue/join", "/queue/data", "/heartbeat/", "/cancel", "/startup-events", "/reset", "/theme.css", "/app_id")


class TooLarge(Exception):
    """A request's body is longer than any that the pages send."""


class BrokenOff(Exception):
    """What the server is told of a failure: its kind and place, never its text."""


class Guard:
    """ASGI middleware around all routes; ``own`` are the beginnings of the paths of our own routes."""

    def __init__(self, app: App, settings: WebSettings, own: tuple[str, ...]) -> None:
        self._app = app
        self._hosts = allowed_hosts(settings)
        self._origins = {address.rstrip("/") for address in listed(settings.addresses)}
        self._secure = any(origin.startswith("https:") for origin in self._origins)
        self._own = own
        self._here_only = settings.access == "local"
        self._identity = settings.proxy_header.lower() if settings.access == "proxy" else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return  # no page of ours opens a websocket
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        speak(language_of(HTTPConnection(scope).cookies))
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        guarded = _Answering(_with_headers(send, nonce, self._secure, scope["path"]))
        refusal = self._refusal(scope, headers)
        if refusal:
            await _refuse(guarded, *refusal)
            return
        if not self._known(scope["path"]):
            scope = {**scope, "path": UNKNOWN, "raw_path": UNKNOWN.encode(), "query_string": b""}
        if scope["method"] == "HEAD":  # our routes know GET; the server leaves out the body itself
            scope = {**scope, "method": "GET"}
        try:
            await self._app(scope, _bounded(receive), guarded)
        except TooLarge:
            await _refuse(guarded, 413, words.TOO_LARGE)
        except Exception as error:  # the server would log its text, which may hold a question
            if not guarded.begun:
                await _refuse(guarded, 500, f"{words.ERROR_TITLE}. {words.TRY_AGAIN}")
            frame = traceback.extract_tb(error.__traceback__)[-1]
            raise BrokenOff(f"{type(error).__name__} at {frame.filename}:{frame.lineno}") from None

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        if _host_of(headers.get("host", "")) not in self._hosts:
            return 421, words.WRONG_HOST
        if self._here_only and any(name in headers for name in _PASSED_ON):
            return 403, words.PASSED_ON
        if self._identity and sum(name.decode("latin-1") == self._identity for name, _ in scope["headers"]) > 1:
            return 400, words.TWO_NAMES
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, words.WRONG_METHOD
        if scope["method"] not in _SAFE and not self._same_origin(scope, headers):
            return 403, words.WRONG_ORIGIN
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return 413, words.TOO_LARGE
        return None

    def _same_origin(self, scope: Scope, headers: dict[str, str]) -> bool:
        """Browsers tell where a change comes from; without that word, or from elsewhere, nothing is changed."""
        site = headers.get("sec-fetch-site")
        if site is not None and site != "same-origin":
            return False
        origin = headers.get("origin")
        if origin is None:
            return site == "same-origin"
        return origin == f"{scope['scheme']}://{headers.get('host', '')}" or origin in self._origins

    def _known(self, path: str) -> bool:
        if path == "/" or path in _GRADIO_EXACT or path.startswith(_GRADIO_BELOW):
            return True
        if any(path == own or path.startswith(f"{own.rstrip('/')}/") for own in self._own):
            return True
        return path.startswith(tuple(f"/gradio_api{end}" for end in _GRADIO_API))


def _host_of(header: str) -> str:
    """The name in a Host header, without its port; empty for what cannot be one."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


class _Answering:
    """What an answer is sent by; knows whether it was begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        self.begun = True
        await self._send(message)


def _bounded(receive: Receive) -> Receive:
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LARGEST_BODY:
            raise TooLarge
        return message

    return bounded


def _with_headers(send: Send, nonce: str, secure: bool, path: str) -> Send:
    # On its one page gradio makes its templates and our one hook with Function(), and has inline scripts.
    scripts = f"'self' 'nonce-{nonce}' 'unsafe-eval'" if path == "/" else "'self'"
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )
    extra = {
        b"content-security-policy": policy.encode(),
        b"x-content-type-options": b"nosniff",
        b"x-frame-options": b"DENY",
        b"referrer-policy": b"same-origin",
        b"permissions-policy": b"camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        b"cross-origin-opener-policy": b"same-origin",
        b"cross-origin-resource-policy": b"same-origin",
    }
    if path.startswith("/eigen/"):
        extra[b"cache-control"] = b"no-cache"  # asked again, and sent again only when changed: never half of two programs
    if secure:
        extra[b"strict-transport-security"] = b"max-age=31536000"

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            # gradio would answer any origin; ours alone may read.
            kept = [
                (name, value)
                for name, value in message.get("headers", [])
                if name.lower() not in extra and not name.lower().startswith(b"access-control-")
            ]
            message["headers"] = [*kept, *extra.items()]
        await send(message)

    return sending


async def _refuse(send: Send, status: int, text: str) -> None:
    body = text.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
