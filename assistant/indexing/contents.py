"""The contents of a generation: which file holds what, written by the builder and read by everyone else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexUnusableError, system_reason
from assistant.indexing import codec, messages
from assistant.indexing.asked import AskedQuestions
from assistant.indexing.files import load_array
from assistant.indexing.lexical import LexicalIndex
from assistant.indexing.lines import Lines, write_lines
from assistant.indexing.texts import IndexInput
from assistant.records import Document, Passage, Source

DocumentKey = tuple[str, str]  # id, version

SOURCES, DOCUMENTS, PASSAGES = "sources.jsonl", "documents.jsonl", "passages.jsonl"
KEYS, QUESTIONS = "keys.json", "questions.json"
VECTORS, DIGESTS = "vectors.npy", "embedded.npy"
WORDS, GRAMS, ASKED, CHROMA = "words", "grams", "asked", "chroma"


def write_contents(folder: Path, material: IndexInput) -> None:
    """Writes records, ids and example questions of ``material``."""
    write_lines(folder / SOURCES, map(codec.encode_source, material.sources))
    write_lines(folder / DOCUMENTS, map(codec.encode_document, material.documents))
    write_lines(folder / PASSAGES, map(codec.encode_passage, material.passages))
    rows = {(document.id, document.version): row for row, document in enumerate(material.documents)}
    keys = {
        "documents": list(rows),
        "passages": [passage.id for passage in material.passages],
        "document_rows": [rows[passage.document, passage.version] for passage in material.passages],
    }
    _write_json(folder / KEYS, keys)
    _write_json(folder / QUESTIONS, dict(material.questions))


def _write_json(path: Path, value: object) -> None:
    with path.open("w", encoding="ascii") as file:
        file.write(json.dumps(value))


@dataclass(frozen=True)
class Documents(Mapping[DocumentKey, Document]):
    """The indexed documents by id and version, each read when it is asked for."""

    rows: Mapping[DocumentKey, int]
    lines: Lines[Document]

    def __getitem__(self, key: DocumentKey) -> Document:
        return self.lines[self.rows[key]]

    def __iter__(self) -> Iterator[DocumentKey]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class Family(NamedTuple):
    """Documents of which passages may be measured against each other: what is asked about in many ways would win from what
    is not by that alone.

    ``asked``: they have example questions; ``judged``: the keeper held the unanswered questions against them.
    """

    asked: bool
    judged: bool


class Contents:
    """Reads the files of one generation folder; damage shows as IndexUnusableError."""

    def __init__(self, folder: Path) -> None:
        try:
            keys = json.loads((folder / KEYS).read_text("ascii"))
            asked = json.loads((folder / QUESTIONS).read_text("ascii"))
            self.questions: Mapping[str, tuple[tuple[str, ...], ...]] = {
                passage: tuple(tuple(unit) for unit in units) for passage, units in asked.items()
            }
            self.passage_ids: Sequence[str] = keys["passages"]
            self.document_keys: Sequence[DocumentKey] = [(name, version) for name, version in keys["documents"]]
            self.document_rows: NDArray[np.int32] = np.array(keys["document_rows"], dtype=np.int32)
            rows = {key: row for row, key in enumerate(self.document_keys)}
            self.documents = Documents(rows, Lines(folder / DOCUMENTS, codec.decode_document))
            self.passages: Sequence[Passage] = Lines(folder / PASSAGES, codec.decode_passage)
            self._sources: Sequence[Source] = Lines(folder / SOURCES, codec.decode_source)
            self.words = LexicalIndex(folder / WORDS)
            self.grams = LexicalIndex(folder / GRAMS)
            self.asked = AskedQuestions(folder / ASKED)
            self.matrix: NDArray[np.float32] = load_array(folder / VECTORS, np.float32)
        except IndexUnusableError:
            raise
        except OSError as error:
            raise messages.damaged(f"{folder.name} is niet te lezen ({system_reason(error)})") from error
        except (ValueError, KeyError, TypeError) as error:
            raise messages.damaged(f"in {folder.name} klopt een bestand niet") from error
        sizes = {len(self.passage_ids), len(self.passages), self.words.passages, self.grams.passages, len(self.matrix)}
        if len(sizes) != 1 or len(self.document_rows) not in sizes or len(self.documents) != len(self.documents.lines):
            raise messages.damaged("de aantallen passages zijn niet overal gelijk")

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every catalogue entry, also of documents that are not loaded."""
        return tuple(self._sources)

    @cached_property
    def families(self) -> Mapping[str, Family]:
        """The family of each document."""
        asked = {self.document_rows[self.row_of[passage]] for passage, units in self.questions.items() if any(units)}
        judged = self.asked.judged if self.asked.unanswered else frozenset()
        return {name: Family(row in asked, name in judged) for row, (name, _) in enumerate(self.document_keys)}

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """The row of each passage by its id."""
        return {name: row for row, name in enumerate(self.passage_ids)}
