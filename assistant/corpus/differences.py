"""What differs between two versions of a document, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from assistant.corpus.library import Library
from assistant.corpus.versions import VersionState
from assistant.errors import UsageError
from assistant.language.sentences import sentence_spans
from assistant.records import BlockKind, Document

# Two sentences with fewer words in common than this are shown as one removed and one added.
_ALIKE = 0.5
# So far ahead a sentence's successor is looked for; keeps a wholly rewritten document from taking quadratic time.
_WINDOW = 25


class ChangeKind(StrEnum):
    """What happened to a sentence; the value is what the keeper is shown."""

    ADDED = "toegevoegd"
    REMOVED = "verwijderd"
    CHANGED = "gewijzigd"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; ``old`` or ``new`` is empty where there is none, and the page is then 0."""

    kind: ChangeKind
    old: str
    new: str
    old_page: int
    new_page: int


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    page: int
    words: tuple[str, ...]


def differences(old: Document, new: Document) -> tuple[Change, ...]:
    """Every sentence, list item or table row that was added, removed or changed, in reading order.

    White space and page breaks do not count as a difference.
    """
    before, after = _pieces(old), _pieces(new)
    matcher = SequenceMatcher(None, [piece.words for piece in before], [piece.words for piece in after], autojunk=False)
    changes: list[Change] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            changes.extend(_compare(before[i1:i2], after[j1:j2]))
    return tuple(changes)


def versions_to_compare(library: Library, document_id: str, old: str | None, new: str | None) -> tuple[str, str]:
    """The two versions to set side by side where the caller leaves one or both open.

    That is the present version with its draft; without a draft, the version last replaced with the present one. Raises
    CorpusError for an unknown document or version, UsageError where there is only one.
    """
    current = library.source(document_id).version
    others = [record for record in library.versions if record.document == document_id and record.version != current]
    drafts = [record.version for record in others if record.state is VersionState.DRAFT]
    replaced = [record.version for record in others if record.state is VersionState.REPLACED]
    if new is None:
        new = drafts[-1] if drafts and old is None else current
    if old is None:
        old = current if new != current else next(iter(replaced[-1:]), None)
    if not old or not new:
        raise UsageError(
            "one-version",
            f"Van document '{document_id}' is maar één versie bekend.",
            f"Voeg eerst een nieuwe versie toe met 'regelwijzer corpus add BESTAND --id {document_id}'.",
        )
    return library.source(document_id, old).version, library.source(document_id, new).version


def _pieces(document: Document) -> list[_Piece]:
    return [
        _Piece(document.text[start:end], document.page_at(start).number, tuple(document.text[start:end].split()))
        for start, end in _spans(document)
    ]


def _spans(document: Document) -> Iterator[tuple[int, int]]:
    """Sentences within each block; a table's rows; the whole text where the reader saw no blocks."""
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind is BlockKind.TABLE:
            offset = block.start
            for row in text.splitlines(keepends=True):
                yield offset, offset + len(row.rstrip())
                offset += len(row)
        else:
            for start, end in sentence_spans(text):
                yield block.start + start, block.start + end
    if not document.blocks:
        yield from sentence_spans(document.text)


def _compare(before: Sequence[_Piece], after: Sequence[_Piece]) -> Iterator[Change]:
    """Pairs each removed sentence with the first new one after the last pair that is like it."""
    at = 0
    for piece in before:
        match = next((index for index in range(at, min(at + _WINDOW, len(after))) if _alike(piece, after[index])), None)
        if match is None:
            yield Change(ChangeKind.REMOVED, piece.text, "", piece.page, 0)
            continue
        yield from (_added(new) for new in after[at:match])
        yield Change(ChangeKind.CHANGED, piece.text, after[match].text, piece.page, after[match].page)
        at = match + 1
    yield from (_added(new) for new in after[at:])


def _alike(old: _Piece, new: _Piece) -> bool:
    matcher = SequenceMatcher(None, old.words, new.words, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _added(piece: _Piece) -> Change:
    return Change(ChangeKind.ADDED, "", piece.text, 0, piece.page)
