"""The tables. Every change here needs a step in ``migrations.py``."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, ForeignKey, ForeignKeyConstraint, Index, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite knows no time zones, so it is kept there without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    type_annotation_map = {datetime: Moment, str: Text}  # noqa: RUF012 - SQLAlchemy's own way


class SchemaRow(Base):
    __tablename__ = "schema_version"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class ConversationRow(Base):
    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    title: Mapped[str]
    title_folded: Mapped[str]
    created: Mapped[datetime]
    updated: Mapped[datetime]

    __table_args__ = (Index("conversations_of_owner", "owner", "updated"),)


class AnswerRow(Base):
    __tablename__ = "answers"

    link: Mapped[str] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    position: Mapped[int]
    question: Mapped[str]
    answer: Mapped[str]  # answer/1, as JSON
    folded: Mapped[str]  # question and answer as they are searched: lower case, no diacritics
    index_generation: Mapped[str]
    created: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (UniqueConstraint("conversation", "position"),)


class TextRow(Base):
    __tablename__ = "texts"

    document: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    text_hash: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]  # text, pages and blocks, as JSON
    reading_version: Mapped[str]


class AnswerTextRow(Base):
    """Which texts an answer points into, and what the catalogue said of each when the answer was made."""

    __tablename__ = "answer_texts"

    link: Mapped[str] = mapped_column(ForeignKey("answers.link", ondelete="CASCADE"), primary_key=True)
    document: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    text_hash: Mapped[str]
    source: Mapped[str]

    __table_args__ = (
        ForeignKeyConstraint(["document", "version", "text_hash"], ["texts.document", "texts.version", "texts.text_hash"]),
        Index("answers_of_text", "document", "version", "text_hash"),
    )


class FeedbackRow(Base):
    __tablename__ = "feedback"

    link: Mapped[str] = mapped_column(ForeignKey("answers.link", ondelete="CASCADE"), primary_key=True)
    owner: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[str]
    reasons: Mapped[str]
    line: Mapped[str]
    created: Mapped[datetime]


class UserRow(Base):
    __tablename__ = "users"

    name: Mapped[str] = mapped_column(primary_key=True)
    password_hash: Mapped[str]
    role: Mapped[str]
    created: Mapped[datetime]
    disabled: Mapped[bool]


class SessionRow(Base):
    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(ForeignKey("users.name", ondelete="CASCADE"), index=True)
    created: Mapped[datetime]
    expires: Mapped[datetime]


class AuditRow(Base):
    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    moment: Mapped[datetime]
    who: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]


class ThrottleRow(Base):
    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(primary_key=True)  # a hash: people type passwords where the name belongs
    failures: Mapped[int]
    last: Mapped[datetime]
