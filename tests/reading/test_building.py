"""Marked text to blocks: footnote marks and page breaks end up where their sign stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.building import PAGE_BREAK, Builder, inline, leading_marker, note_mark
from assistant.reading.compose import block_problems
from assistant.records import BlockKind


@pytest.mark.parametrize(
    ("text", "marker"),
    [("2.1 De zorg", "2.1"), ("a. zorg", "a."), ("(3) zorg", "(3)"), ("•zorg", "•"), ("- zorg", "-"), ("1°. zorg", "1°.")],
)
def test_markers_at_the_front(text: str, marker: str) -> None:
    assert leading_marker(text) == marker


@pytest.mark.parametrize("text", ["2026 was goed", "De zorg", "2.1", "art. 3", "-5 graden", "1.000.000"])
def test_no_marker(text: str) -> None:
    assert leading_marker(text) == ""


def test_marks_keep_their_place() -> None:
    builder = Builder()
    builder.add(BlockKind.PARAGRAPH, f"{PAGE_BREAK}leeg")
    builder.add(BlockKind.ITEM, f"een  {note_mark('1')} twee{PAGE_BREAK} drie{PAGE_BREAK}", label="a.")
    builder.break_page()
    builder.add(BlockKind.PARAGRAPH, "vier")
    first, second, third = builder.blocks
    assert (first.page, first.text) == (1, "leeg")
    assert (second.text, second.notes, second.page_breaks) == ("a. een twee drie", ((6, "1"),), (12,))
    assert third.page == 3


@given(st.lists(st.one_of(st.text(max_size=8).map(inline), st.just(PAGE_BREAK), st.just(note_mark("1"))), max_size=12))
def test_blocks_are_sound(parts: list[str]) -> None:
    builder = Builder()
    builder.add(BlockKind.PARAGRAPH, "".join(parts))
    builder.add_typed("".join(parts))
    assert not [problem for block in builder.blocks for problem in block_problems(block)]
    assert [block.page for block in builder.blocks] == sorted(block.page for block in builder.blocks)
