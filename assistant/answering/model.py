"""One narrow seam to a language model, through LangChain's chat-model interface.

A model is waited for no longer than ``answering.timeout_s``, also when it hangs in the middle of its answer: it is asked on
an event loop of its own, where a call can be given up. Whatever goes wrong is one ModelError; no text of the question is
ever part of an error or a log line.
"""

from __future__ import annotations

import asyncio
import json
import math
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

from assistant.answering.prompt import SCHEMA
from assistant.errors import ModelError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.settings import AnsweringSettings

# provider: (module, package, our extra)
PACKAGES = {
    "ollama": ("langchain_ollama", "langchain-ollama", "ollama"),
    "openai": ("langchain_openai", "langchain-openai", "openai"),
    "mistralai": ("langchain_mistralai", "langchain-mistralai", "mistralai"),
}
_MOST_TOKENS = 4_000  # of an answer; models that think aloud need room for it
_CONTEXT = 16_384  # tokens of question, sentences and answer together; Ollama cuts off at 4,096 when not told
_LONGEST = 20_000  # characters of an answer that is still looked at
_MOST_STATEMENTS = 20
_LOOK_S = 0.2  # so often is told what a model has written so far

Messages = Sequence[tuple[str, str]]
Written = tuple[Any, str]  # the parsed object or None, and the text


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement as a model wrote it, with the keys that it named; nothing of it is checked."""

    text: str
    keys: tuple[str, ...]


Seen = Callable[[Sequence[Draft]], None]


class LanguageModel:
    """The language model of the settings; made when it is first asked. Safe to use from threads."""

    def __init__(self, settings: AnsweringSettings) -> None:
        self._settings = settings
        self._lock = Lock()

    def ask(self, messages: Messages, seen: Seen | None = None) -> list[Draft]:
        """The statements that the model writes. Raises ModelError: missing package, no answer in time, or nonsense.

        ``seen`` is told the statements that are finished, again and again while the model writes; what it raises ends the
        call, at the model too.
        """
        with self._lock:
            model, loop = self._model, self._loop
        pieces: list[str] = []
        future = asyncio.run_coroutine_threadsafe(_complete(model, messages, pieces if seen else None), loop)
        try:
            return drafts(self._wait(future, pieces, seen))
        except TimeoutError as error:
            raise ModelError(
                "model-timeout",
                f"Het taalmodel gaf binnen {self._settings.timeout_s:g} seconden geen antwoord.",
                "Probeer het later opnieuw, of verhoog answering.timeout_s.",
            ) from error
        finally:
            future.cancel()

    def _wait(self, future: Future[Written], pieces: list[str], seen: Seen | None) -> Written:
        end = monotonic() + self._settings.timeout_s
        while seen is not None and not future.done() and monotonic() < end:
            wait([future], _LOOK_S)
            seen(finished("".join(pieces)))
        return future.result(max(0.0, end - monotonic()))

    @cached_property
    def _model(self) -> BaseChatModel:
        return load_model(self._settings)

    @cached_property
    def _loop(self) -> asyncio.AbstractEventLoop:
        loop = asyncio.new_event_loop()
        Thread(target=loop.run_forever, name="language-model", daemon=True).start()
        return loop


def load_model(settings: AnsweringSettings) -> BaseChatModel:
    """Makes the chat model of ``answering.model``. Raises ModelError with the package to install or the setting to mend."""
    provider, _, name = settings.model.partition(":")
    if not name:
        raise ModelError(
            "model-name",
            f"Instelling answering.model is {settings.model!r}; daarin ontbreekt de aanbieder of de naam.",
            "Schrijf het als aanbieder:naam, zoals ollama:naam of openai:naam.",
        )
    module, package, extra = PACKAGES.get(provider, ("langchain", f"langchain-{provider}", ""))
    if find_spec(module) is None:
        raise _missing(package, extra)
    from langchain.chat_models import init_chat_model  # lazy: seconds of imports that only a language model needs

    try:
        made: BaseChatModel = init_chat_model(name, model_provider=provider, temperature=0, **_options(provider, settings))
    except ImportError as error:
        raise _missing(package, extra) from error
    except Exception as error:  # any provider, each with errors of its own: for a wrong name, a missing key, …
        raise ModelError(
            "model-settings",
            f"Het taalmodel {settings.model} kan niet worden gebruikt ({type(error).__name__}).",
            "Controleer answering.model en answering.base_url, en of de sleutel van de aanbieder in de omgeving staat.",
        ) from error
    return made


def drafts(answer: Any) -> list[Draft]:
    """The statements in a model's answer: the parsed object, or JSON somewhere in its text. Raises ModelError."""
    parsed, text = answer
    found = next((each for each in (parsed, *_objects(text)) if _has_statements(each)), None)
    if found is None:
        raise ModelError(
            "model-nonsense",
            "Het taalmodel gaf een antwoord dat niet te lezen is.",
            "Kies een model dat JSON kan schrijven.",
        )
    return _drafts(found["statements"])


