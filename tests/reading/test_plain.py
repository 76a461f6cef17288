from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.compose import block_problems, compose
from assistant.reading.faults import Fault, Verdict
from assistant.reading.plain import decode, read
from assistant.records import BlockKind, Document

HEADING, PARAGRAPH, ITEM, FOOTNOTE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.FOOTNOTE


def document(text: str) -> Document:
    return compose(read(text.encode()), "d", "v")


def blocks(text: str) -> list[tuple[str, str]]:
    found = document(text)
    return [(str(block.kind), found.text[block.start : block.end]) for block in found.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert (
        decode("Een cliënt krijgt ‘zorg’ van € 95.".encode(encoding)).removeprefix("\ufeff")
        == "Een cliënt krijgt ‘zorg’ van € 95."
    )


@pytest.mark.parametrize("data", [b"\x7fELF\x00\x01", b"abc\x00def", bytes(range(1, 32)) * 20])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(Fault) as caught:
        read(data)
    assert caught.value.verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize("between", ["\n", "\n\n", " \n \n"])
def test_lines_of_a_sentence_are_joined_whatever_the_spacing(between: str) -> None:
    lines = [
        "De verpleegkundige bepaalt wat er nodig is en legt dat vast in het",
        "zorgplan van de cliënt. Daarna volgt een gesprek met de naasten, die ook",
        "hun eigen vragen kunnen stellen.",
    ]
    assert blocks(between.join(lines)) == [("paragraph", " ".join(lines))]


def test_paragraphs_in_single_spaced_text() -> None:
    text = (
        "De gemeente betaalt de ondersteuning die de inwoner nodig heeft om thuis\n"
        "te blijven wonen.\n\n"
        "De verzekeraar betaalt de zorg die de verpleegkundige heeft vastgesteld.\n"
    )
    assert [kind for kind, _ in blocks(text)] == ["paragraph", "paragraph"]


def test_a_number_inside_a_sentence_begins_no_item() -> None:
    text = (
        "De regeling geldt voor alle verzekeraars en begint op de eerste dag van\n"
        "2026. Daarna wordt zij elk jaar opnieuw bekeken, zoals staat in punt\n"
        "3. Dat is zo afgesproken door alle partijen die aan tafel zaten."
    )
    assert [kind for kind, _ in blocks(text)] == ["paragraph"]


def test_numbers_letters_and_bullets_nest() -> None:
    text = (
        "De zorg bestaat uit:\n1. verpleging, te weten:\na. wondzorg;\nb. medicatie;\n2. verzorging;\n3. begeleiding.\n\n"
        "De aanvraag bevat:\n- de naam;\n- het adres.\n"
    )
    found = document(text)
    items = [(block.label, block.level) for block in found.blocks if block.kind is ITEM]
    assert items == [("1.", 0), ("a.", 1), ("b.", 1), ("2.", 0), ("3.", 0), ("-", 0), ("-", 0)]


def test_a_dash_inside_a_sentence_begins_no_item() -> None:
    text = (
        "Er zijn netwerken die aangeven dat zij gebaat zijn bij extra geld\n"
        "- tijdelijk of blijvend - om hun werk te kunnen doen zoals bedoeld."
    )
    assert [kind for kind, _ in blocks(text)] == ["paragraph"]


def test_private_use_bullets_become_bullets() -> None:
    assert blocks("De taken zijn:\n\uf0b7 luisteren;\n\uf0b7 helpen.") == [
        ("paragraph", "De taken zijn:"),
        ("item", "• luisteren;"),
        ("item", "• helpen."),
    ]


def test_numbered_headings_are_headings() -> None:
    text = (
        "1. Inleiding\n\nDeze regeling gaat over de zorg voor mensen met dementie en hun naasten.\n\n"
        "2. Toegang\n\nDe huisarts verwijst de cliënt naar de casemanager als dat nodig is.\n"
    )
    assert [kind for kind, _ in blocks(text)] == ["heading", "paragraph", "heading", "paragraph"]


def test_articles_are_headings() -> None:
    text = (
        "Artikel 1 Begripsbepalingen\n\n"
        "In deze regeling wordt verstaan onder zorg: hulp.\n\n"
        "Artikel 2\n\n"
        "1. De zorg is gratis.\n"
        "2. De zorg is goed.\n"
    )
    found = document(text)
    assert [found.text[b.start : b.end] for b in found.blocks if b.kind is HEADING] == [
        "Artikel 1 Begripsbepalingen",
        "Artikel 2",
    ]
    assert [b.label for b in found.blocks if b.kind is ITEM] == ["1.", "2."]


def test_repeated_lines_are_set_apart_and_give_the_page_labels() -> None:
    bodies = [
        "Eerst staat hier een zin.",
        "Dan staat hier een andere.",
        "Tot slot nog iets anders.",
        "Dit is echt het einde.",
    ]
    text = "\f".join(f"Inkoopbeleid 2026\n\n{body}\n\nPagina {number} van 6" for number, body in enumerate(bodies, 3))
    found = document(text)
    assert found.furniture == ("Inkoopbeleid 2026", "Pagina 3 van 6")
    assert [page.label for page in found.pages] == ["3", "4", "5", "6"]
    assert [page.text for page in found.pages] == bodies


def test_what_counts_along_but_carries_meaning_stays() -> None:
    text = "\f".join(
        f"Artikel {number}\n\nDe inhoud hiervan is {word} en verder niets." for number, word in enumerate("abcde", 1)
    )
    assert document(text).furniture == ()
    assert document(text).text.count("Artikel") == 5


def test_running_heads_with_a_changing_title_are_set_apart() -> None:
    heads = ["De inleiding vooraf 4", "De toegang tot zorg 5", "De toegang tot zorg 6", "De kosten van zorg 7"]
    text = "\f".join(
        f"{head}\n\nHier staat iets over {word} en verder niets." for head, word in zip(heads, "abcd", strict=True)
    )
    assert "toegang" not in document(text).text


@pytest.mark.parametrize("head", ["Vraag {}", "Bijlage {}", "Stap {}"])
def test_what_counts_along_with_the_pages_and_names_the_text_stays(head: str) -> None:
    text = "\f".join(
        f"{head.format(number)}\n\nDit gaat over {word} en over niets anders." for number, word in enumerate("abcde", 1)
    )
    assert document(text).furniture == ()


def test_a_line_of_contents_is_a_row() -> None:
    text = "Inhoud\n\nInleiding ............ 3\nToegang tot de zorg . . . . . . 12\n\nDe zorg is er voor iedereen."
    assert blocks(text)[1] == ("table", "Inleiding | 3\nToegang tot de zorg | 12")


PAGE = "Voor de zorg geldt het beleid van de verzekeraar1, dat elk jaar opnieuw wordt vastgesteld en dat bepaalt\n"


def test_a_footnote_does_not_cut_a_sentence_over_the_page() -> None:
    text = (
        f"Een eerste alinea die af is.\n\n"
        f"{PAGE}\n"
        f"1 Zie het inkoopbeleid van 2026.\n"
        f"\f"
        f"hoeveel er wordt betaald.\n\n"
        f"Een laatste alinea."
    )
    assert blocks(text) == [
        ("paragraph", "Een eerste alinea die af is."),
        ("footnote", "1 Zie het inkoopbeleid van 2026."),
        ("paragraph", PAGE.strip().replace("verzekeraar1", "verzekeraar") + " hoeveel er wordt betaald."),
        ("paragraph", "Een laatste alinea."),
    ]
    found = document(text)
    assert [page.text[:10] for page in found.pages] == ["Een eerste", "hoeveel er"]
    assert [found.text[note.position - 11 : note.position] for note in found.note_refs] == ["verzekeraar"]


def test_a_footnote_does_not_cut_a_list_over_the_page() -> None:
    text = (
        "Een alinea vooraf.\n\n"
        "De zorg2 bestaat uit:\n"
        "• luisteren;\n"
        "• helpen;\n\n"
        "2 Zie de wet.\n"
        "\f"
        "• verwijzen.\n\n"
        "Een alinea achteraf."
    )
    assert [kind for kind, _ in blocks(text)] == ["paragraph", "footnote", "paragraph", "item", "item", "item", "paragraph"]


def test_more_footnotes_on_a_page() -> None:
    text = (
        "De wet1 en de regeling2 gelden allebei, al staat dat er niet bij.\n\n1 De wet van 2006.\n2 De regeling van\n2024.\n"
    )
    assert blocks(text)[1:] == [("footnote", "1 De wet van 2006."), ("footnote", "2 De regeling van 2024.")]
    assert [note.label for note in document(text).note_refs] == ["1", "2"]


def test_a_number_without_a_mark_is_no_footnote() -> None:
    assert "footnote" not in [kind for kind, _ in blocks("Er zijn netwerken.\n\n12 netwerken hebben gereageerd.\n")]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("de verzor-", "ging van cliënten", "de verzorging van cliënten"),
        ("de zorg-", "en welzijnspartijen", "de zorg- en welzijnspartijen"),
        ("de NZa-", "beleidsregel geldt", "de NZa-beleidsregel geldt"),
        ("in de niet-", "pluisfase is er", "in de niet-pluisfase is er"),
        ("extra tijdelijke- ", "ondersteuning", "extra tijdelijke- ondersteuning"),
        ("de verzor\u00ad", "ging van cliënten", "de verzorging van cliënten"),
        ("zie https://puc.overheid.nl/nza/", "doc/PUC_789876_22/", "zie https://puc.overheid.nl/nza/doc/PUC_789876_22/"),
    ],
)
def test_hyphens_at_line_ends(first: str, second: str, joined: str) -> None:
    assert blocks(f"{first}\n{second}") == [("paragraph", joined)]


