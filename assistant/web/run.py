"""Starts the web chat and says where it is."""

from __future__ import annotations

from assistant.service import Service
from assistant.store.store import Store
from assistant.web.access import check_exposure
from assistant.web.housekeeping import Housekeeping
from assistant.web.site import Site


def serve(service: Service) -> None:
    """Serves until it is stopped. Raises UsageError when it would be open to a network, StorageError without a database."""
    import uvicorn  # with the server below: only needed where something is served

    from assistant.web import words
    from assistant.web.server import create_app

    settings = service.settings.web
    with Store.open(service.home, service.settings.store) as store:
        check_exposure(settings, store)
        site = Site(service, store)
        site.warm()
        problem = site.problem()
        if problem is not None:
            print(words.STARTED_WITHOUT.format(problem=problem.line()), flush=True)
        app = create_app(site)
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        print(words.STARTED.format(address=f"http://{host}:{settings.port}"), flush=True)
        with Housekeeping(store, service.settings.store.retention_days):
            uvicorn.run(
                app,
                host=settings.host,
                port=settings.port,
                access_log=False,  # addresses can hold what people look for
                log_level="warning",
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=15,
                timeout_graceful_shutdown=3,
            )
