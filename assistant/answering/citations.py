"""Makes citations and checks them: a quote that is not literally where it is said to be never leaves this module."""

from __future__ import annotations

import logging

from assistant.records import Citation, Document, Evidence, Source

log = logging.getLogger(__name__)


def cite(number: int, evidence: Evidence, document: Document, source: Source) -> Citation | None:
    """The citation of ``evidence``, or None (and a logged error) when it is not literal."""
    page = document.page_at(evidence.start)
    citation = Citation(
        number=number,
        document=document.id,
        version=document.version,
        title=source.title,
        kind=source.kind.id,
        valid_from=source.valid_from,
        valid_until=source.valid_until,
        page=page.number,
        page_label=page.label,
        section=evidence.passage.section,
        start=evidence.start,
        end=evidence.end,
        quote=evidence.text,
    )
    if is_literal(citation, document):
        return citation
    log.error("citation refused: not literal in %s at %d:%d", document.id, evidence.start, evidence.end)
    return None


def is_literal(citation: Citation, document: Document) -> bool:
    """Whether the quote stands, character for character, at the named place of the named version, on the named page."""
    return (
        bool(citation.quote.strip())
        and (citation.document, citation.version) == (document.id, document.version)
        and 0 <= citation.start < citation.end <= len(document.text)
        and document.text[citation.start : citation.end] == citation.quote
        and document.page_at(citation.start).number == citation.page
    )
