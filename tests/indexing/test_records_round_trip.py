"""What goes into a generation comes out exactly, and a damaged line is never read as another text."""

from __future__ import annotations

import tempfile
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import IndexUnusableError
from assistant.indexing import codec
from assistant.indexing.lines import Lines, write_lines
from assistant.records import Block, Document, DocumentKind, NoteRef, Page, Passage, Source, Unit

TEXT = st.text(alphabet=st.characters(exclude_categories=[]), max_size=40)  # lone surrogates included
NUMBER = st.integers(-5, 200)
PATH = st.tuples() | st.tuples(TEXT) | st.tuples(TEXT, TEXT)


def records(record: type, /, **own: st.SearchStrategy) -> st.SearchStrategy:  # type: ignore[type-arg]
    return st.builds(record, **own)


UNITS = st.lists(st.builds(Unit, NUMBER, NUMBER, TEXT), max_size=3).map(tuple)
PASSAGES = records(Passage, id=TEXT, text=TEXT, start=NUMBER, end=NUMBER, section=PATH, units=UNITS)
DOCUMENTS = records(
    Document,
    text=TEXT,
    pages=st.lists(st.builds(Page, NUMBER, TEXT, NUMBER, NUMBER, TEXT), max_size=3).map(tuple),
    blocks=st.lists(st.builds(Block), max_size=3).map(tuple),
    note_refs=st.lists(st.builds(NoteRef, NUMBER, TEXT), max_size=2).map(tuple),
    furniture=PATH,
    title=TEXT,
)
SOURCES = records(Source, kind=st.builds(DocumentKind), names=PATH, **{f: st.none() | st.dates() for f in codec.DATES})


def through_a_file(values: list[object], encode: object, decode: object) -> list[object]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "records.jsonl")
        write_lines(path, map(encode, values))  # type: ignore[arg-type]
        return list(Lines(path, decode))  # type: ignore[arg-type]


@given(st.lists(PASSAGES, max_size=4))
def test_passages(passages: list[Passage]) -> None:
    assert through_a_file(list(passages), codec.encode_passage, codec.decode_passage) == passages


@given(st.lists(DOCUMENTS, max_size=3))
def test_documents(documents: list[Document]) -> None:
    assert through_a_file(list(documents), codec.encode_document, codec.decode_document) == documents


@given(st.lists(SOURCES, max_size=3))
def test_sources(sources: list[Source]) -> None:
    assert through_a_file(list(sources), codec.encode_source, codec.decode_source) == sources


def test_every_field_of_a_passage_and_a_document_is_stored() -> None:
    passage = Passage("i", "d", "v", 0, 1, "t", 1, "1", (), codec.SectionKind.TEXT, ())
    document = Document("i", "v", "t", (), ())
    assert set(codec.encode_passage(passage)) == {field.name for field in fields(Passage)}
    assert set(codec.encode_document(document)) == {field.name for field in fields(Document)}


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "numbers.jsonl"
    write_lines(path, ({"number": number} for number in range(10)))
    return path


def test_lines_behave_as_a_sequence(lines: Path) -> None:
    numbers = Lines(lines, lambda value: value["number"])
    assert (len(numbers), numbers[3], numbers[-1], numbers[2:4]) == (10, 3, 9, [2, 3])
    assert list(numbers) == list(range(10))
    with pytest.raises(IndexError):
        numbers[10]


def test_a_changed_line_is_refused_and_the_others_are_not(lines: Path) -> None:
    lines.write_bytes(lines.read_bytes().replace(b'"number":4', b'"number":5'))
    numbers = Lines(lines, lambda value: value["number"])
    assert numbers[3] == 3
    with pytest.raises(IndexUnusableError, match="regelwijzer index build"):
        numbers[4]


@pytest.mark.parametrize("change", [lambda raw: raw[:-3], lambda raw: raw + b"x"])
def test_a_file_of_another_length_is_refused(lines: Path, change: object) -> None:
    lines.write_bytes(change(lines.read_bytes()))  # type: ignore[operator]
    with pytest.raises(IndexUnusableError):
        Lines(lines, dict)
