"""The chat without its transport: data of an event in, the rendered conversation out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from threading import Lock
from typing import Any

from assistant.errors import RegelwijzerError, UsageError
from assistant.privacy import find_personal, mask
from assistant.retrieval.analysis import LONGEST_QUESTION
from assistant.web.access import Gate, Visitor
from assistant.web.language import told, words
from assistant.web.progress import Stopped, Work
from assistant.web.rendering import FORM, THREAD, render, today
from assistant.web.site import Asked, Making, Site
from assistant.web.thread import Found, Pending, Turn, pending_of, thread, turn_of, turns_of

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)  # of the days that a question may be asked for
_Key = tuple[str, str]  # a visitor's name, and the name that the page gave to what it asked


class Chat:
    """Answers the events of the page. Every handler finds out for itself who asks."""

    def __init__(self, site: Site, gate: Gate) -> None:
        self._site = site
        self._gate = gate
        self._lock = Lock()
        self._working: dict[_Key, Making] = {}

    def welcome(self) -> str:
        """The page before anything was asked, whatever the state of the index."""
        return thread("", [], self._site.examples)

    def opening(self) -> dict[str, str]:
        """What stands in gradio's page before anything happened, by the place that it takes."""
        return {THREAD: self.welcome(), FORM: render("form.html", today=today(), first=FIRST_DAY, last=LAST_DAY)}

    def start(self) -> str:
        """As :meth:`welcome`, or why nothing can be answered now."""
        problem = self._site.problem()
        turns = [_failed("", problem)] if problem else []
        return thread("", turns, self._site.examples)

    def open(self, visitor: Visitor, conversation: str) -> str:
        """A kept conversation of the visitor."""
        try:
            history = self._site.store.conversations.history(visitor.name, conversation)
            return thread(conversation, turns_of(history, self._site.sources))
        except RegelwijzerError as error:
            return thread("", [_failed("", error)])

    def ask(self, visitor: Visitor, data: dict[str, Any]) -> Iterator[str]:
        """First the question with a sign of work, then the answer as far as it is made, last the conversation with it."""
        text, conversation = str(data.get("question", "")), str(data.get("conversation", ""))
        turns: list[Turn] = []
        try:
            conversation, turns = self._going(visitor, conversation)
            as_of = _day(data.get("as_of"))
            if len(text) > LONGEST_QUESTION:
                yield thread(conversation, [*turns, _too_long(text)])
                return
            findings = find_personal(text) if data.get("privacy") != "raw" else ()
            if findings and data.get("privacy") != "mask":
                yield thread(conversation, [*turns, Turn(text, found=Found(findings, mask(text, findings)))])
                return
            text = mask(text, findings)
            self._gate.count_question(visitor)
            yield thread(conversation, turns, pending=Pending(text))
            work = self._work((visitor.name, str(data.get("ask", ""))), conversation, text, as_of)
            for answer in work.steps():
                yield thread(conversation, turns, pending=pending_of(text, answer, self._site.sources))
            asked = work.made()
        except RegelwijzerError as error:
            yield thread(conversation, [*turns, _failed(text, error)])
            return
        except Stopped:
            yield thread(conversation, [*turns, _stopped(text)])  # as :meth:`stop` says too; either may come last
            return
        link = asked.stored.link if asked.stored else ""
        yield thread(asked.conversation, [*turns, turn_of(asked.answer, link, self._site.sources)])

    def _going(self, visitor: Visitor, conversation: str) -> tuple[str, list[Turn]]:
        """The conversation that goes on, with its turns; a new one where the visitor has it not, or deleted it elsewhere."""
        if not conversation:
            return "", []
        try:
            history = self._site.store.conversations.history(visitor.name, conversation)
        except UsageError:
            return "", []
        return conversation, turns_of(history, self._site.sources)

    def _work(self, key: _Key, conversation: str, text: str, as_of: date) -> Making:
        def make(making: Making) -> Asked:
            try:
                return self._site.ask(key[0], conversation, text, as_of, making)
            finally:
                with self._lock:
                    self._working.pop(key, None)

        work: Making = Work(make)
        with self._lock:
            self._working[key] = work
        return work

    def stop(self, visitor: Visitor, data: dict[str, Any]) -> str:
        """The conversation as it was before the question that was stopped, which is then answered no further nor kept."""
        with self._lock:
            work = self._working.get((visitor.name, str(data.get("ask", ""))))
        if work is not None:
            work.stop()
        conversation = str(data.get("conversation", ""))
        turns: list[Turn] = []
        try:
            conversation, turns = self._going(visitor, conversation)
        except RegelwijzerError as error:
            return thread("", [_failed("", error)])
        return thread(conversation, [*turns, _stopped(str(data.get("question", ""))[:LONGEST_QUESTION])])


def _stopped(question: str) -> Turn:
    look = words.STATUSES["stopped"]
    return Turn(question, state="stopped", title=look.title, text=look.line)


def _failed(question: str, error: RegelwijzerError) -> Turn:
    state = {"too-many-questions": "too_many", "question-too-long": "too_long"}.get(error.code, "error")
    title, text = told(error)
    return Turn(question, state=state, title=title, text=text)


def _too_long(question: str) -> Turn:
    look = words.STATUSES["too_long"]
    return Turn(question[:200] + " …", state="too_long", title=look.title, text=look.line.format(limit=LONGEST_QUESTION))


def _day(given: object) -> date:
    """The day that was asked for, today when none was. Raises UsageError for a typing error, such as the year 0002."""
    if not given:
        return today()
    try:
        day = date.fromisoformat(str(given))
    except ValueError:
        day = date.min
    if not FIRST_DAY <= day <= LAST_DAY:
        text = words.AS_OF_WRONG.format(first=FIRST_DAY.year, last=LAST_DAY.year)
        raise UsageError("as-of-range", text, words.AS_OF_REMEDY)
    return day
