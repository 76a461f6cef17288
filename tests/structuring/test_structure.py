"""Sections and passages of small documents, each showing one thing that policy texts do."""

from __future__ import annotations

from assistant.reading.compose import compose
from assistant.reading.raw import RawBlock, RawDocument
from assistant.records import BlockKind, Document, Passage, SectionKind, UnitRole
from assistant.structuring import passages, structure


def heading(text: str, level: int = 1) -> RawBlock:
    return RawBlock(BlockKind.HEADING, text, level=level)


def paragraph(text: str) -> RawBlock:
    return RawBlock(BlockKind.PARAGRAPH, text)


def item(text: str, level: int = 0) -> RawBlock:
    return RawBlock(BlockKind.ITEM, text, level=level, label=text.split()[0])


def document(*blocks: RawBlock, title: str = "") -> Document:
    return compose(RawDocument(blocks, title=title), "voorbeeld", "0" * 64)


def passages_of(*blocks: RawBlock, title: str = "") -> tuple[Passage, ...]:
    """The passages below the document's title, which is a passage of its own."""
    made = document(*blocks, title=title)
    return tuple(passage for passage in passages(made, structure(made)) if passage.kind is not SectionKind.HEADING)


def test_the_heading_that_opens_a_document_can_be_found_and_quoted() -> None:
    made = document(
        heading("Inkoop van zorg 2026 en 2027"), paragraph("Dit is de tekst."), heading("Slot"), paragraph("Einde.")
    )
    first, *others = passages(made, structure(made))
    assert (first.kind, first.text) == (SectionKind.HEADING, "Inkoop van zorg 2026 en 2027")
    assert [passage.text for passage in others] == ["Dit is de tekst.", "Einde."]


def paths(found: tuple[Passage, ...]) -> list[tuple[str, ...]]:
    return [passage.section for passage in found]


def test_numbered_points_are_passages_of_their_own() -> None:
    found = passages_of(
        heading("Inkoop van zorg"),
        heading("Casemanagement", 2),
        paragraph("De Zorgstandaard is leidend."),
        item("1. Casemanagement kan worden ingezet vanaf het begin van het traject."),
        item("2. De verpleegkundige stelt de indicatie. Een arts mag dat niet."),
    )
    assert paths(found) == [
        ("Inkoop van zorg", "Casemanagement"),
        ("Inkoop van zorg", "Casemanagement", "punt 1"),
        ("Inkoop van zorg", "Casemanagement", "punt 2"),
    ]
    assert [passage.kind for passage in found] == [SectionKind.TEXT, SectionKind.POINT, SectionKind.POINT]
    assert [unit.text for unit in found[2].units] == ["2. De verpleegkundige stelt de indicatie.", "Een arts mag dat niet."]


def test_a_list_with_its_lead_in_is_one_passage_over_a_page_break() -> None:
    made = compose(
        RawDocument(
            (
                paragraph("Casemanagement omvat (p8 duiding):"),
                RawBlock(BlockKind.ITEM, "• proactieve zorgplanning;", 1, label="•"),
                RawBlock(BlockKind.ITEM, "• nazorg aan mantelzorgers.", 2, label="•"),
                RawBlock(BlockKind.PARAGRAPH, "Daarna volgt iets anders.", 2),
            ),
            ("1", "2"),
        ),
        "voorbeeld",
        "0" * 64,
    )
    first, second = passages(made, structure(made))
    assert (first.kind, first.page, second.page) == (SectionKind.LIST, 1, 2)
    assert [unit.role for unit in first.units] == [UnitRole.LEAD_IN, UnitRole.ITEM, UnitRole.ITEM]


def test_a_long_paragraph_keeps_only_its_last_sentence_with_the_list() -> None:
    body = "Dit is een zin over de regio en alles wat daar bij hoort. " * 5
    first, second = passages_of(
        heading("Regio"), paragraph(f"{body}Dat betekent het volgende:"), item("• praten;"), item("• doen.")
    )
    assert (first.kind, second.kind) == (SectionKind.TEXT, SectionKind.LIST)
    assert second.text == "Dat betekent het volgende:\n\n• praten;\n• doen."


def test_a_numbered_list_that_is_led_in_is_one_passage() -> None:
    (found,) = passages_of(
        paragraph("Het resultaat is dat:"), item("1. VWS het belang bevestigt."), item("2. ZN het onderzoekt.")
    )
    assert found.kind is SectionKind.LIST
    assert len(found.units) == 3