def finished(text: str) -> list[Draft]:
    """The statements that stand whole in ``text``, the beginning of a model's answer."""
    _, begun, rest = text[-_LONGEST:].rpartition('"statements"')
    return _drafts(_objects(rest)[::-1]) if begun else []


def _drafts(items: Sequence[Any]) -> list[Draft]:
    return [
        Draft(item["text"], tuple(key for key in item["keys"] if isinstance(key, str)))
        for item in items[:_MOST_STATEMENTS]
        if isinstance(item, Mapping) and isinstance(item.get("text"), str) and isinstance(item.get("keys"), list)
    ]


async def _complete(model: BaseChatModel, messages: Messages, pieces: list[str] | None) -> Written:
    """The model's answer; ``pieces`` grows with its text while it writes. Raises ModelError for whatever goes wrong."""
    from langsmith import tracing_context  # comes with langchain; a tracer in the environment must not see questions

    with tracing_context(enabled=False):
        try:
            return await _structured(model, messages, pieces)
        except (asyncio.CancelledError, TimeoutError):
            raise
        except Exception as error:  # any provider and server, each with errors of its own; the user gets the quotes instead
            if not _refused_schema(error):
                raise _failed(error) from None  # the cause may hold the question
        try:
            return await _free(model, messages, pieces)
        except (asyncio.CancelledError, TimeoutError):
            raise
        except Exception as error:  # as above
            raise _failed(error) from None


async def _structured(model: BaseChatModel, messages: Messages, pieces: list[str] | None) -> Written:
    chain = model.with_structured_output(SCHEMA, method="json_schema", include_raw=True)
    if pieces is None:
        answer: Any = await chain.ainvoke(list(messages))
        return answer["parsed"], str(answer["raw"].text)
    # The chain itself gives the text in one piece, at the end; the model's own events give it as it is written.
    async for event in chain.astream_events(list(messages), version="v2", include_types=["chat_model"]):
        if event["event"] == "on_chat_model_stream":
            pieces.append(str(event["data"]["chunk"].text))
    return None, "".join(pieces)


async def _free(model: BaseChatModel, messages: Messages, pieces: list[str] | None) -> Written:
    """The answer of a model or server that cannot be held to a schema."""
    if pieces is None:
        return None, str((await model.ainvoke(list(messages))).text)
    pieces.clear()
    async for chunk in model.astream(list(messages)):
        pieces.append(str(chunk.text))
    return None, "".join(pieces)


def _refused_schema(error: Exception) -> bool:
    """Whether the model or its server cannot be held to a schema, but may write JSON when asked to."""
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    return isinstance(error, NotImplementedError) or status in (400, 422)


def _failed(error: Exception) -> ModelError:
    return ModelError(
        "model-failed",
        f"Het taalmodel gaf geen antwoord ({type(error).__name__}).",
        "Controleer of het taalmodel draait en of answering.base_url klopt.",
    )


def _missing(package: str, extra: str) -> ModelError:
    way = f"pip install 'regelwijzer[{extra}]'" if extra else f"pip install {package}"
    return ModelError("model-package", f"Voor dit taalmodel is het pakket {package} nodig.", f"Installeer het met: {way}")


def _options(provider: str, settings: AnsweringSettings) -> dict[str, Any]:
    address = {"base_url": settings.base_url} if settings.base_url else {}
    if provider == "ollama":
        limits = {"num_predict": _MOST_TOKENS, "num_ctx": _CONTEXT, "client_kwargs": {"timeout": settings.timeout_s}}
        return {**address, **limits}
    options = {**address, "timeout": math.ceil(settings.timeout_s), "max_retries": 0, "max_tokens": _MOST_TOKENS}
    if provider == "openai" and settings.base_url and not os.environ.get("OPENAI_API_KEY"):
        options["api_key"] = "none"  # a server of one's own asks for no key, the client insists on one
    return options


def _objects(text: str) -> list[Any]:
    """The JSON objects in ``text``, the last first: a model that thinks aloud gives its answer at the end."""
    if len(text) > _LONGEST:
        return []
    found: list[Any] = []
    decoder = json.JSONDecoder()
    at = text.find("{")
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
            found.append(value)
        except (ValueError, RecursionError):
            end = at + 1
        at = text.find("{", end)
    return found[::-1]


def _has_statements(value: Any) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("statements"), list)
