"""The two documents in hand: every block as a reader would see it, and not a word lost, changed or moved."""

from __future__ import annotations

import re

import pytest

from assistant.home import PROJECT
from assistant.reading import Verdict, read_file
from assistant.reading.cleaning import clean
from assistant.records import BlockKind, Document

HEADING, PARAGRAPH, ITEM, FOOTNOTE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.FOOTNOTE
NOTE = (
    "1 Beleidsregel verpleging en verzorging - BR/REG-26108 - Nederlandse Zorgautoriteit (2026) "
    "https://puc.overheid.nl/nza/doc/PUC_789876_22/"
)


def texts(document: Document, kind: BlockKind | None = None) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if kind is None or b.kind is kind]


def test_letter_blocks(letter: Document) -> None:
    kinds = [block.kind for block in letter.blocks]
    assert kinds == [
        HEADING, *[PARAGRAPH] * 4, *[ITEM] * 3, *[PARAGRAPH] * 3, FOOTNOTE, *[PARAGRAPH] * 5, *[ITEM] * 3, *[PARAGRAPH] * 6,
    ]  # fmt: skip
    assert texts(letter)[0] == "Betreft: Financiering netwerken dementie"
    assert texts(letter)[1:3] == ["25 november 2025", "Beste netwerkcoördinator,"]
    assert texts(letter)[-4:] == ["Met vriendelijke groet,", "Dementie Netwerk Nederland", "Hansje Pontier,", "Voorzitter"]


def test_letter_items(letter: Document) -> None:
    items = [block for block in letter.blocks if block.kind is ITEM]
    assert [(item.label, item.level) for item in items] == [("1.", 0), ("2.", 0), ("3.", 0), ("•", 0), ("•", 0), ("•", 0)]
    second = texts(letter, ITEM)[1]
    assert second.startswith("2. ZN, VWS en DNN het met elkaar eens zijn over de lange termijn: dementienetwerken moeten ")
    assert second.endswith("HLO en de Visie eerstelijnszorg 2030. Een passende financiering kan hier dan uit voortvloeien.")


def test_letter_footnote_is_out_of_the_running_text(letter: Document) -> None:
    assert texts(letter, FOOTNOTE) == [NOTE]
    assert [block.label for block in letter.blocks if block.kind is FOOTNOTE] == ["1"]
    (mark,) = letter.note_refs
    assert mark.label == "1"
    assert letter.text[: mark.position].endswith("in de NZa-beleidsregel verpleging en verzorging")
    assert letter.text[mark.position :].startswith(", is het enige")
    assert "verzorging1" not in letter.text
    assert letter.pages[0].text.endswith(NOTE)
    assert letter.pages[1].text.startswith("ZN zegt dit niet te kunnen veranderen")


def test_letter_paragraph_runs_over_the_page(letter: Document) -> None:
    (paragraph,) = [text for text in texts(letter) if text.startswith("De komende jaren")]
    assert "bovenstaande staan. Vanzelfsprekend zoeken we ook naar de voorbeelden" in paragraph
    assert paragraph.endswith("hierover met elkaar in gesprek kunnen gaan.")
    assert letter.pages[1].text.endswith("bovenstaande staan.")
    assert letter.pages[2].text.startswith("Vanzelfsprekend zoeken")


def test_letter_keeps_a_written_hyphen(letter: Document) -> None:
    assert "extra – tijdelijke- ondersteuning. ZN geeft nu aan" in letter.text


def test_purchasing_text_blocks(purchasing: Document) -> None:
    kinds = [block.kind for block in purchasing.blocks]
    assert kinds == [
        HEADING, HEADING, PARAGRAPH, HEADING, *[PARAGRAPH] * 3, *[ITEM] * 11, PARAGRAPH, *[ITEM] * 11,
    ]  # fmt: skip
    assert texts(purchasing, HEADING) == [
        "Inkoop van casemanagement dementie Zvw 2026 en 2027",
        "Inleiding",
        "Casemanagement Dementie",
    ]
    assert [block.level for block in purchasing.blocks if block.kind is HEADING] == [1, 2, 2]


def test_purchasing_text_items(purchasing: Document) -> None:
    items = [block for block in purchasing.blocks if block.kind is ITEM]
    assert [item.label for item in items] == ["•"] * 11 + [f"{number}." for number in range(1, 12)]
    assert {item.level for item in items} == {0}
    assert [purchasing.page_at(item.start).number for item in items] == [1] * 9 + [2] * 10 + [3] * 3
    points = texts(purchasing, ITEM)[11:]
    assert "dementie. Voor zover de betreffende casemanager geen verpleegkundige is" in points[6]
    assert points[6].endswith("het expertiseprofiel Casemanager dementie.")
    assert points[7].endswith("Start daarom het gesprek hierover op tijd.")
    assert purchasing.pages[1].text.endswith(points[7])
    assert purchasing.pages[2].text.startswith("9. Het ondersteunen van mantelzorgsystemen")


@pytest.mark.parametrize("name", ["dnn-brief-financiering", "zn-inkooptekst-casemanagement"])
def test_words_stand_as_in_the_file(name: str, request: pytest.FixtureRequest) -> None:
    document: Document = request.getfixturevalue("letter" if name.startswith("dnn") else "purchasing")
    source = (PROJECT / "corpus" / "documents" / f"{name}.txt").read_text("utf-8")
    expected = clean(source).replace("verzorging1,", "verzorging,").split()
    found = document.text.split()
    assert found == expected  # the letter's note already stood where its page ends


@pytest.mark.parametrize("name", ["dnn-brief-financiering", "zn-inkooptekst-casemanagement"])
def test_read_in_the_child_as_in_the_parent(name: str, request: pytest.FixtureRequest) -> None:
    document: Document = request.getfixturevalue("letter" if name.startswith("dnn") else "purchasing")
    reading = read_file(PROJECT / "corpus" / "documents" / f"{name}.txt", name)
    assert (reading.verdict, reading.pages, reading.failed_pages) == (Verdict.OK, 3, ())
    assert reading.document is not None
    assert re.fullmatch("[0-9a-f]{64}", reading.document.version)
    assert (reading.document.text, reading.document.blocks) == (document.text, document.blocks)
