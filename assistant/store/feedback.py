"""What readers thought of answers, for the corpus keeper."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import UsageError
from assistant.store.conversations import find_answer, stored_answer
from assistant.store.database import Database
from assistant.store.tables import AnswerRow, FeedbackRow
from assistant.store.values import FeedbackItem, Reason, Verdict

LINE_LENGTH = 1000


class FeedbackBook:
    """Keeps one opinion per reader and answer; a later one takes the place of the earlier."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def add(self, owner: str, link: str, verdict: Verdict, reasons: Iterable[Reason] = (), line: str = "") -> None:
        """Keeps what ``owner`` thinks of the answer behind ``link``.

        Raises UsageError for an unknown link or a line that is too long, and StorageError.
        """
        words = one_line(line)
        chosen = ",".join(reason.value for reason in Reason if reason in set(reasons))
        moment = self._now()

        def keep(session: Session) -> None:
            find_answer(session, link)
            opinion = FeedbackRow(link=link, owner=owner, verdict=verdict.value, reasons=chosen, line=words, created=moment)
            session.merge(opinion)

        self._database.in_write(keep)

    def list(self, verdict: Verdict | None = None, limit: int = 200, skip: int = 0) -> tuple[FeedbackItem, ...]:
        """The last opinions after the first ``skip``, newest first, each with its question, answer and index generation.

        For the keeper only.
        """
        query = select(FeedbackRow, AnswerRow).join(AnswerRow, AnswerRow.link == FeedbackRow.link)
        if verdict is not None:
            query = query.where(FeedbackRow.verdict == verdict.value)
        with self._database.read() as session:
            order = FeedbackRow.created.desc(), FeedbackRow.link, FeedbackRow.owner
            rows = session.execute(query.order_by(*order).offset(skip).limit(limit)).all()
            return tuple(_item(opinion, answer) for opinion, answer in rows)


def one_line(text: str) -> str:
    """What a reader explains, as it is kept. Raises UsageError when it is too long."""
    words = " ".join(text.replace("\0", "").encode("utf-8", "replace").decode().split())
    if len(words) > LINE_LENGTH:
        raise UsageError(
            "feedback-long",
            f"Uw toelichting telt {len(words)} tekens; er passen er {LINE_LENGTH}.",
            "Maak de toelichting korter.",
        )
    return words


def _item(opinion: FeedbackRow, answer: AnswerRow) -> FeedbackItem:
    reasons = tuple(Reason(value) for value in opinion.reasons.split(",") if value)
    return FeedbackItem(stored_answer(answer), Verdict(opinion.verdict), reasons, opinion.line, opinion.created)
