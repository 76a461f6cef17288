"""Starts the web chat and says where it is."""

from __future__ import annotations

import errno
import gc
import socket

from assistant.errors import UsageError
from assistant.service import Service
from assistant.settings import WebSettings
from assistant.store.store import Store
from assistant.web import words
from assistant.web.access import check_exposure
from assistant.web.housekeeping import Housekeeping
from assistant.web.site import Site

_SELDOM = 50_000  # objects between two collections of garbage: importing gradio makes many, all of which stay


def serve(service: Service) -> None:
    """Serves until it is stopped.

    Raises UsageError when it would be open to a network or the port is taken, StorageError without a database.
    """
    settings = service.settings.web
    with Store.open(service.home, service.settings.store) as store:
        check_exposure(settings, store)
        with _listen(settings) as listening:
            _serve(Site(service, store), settings, listening)


def _serve(site: Site, settings: WebSettings, listening: socket.socket) -> None:
    gc.set_threshold(_SELDOM)
    import uvicorn  # with the server below: only needed where something is served

    from assistant.web.server import create_app

    site.warm()
    problem = site.problem()
    if problem is not None:
        print(words.STARTED_WITHOUT.format(problem=problem.line()), flush=True)
    config = uvicorn.Config(
        create_app(site),
        access_log=False,  # addresses can hold what people look for
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
    )
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(words.STARTED.format(address=f"http://{host}:{settings.port}"), flush=True)
    with Housekeeping(site.store, site.settings.store.retention_days):
        uvicorn.Server(config).run(sockets=[listening])


def _listen(settings: WebSettings) -> socket.socket:
    """The socket to serve on, so that a taken port is told at once and in Dutch."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=512)
    except OSError as error:
        text = words.PORT_TAKEN if error.errno == errno.EADDRINUSE else words.CANNOT_LISTEN
        raise UsageError(
            "cannot-listen", text.format(host=settings.host, port=settings.port), words.CANNOT_LISTEN_REMEDY
        ) from error
