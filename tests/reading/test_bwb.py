"""Laws in the XML of wetten.overheid.nl: a small one made here, and the Zvw where the shared fixtures are at hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.reading.bwb import in_force_from, read
from assistant.reading.compose import block_problems, compose
from assistant.reading.faults import Fault
from assistant.records import SectionKind
from assistant.structuring import passages, structure

SHARED = Path(__file__).parents[3] / "shared" / "fixtures" / "bwb"
LAW = """<?xml version="1.0" encoding="UTF-8"?>
<toestand bwb-id="BWBR0000001" inwerkingtreding="2024-01-01"><wetgeving soort="wet">
<intitule>Wet van 1 januari 2024 over zorg<meta-data><brondata>Stb.</brondata></meta-data></intitule>
<citeertitel>Voorbeeldwet<meta-data/></citeertitel>
<wet-besluit><aanhef><wij>Wij Beatrix, enz.</wij></aanhef><wettekst>
<hoofdstuk><kop><label>Hoofdstuk</label><nr>1</nr><titel>Zorg</titel></kop>
<artikel label="Artikel 1"><kop><label>Artikel</label><nr>1</nr></kop>
<lid><lidnr>1</lidnr><al>De zorg, bedoeld in <intref>artikel 2</intref>, wordt vergoed<noot><noot.nr>1</noot.nr>
<noot.al>Zie de bijlage.</noot.al></noot>.</al></lid>
<lid><lidnr>2</lidnr><al>Niet vergoed wordt:</al><lijst>
<li><li.nr>a.</li.nr><al>hulp:</al><lijst><li><li.nr>1°.</li.nr><al>overdag;</al></li></lijst></li>
<li><li.nr>b.</li.nr><al>vervoer.</al></li></lijst><al>Dit geldt ook thuis.</al></lid></artikel>
<artikel status="vervallen" label="Artikel 2"><kop><label>Artikel</label><nr>2</nr></kop>
<al><redactie>Vervallen</redactie></al></artikel>
</hoofdstuk></wettekst></wet-besluit>
<bijlage><kop><label>Bijlage</label></kop><table><tgroup><tbody>
<row><entry>Zorg</entry><entry>Tarief</entry></row><row><entry>Hulp</entry><entry>10</entry></row></tbody></tgroup></table></bijlage>
<nota-toelichting><al>Dit is geen regel.</al></nota-toelichting>
</wetgeving></toestand>"""


def test_parts_of_a_law() -> None:
    raw = read(LAW.encode())
    assert raw.title == "Voorbeeldwet"
    assert not any(block_problems(block) for block in raw.blocks)
    found = [(block.kind.value, block.level, block.text) for block in raw.blocks]
    assert found == [
        ("heading", 1, "Voorbeeldwet"),
        ("paragraph", 0, "Wet van 1 januari 2024 over zorg"),
        ("paragraph", 0, "Wij Beatrix, enz."),
        ("heading", 2, "Hoofdstuk 1 Zorg"),
        ("heading", 3, "Artikel 1"),
        ("item", 0, "1 De zorg, bedoeld in artikel 2, wordt vergoed."),
        ("item", 0, "2 Niet vergoed wordt:"),
        ("item", 1, "a. hulp:"),
        ("item", 2, "1°. overdag;"),
        ("item", 1, "b. vervoer."),
        ("paragraph", 0, "Dit geldt ook thuis."),
        ("footnote", 0, "1 Zie de bijlage."),
        ("heading", 3, "Artikel 2"),
        ("paragraph", 0, "Vervallen"),
        ("heading", 2, "Bijlage"),
        ("table", 0, "Zorg | Tarief\nHulp | 10"),
    ]
    assert raw.blocks[5].notes == ((46, "1"),)
    assert raw.blocks[5].label == "1"


def test_passages_of_a_law_name_article_and_member() -> None:
    document = compose(read(LAW.encode()), "wet", "0" * 64)
    found = passages(document, structure(document))
    members = [passage for passage in found if passage.kind is SectionKind.MEMBER]
    assert [passage.section[-2:] for passage in members] == [("Artikel 1", "lid 1"), ("Artikel 1", "lid 2")]
    assert members[1].text.endswith("Dit geldt ook thuis.")
    assert found[-1].section == ("Voorbeeldwet", "Bijlage")


@pytest.mark.parametrize(
    "data",
    [
        b"<toestand><artikel>",
        b"<html><body>Geen wet</body></html>",
        b"\xff\xfe\x00",
        b"",
    ],
)
def test_what_is_no_law_is_refused(data: bytes) -> None:
    with pytest.raises(Fault):
        read(data)


def test_entities_are_not_expanded_nor_fetched() -> None:
    hostile = b"""<!DOCTYPE toestand [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
    <toestand><artikel><al>Tekst &b; &f; einde</al></artikel></toestand>"""
    texts = [block.text for block in read(hostile).blocks]
    assert texts == ["Tekst einde"]


def test_deep_nesting_loses_nothing_or_is_refused() -> None:
    deep = "<toestand>" + "<divisie>" * 240 + "<al>diep</al>" + "</divisie>" * 240 + "</toestand>"
    assert [block.text for block in read(deep.encode()).blocks] == ["diep"]
    with pytest.raises(Fault):
        read(deep.replace("<al>", "<divisie>" * 99 + "<al>").replace("</al>", "</al>" + "</divisie>" * 99).encode())


@pytest.mark.skipif(not SHARED.is_dir(), reason="de gedeelde voorbeeldbestanden zijn hier niet")
def test_the_zvw() -> None:
    (path,) = SHARED.glob("BWBR0018450*.xml")
    raw = read(path.read_bytes())
    document = compose(raw, "zvw", "0" * 64)
    sections = structure(document)
    kinds = [section.kind for section in sections]
    assert raw.title == "Zorgverzekeringswet"
    assert kinds.count(SectionKind.ARTICLE) == 173
    assert kinds.count(SectionKind.MEMBER) == 481
    found = passages(document, sections)
    (first,) = [passage for passage in found if passage.section[-2:] == ("Artikel 2", "lid 1")]
    assert first.text.startswith("1 Degene die ingevolge de Wet langdurige zorg")
    assert max(len(passage.text.split()) for passage in found) < 260


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (LAW, date(2024, 1, 1)),
        (LAW.replace("2024-01-01", "2024-02-30"), None),
        (LAW.replace(' inwerkingtreding="2024-01-01"', ""), None),
        ('<wet inwerkingtreding="2024-01-01"/>', None),
        ("", None),
    ],
)
def test_a_law_says_from_which_day_it_holds(tmp_path: Path, head: str, day: date | None) -> None:
    path = tmp_path / "wet.xml"
    path.write_text(head, "utf-8")
    assert in_force_from(path) == day


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared fixtures are not on this machine")
def test_the_day_of_a_real_law() -> None:
    (law,) = SHARED.glob("*.xml")
    assert in_force_from(law) == date(2024, 1, 1)
