"""Differences between two versions, sentence by sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import RULES, Shop, sha

from assistant.corpus.differences import Change, ChangeKind, differences, versions_to_compare
from assistant.errors import CorpusError, UsageError
from assistant.records import Block, BlockKind, Document, Page


def document(*paragraphs: str, gap: str = "\n\n") -> Document:
    text, blocks = "", []
    for paragraph in paragraphs:
        text += gap if text else ""
        blocks.append(Block(BlockKind.PARAGRAPH, len(text), len(text) + len(paragraph)))
        text += paragraph
    return Document("d", sha(text), text, (Page(1, "1", 0, len(text), text),), tuple(blocks))


OLD = document("De zorg is gratis voor iedereen. De gemeente betaalt.", "Dit blijft staan.")


def test_white_space_alone_is_no_difference() -> None:
    assert (
        differences(
            OLD, document("De zorg is gratis\nvoor iedereen.  De gemeente betaalt.", "Dit blijft staan.", gap="\n\n\n")
        )
        == ()
    )


def test_a_sentence_added_removed_and_changed() -> None:
    new = document("De zorg is niet gratis voor iedereen.", "Dit blijft staan.", "Nieuw is dit wel.")
    assert differences(OLD, new) == (
        Change(ChangeKind.CHANGED, "De zorg is gratis voor iedereen.", "De zorg is niet gratis voor iedereen.", 1, 1),
        Change(ChangeKind.REMOVED, "De gemeente betaalt.", "", 1, 0),
        Change(ChangeKind.ADDED, "", "Nieuw is dit wel.", 0, 1),
    )


def test_rows_of_a_table_are_compared_one_by_one() -> None:
    def table(text: str) -> Document:
        return Document("d", sha(text), text, (Page(1, "1", 0, len(text), text),), (Block(BlockKind.TABLE, 0, len(text)),))

    (change,) = differences(table("Naam | Bedrag\nA | 10\nB | 20"), table("Naam | Bedrag\nA | 10\nB | 30"))
    assert (change.old, change.new) == ("B | 20", "B | 30")


_SENTENCES = st.lists(st.sampled_from(["Een.", "Twee woorden.", "Nu drie woorden.", "Hier staan vier woorden."]), max_size=6)


@given(_SENTENCES, _SENTENCES)
def test_old_and_new_can_be_told_from_the_changes(before: list[str], after: list[str]) -> None:
    changes = differences(document(*before), document(*after))
    removed = sorted(change.old for change in changes if change.old)
    added = sorted(change.new for change in changes if change.new)
    kept = list(before)
    for text in removed:
        kept.remove(text)
    assert sorted([*kept, *added]) == sorted(after)
    assert (changes == ()) == (before == after)


def test_one_version_cannot_be_compared(shop: Shop) -> None:
    with pytest.raises(UsageError) as caught:
        versions_to_compare(shop.library(), "regels", None, None)
    assert caught.value.code == "one-version"
    with pytest.raises(CorpusError, match="onbekend"):
        versions_to_compare(shop.library(), "regels", "0" * 64, None)
    assert versions_to_compare(shop.library(), "regels", sha(RULES), sha(RULES)) == (sha(RULES), sha(RULES))
