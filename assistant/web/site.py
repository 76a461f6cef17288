"""What the pages and the chat share: the service, the store, and the few steps that need both."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assistant.corpus.questions import load_questions
from assistant.errors import CorpusError, IndexUnusableError, RegelwijzerError, StorageError
from assistant.indexing.generations import read_pointer
from assistant.reading import READER_VERSION
from assistant.records import Answer, DocumentStatus, Notice, Question, Source
from assistant.service import Service
from assistant.settings import Settings
from assistant.store.store import Store
from assistant.store.values import CitedText, StoredAnswer
from assistant.web.language import words
from assistant.web.progress import Work

_HISTORY = 8  # earlier questions that are handed along with a follow-up
_EXAMPLES = 4
_LOOK_EVERY_S = 2.0
_CLOSE_AFTER_S = 120.0
_EXAMPLE_LENGTH = range(25, 90)


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer with the conversation that it belongs to; ``stored`` is None when it could not be kept."""

    answer: Answer
    conversation: str
    stored: StoredAnswer | None


Making = Work[Answer, Asked]


class Site:
    """The web chat of one home folder. Safe to use from threads."""

    def __init__(self, service: Service, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._service = service
        self._clock = clock
        self._looked = clock()
        self._index = _current_index(service)
        self._lock = threading.Lock()
        self.store = store

    @property
    def service(self) -> Service:
        """The service over the current index: a new one when another index was taken into use meanwhile."""
        if self._clock() - self._looked < _LOOK_EVERY_S or not self._lock.acquire(blocking=False):
            return self._service
        try:
            self._looked = self._clock()
            index = _current_index(self._service)
            if index and index != self._index:
                self._renew(index)
            return self._service
        finally:
            self._lock.release()

    def _renew(self, index: str) -> None:
        old, new = self._service, Service(self._service.home, self._service.settings)
        try:
            new.open()
        except RegelwijzerError:
            return  # the old one goes on answering; tried again at the next look
        self._service, self._index = new, index
        self.__dict__.pop("examples", None)
        closing = threading.Timer(_CLOSE_AFTER_S, old.close)  # questions that are being answered need it for a moment
        closing.daemon = True
        closing.start()

    @property
    def settings(self) -> Settings:
        return self._service.settings

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every document of the catalogue by id. Raises CorpusError."""
        return self.service.library.catalogue.by_id

    def ask(self, owner: str, conversation: str, text: str, as_of: date, making: Making | None = None) -> Asked:
        """Answers within a conversation (a new one where ``conversation`` is empty) and keeps the answer.

        ``making`` is told the answer as far as it is made; when it was stopped, nothing is kept and Stopped is raised.
        Raises UsageError for an unusable question or a conversation of someone else, IndexUnusableError, CorpusError.
        """
        earlier = self.store.conversations.history(owner, conversation) if conversation else ()
        history = tuple(item.question for item in earlier)[-_HISTORY:]
        service = self.service  # one and the same for the answer and its texts, whatever happens meanwhile
        answer = service.ask(Question(text, as_of, history), making.tell if making else None)
        if making is not None:
            making.check()
        try:
            stored = self.store.conversations.append_answer(owner, conversation, answer, _texts(service, answer))
        except StorageError:
            told = replace(answer, notices=(*answer.notices, Notice("not-kept", words.NOT_KEPT)))
            return Asked(told, conversation, None)
        return Asked(answer, stored.conversation, stored)

    def known_sources(self, link: str) -> dict[str, Source]:
        """The catalogue's documents by id; those that the answer of ``link`` cites as they were then."""
        then = {text.source.id: text.source for text in self.store.texts.of_answer(link)}
        return {**self.sources, **then}

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Questions to begin with: some that the corpus keeper attached to the documents, spread over each."""
        try:
            sources = [source for source in self.sources.values() if source.status is DocumentStatus.PUBLISHED]
            per_document = max(1, _EXAMPLES // max(1, len(sources)))
            found: list[str] = []
            for source in sources:
                entries = sorted(load_questions(self.service.home.corpus, source.id), key=lambda each: -len(each.quote))
                fitting = [
                    q
                    for entry in entries
                    for q in entry.questions[:1]
                    if not entry.draft and q[-1:] == "?" and len(q) in _EXAMPLE_LENGTH
                ]
                found += fitting[:per_document]
        except CorpusError:
            return ()  # examples are a help; what is wrong with the corpus is said when a question is asked
        return tuple(found[:_EXAMPLES])

    def warm(self) -> None:
        """Reads what the first question would otherwise wait for; a language model is not asked."""
        if self.problem() is None:
            replace(self.service.open(), writer=None).ask(Question(words.QUESTION_HINT, date.today()))

    def problem(self) -> RegelwijzerError | None:
        """Why nothing can be answered now; None when all is well."""
        try:
            self.service.open()
        except RegelwijzerError as error:
            return error
        return None


def _current_index(service: Service) -> str:
    """The name of the index that is in use; empty when there is none that can be read."""
    try:
        return read_pointer(service.home.index).generation
    except (IndexUnusableError, StorageError):
        return ""


def _texts(service: Service, answer: Answer) -> list[CitedText]:
    """Every text that an answer points into, with what the catalogue says of it."""
    generation = service.generation
    by_id = {source.id: source for source in generation.sources}
    wanted = dict.fromkeys((item.document, item.version) for item in (*answer.citations, *answer.nearest))
    return [CitedText(generation.documents[key], by_id[key[0]], READER_VERSION) for key in wanted]
