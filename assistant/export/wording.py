"""What an exported answer says around the answer's own words: the same names in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from assistant.records import Citation, Mode, Source, Status


@dataclass(frozen=True)
class Wording:
    """The words of one language; texts with ``{}`` are filled in by the methods."""

    language: str
    locale: str
    title: str
    question: str
    understood: str
    follows: str
    as_of: str
    status: str
    answer: str
    sources: str
    nearest: str
    notices: str
    missing: str
    about: str
    created: str
    index: str
    link: str
    publisher: str
    kind_label: str
    date_label: str
    dated: str
    validity_label: str
    place_label: str
    consulted_label: str
    technical: str
    address: str
    made_by_ai: str
    unprintable: str
    statuses: Mapping[Status, str]
    modes: Mapping[Mode, str]
    months: tuple[str, ...]
    at: str
    clock: str
    valid_between: str
    valid_from: str
    valid_until: str
    valid_unknown: str
    page: str
    page_foot: str
    index_of: str
    consulted_on: str

    def day(self, value: date) -> str:
        """A date in words: "3 mei 2026"."""
        return f"{value.day} {self.months[value.month - 1]} {value.year}"

    def moment(self, value: datetime) -> str:
        """A date and time in words: "3 mei 2026, 09.05 uur"."""
        return self.at.format(day=self.day(value), time=value.strftime(self.clock))

    def validity(self, citation: Citation) -> str:
        """From when until when the cited version holds."""
        start, end = citation.valid_from, citation.valid_until
        if start and end:
            return self.valid_between.format(start=self.day(start), end=self.day(end))
        if start:
            return self.valid_from.format(start=self.day(start))
        return self.valid_until.format(end=self.day(end)) if end else self.valid_unknown

    def place(self, citation: Citation) -> str:
        """Page and section: "bladzijde 2, Casemanagement dementie › punt 3"."""
        page = self.page.format(page=citation.page_label or citation.page)
        return ", ".join([page, " › ".join(citation.section)]) if citation.section else page

    def kind(self, citation: Citation, source: Source | None) -> str:
        """The kind of document and how far it binds, always in Dutch: "brief. Hij stelt zelf geen regels"."""
        return f"{source.kind.label}. {source.kind.binding.rstrip('.')}" if source else citation.kind

    def of_day(self, day: date) -> str:
        """When a document was written."""
        return self.dated.format(day=self.day(day))

    def consulted(self, day: date) -> str:
        """When the source was looked up."""
        return self.consulted_on.format(day=self.day(day))
