"""Dresses gradio's page: our header and panels around it, its language, a nonce on inline scripts, nothing from outside."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from assistant.web.access import Gate
from assistant.web.chat import Chat
from assistant.web.guard import App, Message, Receive, Scope, Send
from assistant.web.language import words
from assistant.web.rendering import render
from assistant.web.responding import header_values, to_sign_in

_SCRIPT = re.compile(rb"<script(?=[\s>])")
_OUTSIDE = re.compile(rb"<(?:meta|link)[^>]*https?://[^>]*>")
_APP = re.compile(rb"<gradio-app.*?</gradio-app>", re.DOTALL)
_BODY = re.compile(rb"<body[^>]*>", re.DOTALL)


class Dressed:
    """ASGI middleware that lets only known visitors reach the chat, and rewrites the one page that gradio makes."""

    def __init__(self, app: App, gate: Gate, chat: Chat) -> None:
        self._app = app
        self._gate = gate
        self._chat = chat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_chat(scope["path"]):
            await self._app(scope, receive, send)
            return
        header = await run_in_threadpool(header_values, self._gate, Request(scope))
        is_page = scope["path"] == "/"
        if header["visitor"] is None:
            refusal = to_sign_in(Request(scope)) if is_page else PlainTextResponse(words.SIGN_IN_FIRST, 401)
            await refusal(scope, receive, send)
            return
        if scope["path"] not in ("/", "/config") or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]  # to be rewritten
        scope = {**scope, "headers": plain}
        opening = await run_in_threadpool(self._chat.opening)
        start: Message = {}
        parts: list[bytes] = []

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            if message["type"] != "http.response.body":
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            page = b"".join(parts)
            if start["status"] == 200:
                page = filled(page, opening)
                page = dress(page, scope["state"]["nonce"], header) if is_page else page
            headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
            start["headers"] = [*headers, (b"content-length", str(len(page)).encode()), (b"cache-control", b"no-store")]
            await send(start)
            await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, collect)


def _is_chat(path: str) -> bool:
    """Whether a path is gradio's page or carries what is asked and answered; its scripts and styles are for anyone."""
    return path in ("/", "/config") or path.startswith("/gradio_api")


def filled(page: bytes, opening: Mapping[str, str]) -> bytes:
    """The page, or gradio's description of it, with what the chat opens with; escaped as JSON that may stand in a script."""
    for place, html in opening.items():
        text = json.dumps(html).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
        page = page.replace(json.dumps(place).encode(), text.encode())
    return page


def dress(page: bytes, nonce: str, header: dict[str, Any]) -> bytes:
    """The page of gradio as ours."""
    page = _OUTSIDE.sub(b"", page).replace(b'lang="en"', f'lang="{words.LANGUAGE}"'.encode(), 1)
    page = page.replace(b"</head>", render("chat_head.html").encode() + b"</head>", 1)
    before, after = (render(name, here="ask", **header).encode() for name in ("chat_before.html", "chat_after.html"))
    page = _BODY.sub(lambda _: b'<body class="rw rw-chat">' + before, page, count=1)
    page = _APP.sub(lambda found: b'<div class="chat-main">' + found[0] + b"</div>", page, count=1)
    page = page.replace(b"</body>", after + b"</body>", 1)
    return _SCRIPT.sub(b'<script nonce="' + nonce.encode() + b'"', page)
