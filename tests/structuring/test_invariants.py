"""What holds for every document: exact slices, nothing twice, nothing lost."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reading.compose import compose
from assistant.reading.raw import RawBlock, RawDocument
from assistant.reading.read import read_file
from assistant.records import BlockKind, Document
from assistant.structuring import LEAVES, passages, structure
from assistant.structuring.outline import outline

CORPUS = sorted(path for path in (Path(__file__).parents[2] / "corpus" / "documents").iterdir() if path.is_file())
SHARED = Path(__file__).parents[3] / "shared" / "fixtures"
FIXTURES = [*SHARED.glob("bwb/*.xml"), *SHARED.glob("nza/*.md")]

VOCABULARY = (
    "de zorg wordt vergoed. artikel 3 Artikel 4 Hoofdstuk I Bijlage Toelichting dementie: netwerk; (p8) Wlz enz. lid"
)
WORDS = st.sampled_from([*VOCABULARY.split(), "2.1", "1e"])
TEXT = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)
LABELS = st.sampled_from(
    ["1.", "2.", "3.", "10.", "a.", "b.", "i.", "ii.", "•", "-", "1°.", "2.1", "2.2", "2.1.1", "A.", "zz)", ""]
)
BLOCKS = st.one_of(
    st.builds(lambda text: RawBlock(BlockKind.PARAGRAPH, text), TEXT),
    st.builds(
        lambda label, text, level: RawBlock(BlockKind.ITEM, f"{label} {text}".strip(), level=level, label=label),
        LABELS,
        TEXT,
        st.integers(0, 2),
    ),
    st.builds(lambda text, level: RawBlock(BlockKind.HEADING, text, level=level), TEXT, st.integers(0, 4)),
    st.builds(
        lambda label, text: RawBlock(BlockKind.FOOTNOTE, f"{label} {text}", label=label), st.sampled_from("12*"), TEXT
    ),
    st.builds(
        lambda rows: RawBlock(BlockKind.TABLE, "\n".join(rows)),
        st.lists(TEXT.map(lambda t: f"{t} | x"), min_size=1, max_size=9),
    ),
    st.builds(
        lambda text: RawBlock(BlockKind.PARAGRAPH, text.strip() or "x"),
        st.text(st.characters(exclude_categories=["C", "Z"])),
    ),
)


def check(document: Document) -> None:
    sections = structure(document)
    found = passages(document, sections)
    text = document.text
    covered = 0
    for passage in found:
        assert text[passage.start : passage.end] == passage.text == passage.text.strip() != ""
        assert passage.start >= covered
        covered = passage.end
        assert passage.page == document.page_at(passage.start).number
        place = passage.start
        for unit in passage.units:
            assert text[unit.start : unit.end] == unit.text != ""
            assert not text[place : unit.start].strip()
            place = unit.end
        assert place == passage.end
    assert len({passage.id for passage in found}) == len(found)
    held = bytearray(len(text))
    for passage in found:
        held[passage.start : passage.end] = b"\x01" * (passage.end - passage.start)
    outer, _ = outline(document)
    heads = {section.start for section in outer}
    for block in document.blocks:
        inside = [held[i] for i in range(block.start, block.end) if not text[i].isspace()]
        assert all(inside) or (block.start in heads and not any(inside))
    leaves = [section for section in sections if section.kind in LEAVES]
    assert all(first.end <= second.start for first, second in pairwise(leaves))
    assert list(sections) == sorted(sections, key=lambda section: section.start)


@settings(deadline=None)
@given(st.lists(BLOCKS, max_size=25), st.integers(1, 3))
def test_every_generated_document(blocks: list[RawBlock], pages: int) -> None:
    labels = tuple(str(number) for number in range(1, pages + 1))
    check(compose(RawDocument(tuple(blocks), labels), "gemaakt", "0" * 64))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_every_document_of_the_corpus(path: Path) -> None:
    document = read_file(path, path.stem).document
    assert document is not None
    check(document)


@pytest.mark.skipif(not FIXTURES, reason="de gedeelde voorbeeldbestanden zijn hier niet")
def test_laws_and_rules() -> None:
    for path in FIXTURES:
        document = read_file(path, path.stem).document
        assert document is not None
        check(document)


def test_the_corpus_is_there() -> None:
    assert CORPUS
