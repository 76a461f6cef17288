"""Finds personal data by rule alone: no model, no network, nothing kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from assistant.privacy.addresses import addresses
from assistant.privacy.dates import birth_dates
from assistant.privacy.findings import LABELS, Finding, PersonalKind, Span
from assistant.privacy.names import names
from assistant.privacy.numbers import numbers


def find_personal(text: str, today: date | None = None) -> tuple[Finding, ...]:
    """The personal data in ``text``: disjoint, in reading order. ``today`` decides how old a birth date must be.

    It errs on the side of finding, since the user is shown what was found and chooses.
    """
    day = today or date.today()
    first = (*numbers(text), *birth_dates(text, day), *addresses(text), *names(text))
    spans = (*first, *_copies(text, first))
    return tuple(
        Finding(span.kind, span.start, span.end, text[span.start : span.end], LABELS[span.kind]) for span in _disjoint(spans)
    )


def _copies(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Where the same number, date or address stands once more, if only inside something longer.

    Names are left to :func:`names`, which looks for whole words: "An" is no reason to cut up "Annet".
    """
    kinds = {text[span.start : span.end]: span.kind for span in spans if span.kind is not PersonalKind.NAME}
    for same, kind in kinds.items():
        for again in re.finditer(re.escape(same), text):
            yield Span(kind, *again.span())


def _disjoint(spans: Iterable[Span]) -> list[Span]:
    """Overlapping spans become one, of the kind of the longest: nothing that was found falls outside."""
    merged: list[Span] = []
    longest = 0
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        length = span.end - span.start
        if merged and span.start < merged[-1].end:
            kind = span.kind if length > longest else merged[-1].kind
            merged[-1] = Span(kind, merged[-1].start, max(merged[-1].end, span.end))
            longest = max(longest, length)
        else:
            merged.append(span)
            longest = length
    return merged
