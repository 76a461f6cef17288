"""The language of the page: Dutch, unless the visitor chose English. What the browser says it likes is not looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from typing import Any

from assistant.errors import RegelwijzerError
from assistant.web import words as words_nl
from assistant.web import words_en
from assistant.web.errors_en import ERRORS

COOKIE = "taal"
DUTCH, ENGLISH = "nl", "en"
YEAR_S = 365 * 24 * 3600
TABLES = {DUTCH: words_nl, ENGLISH: words_en}
_current: ContextVar[str] = ContextVar("language", default=DUTCH)


class Words:
    """The words in the language of whoever asks; the names are those of words.py."""

    def __getattr__(self, name: str) -> Any:
        return getattr(TABLES[_current.get()], name)


words = Words()


def speak(language: str) -> None:
    """Chooses the language of what is worded from here on in this request."""
    _current.set(language)


def language_of(cookies: Mapping[str, str]) -> str:
    """The language that a visitor chose."""
    chosen = cookies.get(COOKIE, "")
    return chosen if chosen in TABLES else DUTCH


def spoken(language: str, steps: Iterator[str]) -> Iterator[str]:
    """The steps, each worded in ``language``: gradio takes every step in a context of its own."""
    while True:
        speak(language)
        step = next(steps, None)
        if step is None:
            return
        yield step


def told(error: RegelwijzerError) -> tuple[str, str]:
    """What is wrong and what to do about it. Errors are born Dutch; the deeper rooms know no visitor."""
    own = error.message, error.remedy
    return ERRORS.get(error.code, own) if _current.get() == ENGLISH else own
