"""Writes an answer from literal quotes alone: per source a line that says how it binds, then its quotes in reading order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answering import wording
from assistant.answering.citations import cite
from assistant.records import Citation, Document, Evidence, Source, Statement

Documents = Mapping[tuple[str, str], Document]
Sources = Mapping[str, Source]


def citations_of(evidence: Sequence[Evidence], documents: Documents, sources: Sources) -> tuple[Citation, ...]:
    """Checked citations in the order in which they are to be read: the best source first, then by place."""
    order = {document: n for n, document in enumerate(dict.fromkeys(item.passage.document for item in evidence))}
    ranked = sorted(evidence, key=lambda item: (order[item.passage.document], item.start))
    made = (
        cite(0, item, documents[item.passage.document, item.passage.version], sources[item.passage.document])
        for item in ranked
    )
    return tuple(replace(citation, number=n) for n, citation in enumerate((c for c in made if c), start=1))


def write(citations: Sequence[Citation], sources: Sources, language: str) -> tuple[str, tuple[Statement, ...]]:
    """The answer's Markdown with its [n] markers, and its statements."""
    lines: list[str] = []
    document = ""
    for citation in citations:
        if citation.document != document:
            document = citation.document
            lines.append(wording.lead(sources[document], language))
        lines.append(_quote(citation))
    statements = tuple(Statement(citation.quote, (citation.number,)) for citation in citations)
    return "\n\n".join(lines), statements


def _quote(citation: Citation) -> str:
    """A block quote, line by line as it stands, with its marker at the end."""
    lines = [line for line in citation.quote.splitlines() if line.strip()]
    return "\n>\n".join(f"> {line}" for line in lines) + f" [{citation.number}]"
