"""The web application: our routes and gradio's chat behind one guard. Importing this takes seconds."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from assistant.errors import AccessError, CorpusError, IndexUnusableError, RegelwijzerError, UsageError
from assistant.web import accounts, answers, blocks, conversations, pages, sources
from assistant.web.access import Gate
from assistant.web.chat import Chat
from assistant.web.dressing import Dressed
from assistant.web.guard import UNKNOWN, Guard
from assistant.web.language import told, words
from assistant.web.quick_gradio import gr
from assistant.web.rendering import FOLDER
from assistant.web.responding import is_part, page, part, to_sign_in
from assistant.web.site import Site

OWN_PATHS = (
    *("/eigen", "/document", "/documenten", "/antwoord", "/privacy", "/gesprekken", "/reacties"),
    *("/inloggen", "/uitloggen", "/accounts", "/taal", "/gezond"),
)


def create_app(site: Site) -> Any:
    """The ASGI application for one home folder."""
    gate = Gate(site.settings.web, site.store)
    api = FastAPI(title=words.NAME, docs_url=None, redoc_url=None, openapi_url=None)
    for module in (pages, sources, answers, conversations, accounts):
        api.include_router(module.router(site, gate))
    api.add_api_route(UNKNOWN, _not_found, methods=["GET", "POST"])
    api.mount("/eigen", StaticFiles(directory=FOLDER / "static"), name="eigen")
    for path in OWN_PATHS:  # or gradio would answer in English for what is below our pages and is not there
        api.add_api_route(f"{path.rstrip('/')}/{{rest:path}}", _not_found, methods=["GET", "POST"])
    _handle_errors(api, gate)
    chat = Chat(site, gate)
    gr.mount_gradio_app(
        api,
        blocks.build(chat, gate),
        path="/",
        server_name=site.settings.web.host,
        server_port=site.settings.web.port,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size=1,
        theme=blocks.theme(),
    )
    return Guard(Dressed(api, gate, chat), site.settings.web, OWN_PATHS)


def _not_found() -> None:
    raise HTTPException(HTTPStatus.NOT_FOUND)


def _handle_errors(api: FastAPI, gate: Gate) -> None:
    @api.exception_handler(RegelwijzerError)
    def known(request: Request, error: RegelwijzerError) -> Response:
        return _problem(gate, request, _status(error), *told(error))

    @api.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        if error.status_code == HTTPStatus.NOT_FOUND:
            return _problem(gate, request, error.status_code, words.NOT_FOUND, words.NOT_FOUND_REMEDY)
        return _problem(gate, request, error.status_code, words.ERROR_TITLE, words.TRY_AGAIN)

    @api.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        return _problem(gate, request, HTTPStatus.BAD_REQUEST, words.BAD_REQUEST, words.NOT_FOUND_REMEDY)

    @api.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> Response:
        return _problem(gate, request, HTTPStatus.INTERNAL_SERVER_ERROR, words.ERROR_TITLE, words.TRY_AGAIN)


def _status(error: RegelwijzerError) -> int:
    if isinstance(error, AccessError):
        return {"sign-in": 401, "too-many-questions": 429, "login-throttled": 429}.get(error.code, 403)
    if isinstance(error, UsageError):
        return 404 if error.code.startswith("unknown-") else 400
    if isinstance(error, CorpusError):
        return 404
    return 503 if error.retryable or isinstance(error, IndexUnusableError) else 500


def _problem(gate: Gate, request: Request, status: int, title: str, text: str) -> Response:
    wants_page = "text/html" in request.headers.get("accept", "") and request.method == "GET"
    if status == HTTPStatus.UNAUTHORIZED and wants_page:
        return to_sign_in(request)
    if is_part(request):
        return part("problem.html", status, title=title, text=text)
    if wants_page:
        return page(gate, request, "error.html", "", status, title=title, text=text)
    return JSONResponse({"error": {"message": title, "remedy": text}}, status)
