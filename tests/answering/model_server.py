"""A language-model server on this machine that speaks the chat-completions protocol and does what a test tells it.

It is a real HTTP server that the providers' own clients talk to. The handler gets a request's JSON and says what to send.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Payload = dict[str, Any]
Statements = list[tuple[str, list[str]]]
_CHUNK = {"object": "chat.completion.chunk"}


@dataclass
class Reply:
    """What the server sends: a status and bytes, then each of ``more`` as it comes; ``drip`` sends blanks for ever."""

    body: bytes
    status: int = 200
    drip: bool = False
    more: Iterable[bytes] = ()


@dataclass
class ModelServer:
    """The server's address, the requests that it got, and how it answers."""

    address: str
    handler: Callable[[Payload], Reply]
    requests: list[Payload] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    stop: Event = field(default_factory=Event)


def chat(content: str) -> Reply:
    """A chat completion with this text, in the shape of OpenAI and Mistral."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    whole = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    return Reply(json.dumps(whole).encode())


def streamed(pieces: Iterable[str]) -> Reply:
    """A chat completion that is sent piece by piece, as OpenAI and Mistral do when asked for a stream."""

    def event(delta: Payload, reason: str | None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        return (
            b"data: " + json.dumps({"id": "1", "created": 1, "model": "m", **_CHUNK, "choices": [choice]}).encode() + b"\n\n"
        )

    def events() -> Iterator[bytes]:
        for piece in pieces:
            yield event({"role": "assistant", "content": piece}, None)
        yield event({}, "stop")
        yield b"data: [DONE]\n\n"

    return Reply(b"", more=events())


def ollama_chat(content: str) -> Reply:
    """The same, in the shape of Ollama: one JSON line."""
    whole = {"model": "m", "created_at": "2026-01-01T00:00:00Z", "done": True, "done_reason": "stop"}
    return Reply(json.dumps({**whole, "message": {"role": "assistant", "content": content}}).encode() + b"\n")


def written(statements: Statements) -> str:
    """The JSON that a model should write."""
    return json.dumps({"statements": [{"text": text, "keys": keys} for text, keys in statements]}, ensure_ascii=False)


def data_of(request: Payload) -> Payload:
    """The question and the sentences in a request."""
    found: Payload = json.loads(request["messages"][-1]["content"])
    return found


def key_of(request: Payload, part: str) -> str:
    """The key of the sentence that holds ``part``."""
    lines = [line for source in data_of(request)["bronnen"] for line in source["zinnen"]]
    return next(str(line["sleutel"]) for line in lines if part in " ".join(line["tekst"].split()))


@contextmanager
def model_server(handler: Callable[[Payload], Reply]) -> Iterator[ModelServer]:
    """Runs the server on a free port for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.requests.append(request)
            served.paths.append(self.path)
            reply = served.handler(request)
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json")
            if not reply.drip and not reply.more:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            while reply.drip and not served.stop.is_set():
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.02)
            self.wfile.write(reply.body)
            for part in reply.more:
                self.wfile.write(part)
                self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hung up is what some tests are about."""

    http = Quiet(("127.0.0.1", 0), Handler)
    served = ModelServer(f"http://127.0.0.1:{http.server_port}", handler)
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.stop.set()
        http.shutdown()
        http.server_close()
        thread.join()
