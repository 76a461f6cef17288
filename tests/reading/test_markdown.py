"""Markdown: the mark-up is gone, the structure stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.reading.compose import compose
from assistant.reading.faults import Fault
from assistant.reading.markdown import read
from assistant.structuring import passages, structure

SHARED = Path(__file__).parents[3] / "shared" / "fixtures" / "nza" / "ketenzorg-dementie-2014.md"
TEXT = """---
title: niet de tekst
---
# Inkoop *2026*

De **indicatie**[^1] staat in [de duiding](https://example.org).

1. eerste punt
2. tweede punt
   - deel

a. een onderdeel

| Prestatie | Tarief |
| --- | --- |
| Zorg | 10 |

- [een](/a)
- [twee](/b)
- [drie](/c)
- [vier](/d)

[^1]: Zie de duiding
    van 2024.
"""


def test_structure_without_markup() -> None:
    raw = read(TEXT.encode())
    assert [(block.kind.value, block.level, block.text) for block in raw.blocks] == [
        ("heading", 1, "Inkoop 2026"),
        ("paragraph", 0, "De indicatie staat in de duiding."),
        ("item", 0, "1. eerste punt"),
        ("item", 0, "2. tweede punt"),
        ("item", 1, "• deel"),
        ("item", 0, "a. een onderdeel"),
        ("table", 0, "Prestatie | Tarief\nZorg | 10"),
        ("item", 0, "• een"),
        ("item", 0, "• twee"),
        ("item", 0, "• drie"),
        ("item", 0, "• vier"),
        ("footnote", 0, "1 Zie de duiding van 2024."),
    ]
    assert raw.blocks[1].notes == ((12, "1"),)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Fault):
        read(b"# kop\x00\x01\x02")


@pytest.mark.parametrize("source", ["", "---\n", "[^1]: los", "[^", "> " * 500 + "diep", "- " * 500 + "diep", "`" * 1000])
def test_odd_sources_end(source: str) -> None:
    assert all(block.text for block in read(source.encode()).blocks)


@pytest.mark.skipif(not SHARED.is_file(), reason="de gedeelde voorbeeldbestanden zijn hier niet")
def test_a_rule_of_the_nza() -> None:
    document = compose(read(SHARED.read_bytes()), "nza", "0" * 64)
    sections = structure(document)
    found = passages(document, sections)
    articles = [section for section in sections if section.kind.value == "artikel"]
    assert [section.path[-1].split()[1] for section in articles] == [str(number) for number in range(1, 10)]
    names = [passage.section[-1] for passage in found if passage.kind.value == "lid"]
    assert names == ["lid 2.1", "lid 2.2", "lid 4.1", "lid 4.2", "lid 5.1", "lid 5.2"]
    (list_passage,) = [passage for passage in found if passage.section[-1] == "lid 4.1"]
    assert "1. efficiëntie in de zorgverlening;" in [unit.text for unit in list_passage.units]
