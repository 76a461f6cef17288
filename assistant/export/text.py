"""Plain text for the clipboard: an answer with its sources, a reference, a quote with its reference."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from assistant.export.report import Line, Style, report
from assistant.export.words import words_of
from assistant.records import Answer, Citation, Source


def to_text(answer: Answer, sources: Iterable[Source], *, created: datetime, link: str = "", language: str = "nl") -> str:
    """The answer with its quotes and full references, as it goes into a mail. ``created`` is in the reader's time zone;
    ``language`` is that of what is said around the answer and its quotes.
    """
    parts: list[str] = []
    previous: Line | None = None
    for line in report(answer, sources, created, link, words_of(language)):
        parts += [_gap(previous, line), _as_text(line)]
        previous = line
    return "".join(parts) + "\n"


def reference(citation: Citation, source: Source | None, *, retrieved: date | None = None, language: str = "nl") -> str:
    """Where a quote stands, in one line: title, publisher, kind, date, validity, place and official address."""
    words = words_of(language)
    parts = [f"‘{citation.title}’", source.publisher if source else "", words.kind(citation, source)]
    parts += [words.of_day(source.date) if source and source.date else ""]
    parts += [words.validity(citation), words.place(citation)]
    parts += [words.consulted(retrieved) if retrieved else "", source.source_url if source else ""]
    return "; ".join(part for part in parts if part)


def quote_with_reference(
    citation: Citation, source: Source | None, *, retrieved: date | None = None, language: str = "nl"
) -> str:
    """The literal quote, and below it where it stands."""
    return f"“{citation.quote}”\n({reference(citation, source, retrieved=retrieved, language=language)})"


def _as_text(line: Line) -> str:
    text = f"{line.label}: {line.text}" if line.label else line.text
    if line.style in {Style.TITLE, Style.HEADING}:
        return f"{text}\n{('=' if line.style is Style.TITLE else '-') * len(text)}"
    if line.style is Style.QUOTE:
        return f"“{text}”"
    return f"• {text}" if line.style is Style.ITEM else text


def _gap(previous: Line | None, line: Line) -> str:
    if previous is None:
        return ""
    items = {Style.ITEM, Style.NUMBERED}
    close = (line.style is Style.DETAIL and previous.style in {Style.DETAIL, *items}) or {
        line.style,
        previous.style,
    } <= items
    return "\n" if close else "\n\n"