def test_long_points_behind_a_lead_in_stand_alone_and_keep_its_sense() -> None:
    long_point = "de aanbieder toont aan dat de betrokken medewerker bevoegd en bekwaam is voor deze zorg. " * 8
    found = passages_of(
        heading("Eisen"),
        paragraph("De aanbieder voldoet aan deze eisen:"),
        *(item(f"{n}. {long_point}") for n in (1, 2, 3, 4)),
    )
    assert found[1].section == ("Eisen", "De aanbieder voldoet aan deze eisen", "punt 1")


def test_members_and_parts_of_an_article() -> None:
    found = passages_of(
        heading("Hoofdstuk 2 Zorg", 2),
        heading("Artikel 11", 3),
        item("1 De zorgverzekeraar heeft een zorgplicht.", 0),
        item("2 Bij ministeriële regeling wordt bepaald:", 0),
        item("a. de hoogte;", 1),
        item("b. de duur.", 1),
        heading("Artikel 12", 3),
        paragraph("Dit artikel heeft geen leden."),
    )
    assert paths(found) == [
        ("Hoofdstuk 2 Zorg", "Artikel 11", "lid 1"),
        ("Hoofdstuk 2 Zorg", "Artikel 11", "lid 2"),
        ("Hoofdstuk 2 Zorg", "Artikel 12"),
    ]
    assert [unit.role for unit in found[1].units] == [UnitRole.LEAD_IN, UnitRole.ITEM, UnitRole.ITEM]


def test_headings_known_by_their_words_alone() -> None:
    found = passages_of(
        paragraph("Hoofdstuk 2"),
        paragraph("Artikel 3 Begripsbepalingen"),
        paragraph("Artikel 3 van de wet is van toepassing."),
        paragraph("Eerste lid"),
        paragraph("De zorg wordt vergoed."),
        paragraph("Artikel 4"),
        paragraph("De zorg wordt niet vergoed."),
        paragraph("Bijlage 1"),
        paragraph("4.1 Doelgroep"),
        paragraph("Mensen met dementie."),
    )
    assert paths(found) == [
        ("Hoofdstuk 2", "Artikel 3 Begripsbepalingen"),
        ("Hoofdstuk 2", "Artikel 3 Begripsbepalingen", "lid 1"),
        ("Hoofdstuk 2", "Artikel 4"),
        ("Bijlage 1", "4.1 Doelgroep"),
    ]
    assert found[1].kind is SectionKind.MEMBER


def test_numbered_headings_that_a_reader_took_for_items() -> None:
    found = passages_of(
        heading("Inkoopbeleid"),
        item("1. Inleiding"),
        paragraph("Dit beleid beschrijft hoe wij inkopen."),
        item("2. Uitgangspunten"),
        heading("2.1 Doelmatigheid", 3),
        paragraph("Wij letten op de kosten."),
        item("3. Voorwaarden"),
        item("1. De aanbieder heeft een contract met ons gesloten."),
        item("2. De aanbieder werkt mee aan controles van gegevens."),
        heading("Bijlage 1 Tarieven", 2),
        paragraph("De tarieven staan elders."),
    )
    assert paths(found) == [
        ("Inkoopbeleid", "1. Inleiding"),
        ("Inkoopbeleid", "2. Uitgangspunten", "2.1 Doelmatigheid"),
        ("Inkoopbeleid", "3. Voorwaarden", "punt 1"),
        ("Inkoopbeleid", "3. Voorwaarden", "punt 2"),
        ("Inkoopbeleid", "Bijlage 1 Tarieven"),
    ]


def test_short_items_of_a_list_are_no_headings() -> None:
    (found,) = passages_of(
        paragraph("Wij kopen in:"), item("1. Verpleging"), item("2. Verzorging"), paragraph("Verder niets.")
    )[:1]
    assert found.text == "Wij kopen in:\n\n1. Verpleging\n2. Verzorging"


def test_items_without_levels_are_nested_by_their_markers() -> None:
    found = passages_of(
        heading("Artikel 4"),
        item("4.1 De aanbieder registreert:"),
        item("a. de afspraken over:"),
        item("1. efficiëntie;"),
        item("2. toegankelijkheid;"),
        item("b. de onderdelen."),
        item("4.2 De verplichting is beperkt."),
    )
    assert paths(found) == [("Artikel 4", "lid 4.1"), ("Artikel 4", "lid 4.2")]
    assert len(found[0].units) == 5


