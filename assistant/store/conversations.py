"""Conversations and their answers. Every call but the opening of a permanent link takes the owner, and sees no other's."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from assistant.answer_json import answer_from_json, answer_to_json
from assistant.errors import UsageError
from assistant.language.tokens import fold
from assistant.records import Answer
from assistant.retrieval.scope import small_talk
from assistant.store.database import Database
from assistant.store.tables import AnswerRow, ConversationRow
from assistant.store.texts import keep_texts
from assistant.store.values import CitedText, Conversation, StoredAnswer

TITLE_LENGTH = 80


class Conversations:
    """Keeps conversations; ``now`` gives the present moment with its time zone."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def create(self, owner: str, title: str = "") -> Conversation:
        """Begins a conversation; without a title it is named after its first question. Raises StorageError."""
        with self._database.write() as session:
            return _conversation(_begun(session, owner, title, self._now()))

    def list(self, owner: str) -> tuple[Conversation, ...]:
        """The owner's conversations, the last used first."""
        return self.search(owner, "")

    def search(self, owner: str, text: str) -> tuple[Conversation, ...]:
        """The owner's conversations that hold every word of ``text``, in title, question or answer, the last used first.

        Case and diacritics do not matter; part of a word is enough.
        """
        conditions = [ConversationRow.owner == owner, *(_holds(word) for word in fold(text).split())]
        query = select(ConversationRow).where(*conditions).order_by(ConversationRow.updated.desc(), ConversationRow.id)
        with self._database.read() as session:
            return tuple(_conversation(row) for row in session.scalars(query))

    def get(self, owner: str, conversation: str) -> Conversation:
        """One conversation. Raises UsageError when the owner has none of that id."""
        with self._database.read() as session:
            return _conversation(_own(session, owner, conversation))

    def rename(self, owner: str, conversation: str, title: str) -> Conversation:
        """Gives a conversation another title. Raises UsageError for an empty title, or an id the owner has not."""
        name = title_of(title)
        if not name:
            raise UsageError("empty-title", "Een gesprek heeft een naam nodig.", "Vul een naam in.")
        with self._database.write() as session:
            row = _own(session, owner, conversation)
            set_title(row, name)
            return _conversation(row)

    def delete(self, owner: str, conversation: str) -> None:
        """Removes a conversation with its answers and what was said of them. Raises UsageError for an unknown id."""
        with self._database.write() as session:
            session.delete(_own(session, owner, conversation))
        self._database.checkpoint()

    def delete_all(self, owner: str) -> int:
        """Removes everything of the owner; returns how many conversations there were."""
        with self._database.write() as session:
            ids = session.scalars(
                delete(ConversationRow).where(ConversationRow.owner == owner).returning(ConversationRow.id)
            ).all()
        self._database.checkpoint()
        return len(ids)

    def append_answer(self, owner: str, conversation: str, answer: Answer, texts: Iterable[CitedText] = ()) -> StoredAnswer:
        """Keeps an answer and its texts under a new permanent link; without ``conversation`` it begins a new one.

        A conversation is named after its first question that is more than a greeting.
        What stands in ``answer.question.text`` is kept as it is: personal data must be out of it by now.
        Raises UsageError when the owner has no such conversation, and StorageError.
        """
        moment = self._now()
        kept = tuple(texts)

        def keep(session: Session) -> StoredAnswer:
            # The lock keeps two answers that arrive together from taking the same position.
            new = not conversation
            parent = _begun(session, owner, "", moment) if new else _own(session, owner, conversation, locked=True)
            last = session.scalar(select(func.max(AnswerRow.position)).where(AnswerRow.conversation == parent.id))
            row = _answer_row(answer, parent.id, (last or 0) + 1, moment)
            session.add(row)
            session.flush()
            keep_texts(session, row.link, kept)
            if not parent.title or small_talk(parent.title):
                set_title(parent, title_of(answer.question.text))
            parent.updated = moment
            return stored_answer(row)

        return self._database.in_write(keep)

    def history(self, owner: str, conversation: str) -> tuple[StoredAnswer, ...]:
        """The answers of a conversation in the order they were given. Raises UsageError for an unknown id."""
        with self._database.read() as session:
            _own(session, owner, conversation)
            rows = session.scalars(
                select(AnswerRow).where(AnswerRow.conversation == conversation).order_by(AnswerRow.position)
            )
            return tuple(stored_answer(row) for row in rows)

    def answer_by_link(self, link: str) -> StoredAnswer:
        """The answer behind a permanent link; who has the link may read it. Raises UsageError when it is not kept."""
        with self._database.read() as session:
            return stored_answer(find_answer(session, link))


def _begun(session: Session, owner: str, title: str, moment: datetime) -> ConversationRow:
    row = ConversationRow(id=secrets.token_urlsafe(16), owner=owner, created=moment, updated=moment)
    set_title(row, title_of(title))
    session.add(row)
    session.flush()
    return row


def _answer_row(answer: Answer, conversation: str, position: int, moment: datetime) -> AnswerRow:
    question = _storable(answer.question.text)
    return AnswerRow(
        link=secrets.token_urlsafe(24),
        conversation=conversation,
        position=position,
        question=question,
        answer=json.dumps(answer_to_json(answer)),
        folded=fold(_storable(f"{question}\n{answer.text}")),
        index_generation=_storable(answer.index),
        created=moment,
    )


def find_answer(session: Session, link: str) -> AnswerRow:
    """The row of a permanent link. Raises UsageError when it is not kept (any more)."""
    row = session.get(AnswerRow, _storable(link))
    if row is None:
        raise UsageError(
            "unknown-answer",
            "Dit antwoord bestaat niet (meer).",
            "Antwoorden worden na de bewaartermijn verwijderd. Stel de vraag opnieuw.",
        )
    return row


def stored_answer(row: AnswerRow) -> StoredAnswer:
    """A row as a value."""
    answer = answer_from_json(json.loads(row.answer))
    return StoredAnswer(row.link, row.conversation, row.position, row.question, answer, row.index_generation, row.created)


def _own(session: Session, owner: str, conversation: str, *, locked: bool = False) -> ConversationRow:
    query = select(ConversationRow).where(ConversationRow.id == _storable(conversation), ConversationRow.owner == owner)
    row = session.scalar(query.with_for_update() if locked else query)
    if row is None:
        raise UsageError(
            "unknown-conversation", "Dit gesprek bestaat niet (meer).", "Kies een ander gesprek, of begin een nieuw."
        )
    return row


def _holds(word: str) -> ColumnElement[bool]:
    in_answers = exists().where(
        AnswerRow.conversation == ConversationRow.id, AnswerRow.folded.contains(_storable(word), autoescape=True)
    )
    return or_(ConversationRow.title_folded.contains(_storable(word), autoescape=True), in_answers)


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(row.id, row.title, row.created, row.updated)


def title_of(text: str) -> str:
    """What a conversation is named after a question, or after what a user typed: one line, cut where it is too long."""
    words = " ".join(_storable(text).split())
    return words if len(words) <= TITLE_LENGTH else words[: TITLE_LENGTH - 1].rstrip() + "…"


def set_title(row: ConversationRow, title: str) -> None:
    """Names a conversation, for the eye and for the search."""
    row.title, row.title_folded = title, fold(title)


def _storable(text: str) -> str:
    """Without what a database cannot hold: PostgreSQL has no NUL, neither has half a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
