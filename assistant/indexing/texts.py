"""What is handed to the index builder, and which text of a passage is indexed and embedded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.indexing import messages
from assistant.records import Document, Passage, Source

Questions = Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class IndexInput:
    """Everything that one generation is made of.

    ``sources`` holds every catalogue entry, also of documents that are not loaded; ``documents`` those that are
    indexed. ``questions`` maps a passage id to the keeper's example questions, one tuple for each unit of that passage;
    ``unanswered`` are questions that the documents with the ids ``judged`` do not answer, each with the id of a document
    outside the corpus in which the answer may stand, or "".
    ``corpus_hash`` and ``rules`` (versions of reader, structure, …) tell later whether the index still fits.
    """

    sources: tuple[Source, ...]
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    questions: Questions = field(default_factory=dict)
    unanswered: tuple[tuple[str, str], ...] = ()
    judged: tuple[str, ...] = ()
    corpus_hash: str = ""
    rules: Mapping[str, str] = field(default_factory=dict)


def heading(passage: Passage) -> str:
    """The heading path as one line."""
    return " › ".join(passage.section)


def own_text(passage: Passage) -> str:
    """Heading path and text: what the passage itself says."""
    return f"{heading(passage)}\n{passage.text}" if passage.section else passage.text


def question_text(passage: Passage, questions: Questions) -> str:
    """All example questions of the passage, or the empty string."""
    return "\n".join(question for unit in questions.get(passage.id, ()) for question in unit)


def embedded_text(passage: Passage, questions: Questions) -> str:
    """What the embedder sees: heading path, text, example questions."""
    asked = question_text(passage, questions)
    return f"{own_text(passage)}\n{asked}" if asked else own_text(passage)


def check_material(material: IndexInput) -> None:
    """Refuses material that could never be cited literally, before any work is done. Raises CorpusError."""
    if not any(passage.text.strip() for passage in material.passages):
        raise messages.empty_corpus()
    texts = {(document.id, document.version): document.text for document in material.documents}
    if len(texts) != len(material.documents):
        raise messages.bad_material("een document staat er tweemaal in")
    ids = {passage.id for passage in material.passages}
    if len(ids) != len(material.passages):
        raise messages.bad_material("twee passages hebben hetzelfde kenmerk")
    if unknown := set(material.questions) - ids:
        raise messages.bad_material(f"er zijn voorbeeldvragen bij een onbekende passage ({min(unknown)})")
    for passage in material.passages:
        text = texts.get((passage.document, passage.version))
        if text is None:
            raise messages.bad_material(f"passage {passage.id} hoort bij een onbekend document")
        if not is_literal(passage, text):
            raise messages.bad_material(f"passage {passage.id} staat niet letterlijk in {passage.document}")


def is_literal(passage: Passage, text: str) -> bool:
    """Whether passage and units are exact slices of ``text``."""
    return text[passage.start : passage.end] == passage.text and all(
        text[unit.start : unit.end] == unit.text for unit in passage.units
    )