def test_a_paragraph_between_two_points_belongs_to_the_first() -> None:
    found = passages_of(
        item("1. Dit is het eerste punt van het beleid."),
        paragraph("Het gaat nog door."),
        item("2. Dit is het tweede punt van het beleid."),
        paragraph("Dit hoort nergens bij."),
    )
    assert [passage.section for passage in found] == [("punt 1",), ("punt 2",), ()]


def test_a_footnote_has_the_path_of_its_mark() -> None:
    made = compose(
        RawDocument(
            (
                heading("Netwerken", 1),
                RawBlock(BlockKind.PARAGRAPH, "De beleidsregel is vast.", notes=((14, "1"),)),
                heading("Vervolg", 1),
                paragraph("Er komt meer."),
                RawBlock(BlockKind.FOOTNOTE, "1 Beleidsregel BR/REG-26108.", label="1"),
            )
        ),
        "voorbeeld",
        "0" * 64,
    )
    note = passages(made, structure(made))[-1]
    assert (note.kind, note.section) == (SectionKind.FOOTNOTE, ("Netwerken", "voetnoot 1"))


def test_a_footnote_cuts_a_list_but_not_its_sense() -> None:
    found = passages_of(
        paragraph("Dit is nodig:"),
        item("• zorg;"),
        RawBlock(BlockKind.FOOTNOTE, "1 Zie daar.", label="1"),
        item("• hulp."),
    )
    assert [passage.kind for passage in found] == [SectionKind.LIST, SectionKind.FOOTNOTE, SectionKind.LIST]
    assert found[2].section == ("Dit is nodig",)


def test_table_rows_are_units() -> None:
    found = passages_of(
        paragraph("Tabel 1: Tarieven"), RawBlock(BlockKind.TABLE, "Prestatie | Tarief\nKetenzorg | 10\nVerpleging | 20")
    )
    table = found[-1]
    assert (table.kind, table.section) == (SectionKind.TABLE, ("Tabel 1: Tarieven",))
    assert [unit.role for unit in table.units] == [UnitRole.ROW] * 3
    assert table.units[0].text == "Prestatie | Tarief"


def test_the_subject_line_names_a_letter() -> None:
    found = passages_of(
        paragraph("25 november 2025"), paragraph("Betreft: Financiering netwerken"), paragraph("Beste lezer.")
    )
    assert paths(found) == [(), ("Financiering netwerken",)]


def test_short_paragraphs_share_a_passage_and_long_ones_do_not() -> None:
    long_text = "Dit is een zin met precies tien woorden in deze regel. " * 9
    found = passages_of(paragraph("Kort."), paragraph("Ook kort."), paragraph(long_text), paragraph(long_text))
    assert [len(passage.units) for passage in found] == [11, 9]


def test_an_over_long_section_is_cut_evenly_between_sentences() -> None:
    found = passages_of(heading("Lang"), paragraph("Dit is een zin met precies tien woorden in deze regel. " * 40))
    assert 2 <= len(found) <= 4
    assert all(unit.text.endswith("regel.") for passage in found for unit in passage.units)
    assert min(len(passage.units) for passage in found) >= 8


def test_a_long_list_is_cut_between_items_and_keeps_its_sense() -> None:
    found = passages_of(
        paragraph("In deze wet wordt verstaan onder:"),
        *(item(f"• begrip {n}: {'een omschrijving van tien woorden die niet veel zegt ' * 2};") for n in range(40)),
    )
    assert len(found) > 2
    assert found[0].units[0].role is UnitRole.LEAD_IN
    assert all(passage.section == ("In deze wet wordt verstaan onder",) for passage in found[1:])


def test_an_endless_sentence_is_cut_without_loss() -> None:
    found = passages_of(paragraph("woord, " * 900))
    assert len(found) > 3
    assert sum(passage.text.count("woord") for passage in found) == 900


def test_a_document_of_headings_alone_is_still_found() -> None:
    (found,) = passages_of(heading("Alleen een titel"), heading("En een kop", 2))
    assert found.text == "Alleen een titel\n\nEn een kop"


def test_ids_follow_text_place_and_version() -> None:
    made = document(paragraph("Dit is tekst."))
    other = compose(RawDocument((paragraph("Dit is tekst."),)), "voorbeeld", "1" * 64)
    assert passages(made, structure(made))[0].id == passages(made, structure(made))[0].id
    assert passages(made, structure(made))[0].id != passages(other, structure(other))[0].id


def test_an_empty_document_has_no_passages() -> None:
    assert passages_of() == ()