def test_a_compound_seen_whole_keeps_its_hyphen() -> None:
    text = "Het doelgroep-specifieke netwerk is hier een voorbeeld van een doelgroep-\nspecifieke aanpak."
    assert blocks(text)[0][1].count("doelgroep-specifieke") == 2


def test_empty_pages_are_kept() -> None:
    assert [page.text for page in document("Eerste bladzijde.\f\f\fVierde bladzijde.").pages] == [
        "Eerste bladzijde.", "", "", "Vierde bladzijde.",
    ]  # fmt: skip


LINE = st.lists(
    st.sampled_from(["de", "Zorg", "is", "1.", "a)", "•", "2026.", "wet,", "af.", "‘nu’", "(zie", "7"]), max_size=12
).map(" ".join)
PAGES = st.lists(st.lists(LINE, max_size=9).map("\n".join), min_size=1, max_size=2)


@given(PAGES)
def test_no_word_is_lost_whatever_the_lines(pages: list[str]) -> None:
    text = "\f".join(pages)
    raw = read(text.encode())
    assert not [problem for block in raw.blocks for problem in block_problems(block)]
    kept = f"{' '.join(raw.furniture)} {compose(raw, 'd', 'v').text}".split()
    assert set(text.split()) == set(kept)
    if not raw.furniture:
        assert sorted(text.split()) == sorted(kept)


@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    try:
        found = document(text.encode("utf-8", "replace").decode())
    except Fault:
        return
    assert all(found.text[page.start : page.end] == page.text for page in found.pages)
