"""Removes what is older than may be kept: when the chat starts, and every day that it runs."""

from __future__ import annotations

import logging
import threading

from assistant.errors import StorageError
from assistant.store.store import Store

DAY_S = 24 * 60 * 60.0
_log = logging.getLogger(__name__)


class Housekeeping:
    """A thread that purges; used as a context, it ends with it."""

    def __init__(self, store: Store, days: int, every_s: float = DAY_S) -> None:
        self._store, self._days, self._every = store, days, every_s
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def __enter__(self) -> Housekeeping:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join(5)

    def _run(self) -> None:
        while True:
            try:
                self._store.maintenance.purge(self._days)
            except StorageError as error:
                _log.error("purge failed: %s", error.code)  # tried again the next day; the chat goes on meanwhile
            if self._ended.wait(self._every):
                return
