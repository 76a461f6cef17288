from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.compose import block_problems, compose
from assistant.reading.raw import RawBlock, RawDocument
from assistant.reading.wire import Report, Verdict, decode, encode
from assistant.records import BlockKind

WORDS = st.lists(st.text("abcdeé’•-", min_size=1, max_size=8), min_size=1, max_size=12).map(" ".join)


@st.composite
def raw_documents(draw: st.DrawFn) -> RawDocument:
    """Documents as readers make them: pages never go back, breaks and notes lie inside their block."""
    blocks = []
    page = 1
    for _ in range(draw(st.integers(0, 12))):
        page += draw(st.integers(0, 2))
        text = draw(WORDS)
        breaks = tuple(sorted(draw(st.lists(st.integers(1, len(text)), max_size=3))))
        notes = tuple((offset, "1") for offset in draw(st.lists(st.integers(0, len(text)), max_size=2)))
        blocks.append(RawBlock(draw(st.sampled_from(BlockKind)), text, page, page_breaks=breaks, notes=notes))
        page += len(breaks)
    labels = tuple(draw(st.lists(st.text("ivx12", max_size=3), max_size=20)))
    return RawDocument(tuple(blocks), labels or ("1",))


@given(raw_documents())
def test_every_span_is_an_exact_slice(raw: RawDocument) -> None:
    document = compose(raw, "d", "v")
    assert [document.text[b.start : b.end] for b in document.blocks] == [b.text for b in raw.blocks]
    end = 0
    for number, page in enumerate(document.pages, 1):
        assert page.number == number
        assert page.label
        assert document.text[page.start : page.end] == page.text
        assert page.start >= end
        assert not document.text[end : page.start].strip()
        end = page.end
    assert not document.text[end:].strip()
    assert len(document.pages) >= len(raw.page_labels)
    assert len(document.note_refs) == sum(len(block.notes) for block in raw.blocks)


@given(raw_documents())
def test_a_block_begins_on_its_page(raw: RawDocument) -> None:
    document = compose(raw, "d", "v")
    for block, made in zip(document.blocks, raw.blocks, strict=True):
        assert document.page_at(block.start).number == made.page


@given(raw_documents())
def test_the_report_comes_back_from_json(raw: RawDocument) -> None:
    report = Report(Verdict.OK, "", len(raw.page_labels), "abc", raw)
    assert decode(encode(report)) == report


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b"\xff", b'{"verdict":"ok","reason":"","pages":1,"version":"","raw":{}}', b"[" * 99999]
)
def test_what_is_no_report_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a report"):
        decode(data)


def test_items_stand_close_and_paragraphs_apart() -> None:
    kinds = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM, BlockKind.FOOTNOTE, BlockKind.FOOTNOTE, BlockKind.HEADING)
    raw = RawDocument(tuple(RawBlock(kind, str(number)) for number, kind in enumerate(kinds)))
    assert compose(raw, "d", "v").text == "0\n\n1\n2\n\n3\n4\n\n5"


def test_a_page_without_text_is_an_empty_span() -> None:
    raw = RawDocument(
        (RawBlock(BlockKind.PARAGRAPH, "een", 1), RawBlock(BlockKind.PARAGRAPH, "drie", 3)), ("i", "ii", "1", "2")
    )
    pages = compose(raw, "d", "v").pages
    assert [(page.label, page.start, page.end, page.text) for page in pages] == [
        ("i", 0, 3, "een"),
        ("ii", 3, 3, ""),
        ("1", 5, 9, "drie"),
        ("2", 9, 9, ""),
    ]


def test_nothing_at_all() -> None:
    document = compose(RawDocument(()), "d", "v")
    assert document.text == ""
    assert [page.text for page in document.pages] == [""]


@pytest.mark.parametrize(
    "block",
    [
        RawBlock(BlockKind.PARAGRAPH, "een\ntwee"),
        RawBlock(BlockKind.PARAGRAPH, "een", page_breaks=(4,)),
        RawBlock(BlockKind.PARAGRAPH, "een", notes=((-1, "1"),)),
        RawBlock(BlockKind.PARAGRAPH, "een", page_breaks=(2, 1)),
    ],
)
def test_a_block_that_cannot_be_is_named(block: RawBlock) -> None:
    assert block_problems(block)
