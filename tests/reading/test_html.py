"""Web pages in the layouts of puc.overheid.nl and zorginstituutnederland.nl, and the ways in which pages go wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.compose import block_problems, compose
from assistant.reading.faults import Fault
from assistant.reading.html import read
from assistant.reading.raw import RawDocument
from assistant.structuring import passages, structure

PUC = """<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Beleidsregel - PUC Overheid</title>
<script>var x = "menu";</script><style>p {color: red}</style></head><body>
<form id="aspnetForm"><div class="skiplinks"><a href="#inhoud">Naar de inhoud</a></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/nza">NZa</a></li></ul></nav></header>
<div id="cookiebanner">Wij gebruiken cookies.</div>
<main><div class="breadcrumb">Home &gt; NZa</div><article>
<h1>Beleidsregel verpleging en verzorging - BR/REG-26108</h1>
<dl><dt>Type</dt><dd>Beleidsregel</dd>
<dt>Geldigheid</dt><dd>01-01-2026 t/m 31-12-2026</dd><dt>Status</dt><dd>Geldig vandaag</dd></dl>
<p>Gelet op artikel 57 van de Wmg<sup><a href="#voetnoot1">1</a></sup>, besluit de NZa&nbsp;het volgende.</p>
<h2>Artikel 1 Begripsbepalingen</h2>
<dl><dt>Ketenzorg dementie:</dt><dd>Samenhangende zorg voor mensen met dementie.</dd></dl>
<h2>Artikel 2 Prestaties</h2>
<p>1. De aanbieder declareert:</p>
<ol type="a"><li>verpleging;</li><li>verzorging, te weten:<ul><li>overdag;</li><li>’s nachts.</li></ul></li></ol>
<p>2. Er geldt een <strong>maximum</strong>.</p>
<table><caption>Tarieven</caption><tr><th>Prestatie</th><th>Tarief</th></tr>
<tr><td>Keten<br>zorg</td><td>€ 10</td></tr></table>
<p><strong>Toelichting</strong></p><p>Dit is een uitleg.</p>
<ul class="share"><li><a href="#">Delen op X</a></li></ul>
<p id="voetnoot1"><a href="#ref1">1</a> Wet marktordening gezondheidszorg.</p>
</article></main><footer>Over deze site</footer></form></body></html>"""


def found(raw: RawDocument) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, block.text) for block in raw.blocks]


def page(body: str) -> list[tuple[str, int, str]]:
    return found(read(f"<html><body>{body}</body></html>".encode()))


def test_a_rule_on_puc() -> None:
    raw = read(PUC.encode())
    assert raw.title == "Beleidsregel verpleging en verzorging - BR/REG-26108"
    assert found(raw) == [
        ("heading", 1, "Beleidsregel verpleging en verzorging - BR/REG-26108"),
        ("item", 0, "Type: Beleidsregel"),
        ("item", 0, "Geldigheid: 01-01-2026 t/m 31-12-2026"),
        ("paragraph", 0, "Gelet op artikel 57 van de Wmg, besluit de NZa het volgende."),
        ("heading", 2, "Artikel 1 Begripsbepalingen"),
        ("item", 0, "Ketenzorg dementie: Samenhangende zorg voor mensen met dementie."),
        ("heading", 2, "Artikel 2 Prestaties"),
        ("item", 0, "1. De aanbieder declareert:"),
        ("item", 0, "a. verpleging;"),
        ("item", 0, "b. verzorging, te weten:"),
        ("item", 1, "• overdag;"),
        ("item", 1, "• ’s nachts."),
        ("item", 0, "2. Er geldt een maximum."),
        ("paragraph", 0, "Tarieven"),
        ("table", 0, "Prestatie | Tarief\nKeten zorg | € 10"),
        ("heading", 6, "Toelichting"),
        ("paragraph", 0, "Dit is een uitleg."),
        ("footnote", 0, "1 Wet marktordening gezondheidszorg."),
    ]
    assert raw.blocks[3].notes == ((30, "1"),)
    assert raw.furniture == ("Delen op X", "Geldig vandaag")


def test_a_report_of_the_zorginstituut_has_its_title_outside_the_article() -> None:
    source = """<body><header><h1>Duiding casemanagement</h1></header><nav>Menu</nav>
    <main><div class="content"><p>Casemanagement wordt vergoed.</p><h2>Wie</h2><p>Een verpleegkundige.</p></div>
    <ul><li><a href="/a">Home</a></li><li><a href="/b">Zorg</a></li>
    <li><a href="/c">Nieuws</a></li><li><a href="/d">Contact</a></li></ul>
    </main><aside>Zie ook</aside></body>"""
    raw = read(source.encode())
    assert [block.text for block in raw.blocks] == [
        "Duiding casemanagement",
        "Casemanagement wordt vergoed.",
        "Wie",
        "Een verpleegkundige.",
    ]
    assert raw.furniture == ("Home Zorg Nieuws Contact",)


def test_a_page_without_main_part_loses_its_surroundings() -> None:
    body = "<header>Kop van de site</header><div><p>De tekst zelf.</p></div><aside>Terzijde</aside><footer>Voet</footer>"
    assert page(body) == [("paragraph", 0, "De tekst zelf.")]


def test_paragraphs_of_one_item_stay_together_and_lists_nest() -> None:
    assert page(
        "<ol start=3><li><p>Een.</p><p>Twee.</p><ol type=i><li>drie</li></ol>vier</li><li value=9>negen</li></ol>"
    ) == [
        ("item", 0, "3. Een. Twee."),
        ("item", 1, "i. drie"),
        ("paragraph", 0, "vier"),
        ("item", 0, "9. negen"),
    ]


def test_lines_with_markers_of_their_own_are_items() -> None:
    assert page("<p>Nodig is:<br>- zorg;<br>- hulp<br>thuis.</p><ul><li>a. eerst</li></ul>") == [
        ("paragraph", 0, "Nodig is:"),
        ("item", 0, "- zorg;"),
        ("item", 0, "- hulp thuis."),
        ("item", 0, "a. eerst"),
    ]


def test_a_table_for_layout_is_no_table() -> None:
    assert page("<table><tr><td><p>Een brief.</p></td></tr></table>") == [("paragraph", 0, "Een brief.")]


@pytest.mark.parametrize(
    "data",
    [
        '<meta charset="utf-8"><p>cliënt</p>'.encode(),
        '<meta charset="iso-8859-1"><p>cliënt</p>'.encode("cp1252"),
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>cliënt</p>'.encode("cp1252"),
        '<meta charset="utf-8"><p>cliënt</p>'.encode("cp1252"),
        '<meta charset="bestaat-niet"><p>cliënt</p>'.encode(),
        "<p>cliënt</p>".encode("utf-16"),
        "<p>cliënt</p>".encode("utf-8-sig"),
    ],
)
def test_encodings(data: bytes) -> None:
    assert [block.text for block in read(data).blocks] == ["cliënt"]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Fault):
        read(b"<html>\x00\x01\x02\x03")


@pytest.mark.parametrize(
    "body", ["<div>" * 3000 + "diep", "<ul><li>" * 1500 + "diep", "<b>" * 3000 + "diep", "<dl><dd>" * 300 + "diep"]
)
def test_deep_nesting_ends_and_keeps_the_text(body: str) -> None:
    assert any("diep" in text for _, _, text in page(body))


@given(st.text(alphabet=st.sampled_from(list("<>/ab1.•ul oliphdt=\"'&;#\n\ufdd0\ufdd1\ufdd3é")), max_size=300))
def test_any_text_is_read_to_sound_blocks(source: str) -> None:
    raw = read(source.encode())
    assert not [problem for block in raw.blocks for problem in block_problems(block)]
    document = compose(raw, "pagina", "0" * 64)
    for passage in passages(document, structure(document)):
        assert document.text[passage.start : passage.end] == passage.text


def test_the_button_that_opens_a_panel_is_its_heading() -> None:
    assert page(
        "<h2>Vragen</h2><h3><button aria-expanded=false>Hoe lang wacht ik?</button></h3><div hidden>Drie weken.</div>"
        "<h3><button>Wie belt mij?</button></h3><p>Het aanmeldpunt.</p>"
        "<h2>Meer vragen</h2><ul><li><button aria-controls=a1>Kan ik wisselen?</button>"
        "<div id=a1 hidden><p>Ja, één keer.</p></div></li></ul>"
        "<details><summary>Is er een wachtlijst?</summary><p>Nee, niet in Tiel.</p>"
        "<details><summary>En in Buren?</summary>Ook daar niet.</details></details>"
    ) == [
        ("heading", 2, "Vragen"),
        ("heading", 3, "Hoe lang wacht ik?"),
        ("paragraph", 0, "Drie weken."),
        ("heading", 3, "Wie belt mij?"),
        ("paragraph", 0, "Het aanmeldpunt."),
        ("heading", 2, "Meer vragen"),
        ("heading", 3, "Kan ik wisselen?"),
        ("paragraph", 0, "Ja, één keer."),
        ("heading", 3, "Is er een wachtlijst?"),
        ("paragraph", 0, "Nee, niet in Tiel."),
        ("heading", 4, "En in Buren?"),
        ("paragraph", 0, "Ook daar niet."),
    ]


@pytest.mark.parametrize(
    "button",
    [
        "<button>Lees meer</button>",
        "<button aria-expanded=false aria-controls=x>Lees meer</button>",
        "<button>Alle cookies accepteren</button>",
        "<button aria-expanded=false aria-haspopup=true>Mijn omgeving</button>",
        "<button aria-expanded=false>Onderwerpen</button><nav><a href=a>Zorg thuis</a> <a href=b>Wonen en zorg</a></nav>",
        "<div role=button>Lees meer</div>",
        "<details><summary>Toon meer</summary></details>",
    ],
)
def test_other_buttons_are_no_text(button: str) -> None:
    kinds = page(f"<h2>Kosten <button>Kopieer link</button></h2><p>Niets.</p>{button}<p id=x>Ook niets.</p>")
    assert [text for _, _, text in kinds if "Zorg thuis" not in text] == ["Kosten", "Niets.", "Ook niets."]


def test_a_cell_over_more_rows_and_columns_stands_in_each_and_a_header_of_two_rows_becomes_one() -> None:
    assert page(
        "<table><tr><th rowspan=2>Regio</th><th colspan=2>Tarief</th></tr><tr><th>2026</th><th>2027</th></tr>"
        "<tr><td rowspan=2>Noord</td><td>€ 10</td><td>€ 11</td></tr><tr><td>€ 12</td><td>€ 13</td></tr>"
        "<tr><td>Zuid</td><td colspan=2>€ 14</td></tr><tr><td colspan=3>Alle bedragen per maand</td></tr></table>"
    ) == [
        (
            "table",
            0,
            "Regio | Tarief 2026 | Tarief 2027\nNoord | € 10 | € 11\nNoord | € 12 | € 13\nZuid | € 14 | € 14\n"
            "Alle bedragen per maand",
        )
    ]


@pytest.mark.parametrize("span", ["rowspan=0", "rowspan=99999999", "colspan=99999999", "rowspan=-2 colspan=x"])
def test_spans_that_cannot_be_end(span: str) -> None:
    ((_, _, text),) = page(f"<table><tr><td {span}>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>")
    assert {"a", "b", "c", "d"} <= set(text.replace("\n", " | ").split(" | "))


def test_broken_lines_part_save_in_the_middle_of_a_sentence() -> None:
    wrapped = "De casemanager komt bij u thuis en bespreekt samen met u en uw<br>Mantelzorger wat er nodig is.<br>Dat duurt"
    assert page(f"<p>Waalkade 12<br>4001 AB Tiel<br>E-mail: a@b.example</p><p>{wrapped}<br>een uur.</p>") == [
        ("paragraph", 0, "Waalkade 12"),
        ("paragraph", 0, "4001 AB Tiel"),
        ("paragraph", 0, "E-mail: a@b.example"),
        ("paragraph", 0, "De casemanager komt bij u thuis en bespreekt samen met u en uw Mantelzorger wat er nodig is."),
        ("paragraph", 0, "Dat duurt een uur."),
    ]
