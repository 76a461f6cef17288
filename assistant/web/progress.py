"""Work that tells how far it is: it runs in a thread of its own, and whoever waits for it is handed what it tells."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from contextvars import copy_context
from queue import SimpleQueue
from threading import Event, Thread
from typing import Generic, TypeVar

from assistant.errors import RegelwijzerError
from assistant.web.language import words

_log = logging.getLogger(__name__)
Told = TypeVar("Told")
Made = TypeVar("Made")


class Stopped(Exception):
    """Nobody waits for the work any more."""


class Work(Generic[Told, Made]):
    """Runs ``work``, which is given this object to tell how far it is, and to hear that it was stopped."""

    def __init__(self, work: Callable[[Work[Told, Made]], Made]) -> None:
        self._told: SimpleQueue[Told | None] = SimpleQueue()
        self._made: list[Made] = []
        self._error: RegelwijzerError | Stopped | None = None
        self._stopped = Event()
        context = copy_context()  # the language of whoever asks goes along
        self._thread = Thread(target=context.run, args=(self._run, work), name="work", daemon=True)

    def steps(self) -> Iterator[Told]:
        """Starts the work and gives what it tells until it is done; the same thing told twice in a row is given once."""
        self._thread.start()
        before: Told | None = None
        while (step := self._told.get()) is not None:
            if step is not before:
                yield step
            before = step

    def made(self) -> Made:
        """What the work made, once all its steps were taken. Raises what the work raised, Stopped among others."""
        if self._error is not None:
            raise self._error
        return self._made[0]

    def stop(self) -> None:
        """Ends the work where it next tells or checks."""
        self._stopped.set()

    def tell(self, step: Told) -> None:
        """For the work: how far it is. Raises Stopped once it was stopped."""
        self.check()
        self._told.put(step)

    def check(self) -> None:
        """For the work: raises Stopped once it was stopped."""
        if self._stopped.is_set():
            raise Stopped

    def _run(self, work: Callable[[Work[Told, Made]], Made]) -> None:
        try:
            self._made.append(self._foreseen(work))
        except (RegelwijzerError, Stopped) as error:  # for whoever waits, who knows what to do about it
            self._error = error
        finally:
            self._told.put(None)

    def _foreseen(self, work: Callable[[Work[Told, Made]], Made]) -> Made:
        try:
            return work(self)
        except (RegelwijzerError, Stopped):
            raise
        except Exception as error:  # its text may hold the question, so that only its kind and place are told
            frame = traceback.extract_tb(error.__traceback__)[-1]
            _log.error("an answer broke off: %s at %s:%s", type(error).__name__, frame.filename, frame.lineno)
            raise RegelwijzerError("unforeseen", words.ERROR_TITLE, words.TRY_AGAIN) from None
