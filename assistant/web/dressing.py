"""Dresses gradio's page: our header and panels around it, Dutch, a nonce on its inline scripts, nothing from elsewhere."""

from __future__ import annotations

import re

from assistant.web.guard import App, Message, Receive, Scope, Send
from assistant.web.rendering import render

_SCRIPT = re.compile(rb"<script(?=[\s>])")
_OUTSIDE = re.compile(rb"<(?:meta|link)[^>]*https?://[^>]*>")
_APP = re.compile(rb"<gradio-app.*?</gradio-app>", re.DOTALL)
_BODY = re.compile(rb"<body[^>]*>", re.DOTALL)


class Dressed:
    """ASGI middleware that rewrites the one page that gradio makes."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        start: Message = {}
        parts: list[bytes] = []

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            page = b"".join(parts)
            if start["status"] == 200:
                page = dress(page, scope["state"]["nonce"])
            headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
            start["headers"] = [*headers, (b"content-length", str(len(page)).encode()), (b"cache-control", b"no-store")]
            await send(start)
            await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, collect)


def dress(page: bytes, nonce: str) -> bytes:
    """The page of gradio as ours."""
    page = _OUTSIDE.sub(b"", page).replace(b'lang="en"', b'lang="nl"', 1)
    page = page.replace(b"</head>", render("chat_head.html").encode() + b"</head>", 1)
    before, after = (render(name, here="ask").encode() for name in ("chat_before.html", "chat_after.html"))
    page = _BODY.sub(lambda _: b'<body class="rw rw-chat">' + before, page, count=1)
    page = _APP.sub(lambda found: b'<div class="chat-main">' + found[0] + b"</div>", page, count=1)
    page = page.replace(b"</body>", after + b"</body>", 1)
    return _SCRIPT.sub(b'<script nonce="' + nonce.encode() + b'"', page)
