"""Word documents: made here with python-docx, and with the parts that it cannot make put in by hand."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from assistant.reading.compose import block_problems, compose
from assistant.reading.docx import read
from assistant.reading.faults import Fault, Verdict
from assistant.reading.raw import RawDocument
from assistant.structuring import passages, structure

NUMBERING = f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="900">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>"""
FOOTNOTES = f"""<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p>
<w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Zie de NZa.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def found(raw: RawDocument) -> list[tuple[str, int, str]]:
    assert not [problem for block in raw.blocks for problem in block_problems(block)]
    return [(block.kind.value, block.level, block.text) for block in raw.blocks]


def in_list(document: docx.document.Document, text: str, level: int, number: int = 900) -> None:
    reference = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    document.add_paragraph(text)._p.get_or_add_pPr().append(parse_xml(reference))


def with_numbering(document: docx.document.Document, *more: str) -> None:
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(NUMBERING))
    for number in ('w:numId="900"><w:abstractNumId w:val="900"/>', *more):
        root.append(parse_xml(f"<w:num {nsdecls('w')} {number}</w:num>"))


def test_headings_by_style_below_a_title() -> None:
    document = docx.Document()
    document.add_paragraph("Inkoopbeleid", style="Title")
    document.add_heading("Casemanagement", 1)
    document.add_heading("Wie", 2)
    document.add_paragraph("Een verpleegkundige.")
    document.add_paragraph("2.1 Een lid dat met de hand is genummerd.")
    raw = read(saved(document))
    assert raw.title == "Inkoopbeleid"
    assert found(raw) == [
        ("heading", 1, "Inkoopbeleid"),
        ("heading", 2, "Casemanagement"),
        ("heading", 3, "Wie"),
        ("paragraph", 0, "Een verpleegkundige."),
        ("item", 0, "2.1 Een lid dat met de hand is genummerd."),
    ]


def test_numbers_are_computed() -> None:
    document = docx.Document()
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    with_numbering(document, f'w:numId="901"><w:abstractNumId w:val="900"/>{restart}')
    for text, level in (("drie", 0), ("a", 1), ("b", 1), ("vier", 0), ("weer a", 1), ("diep", 2), ("punt", 3)):
        in_list(document, text, level)
    in_list(document, "opnieuw", 0, number=901)
    assert found(read(saved(document))) == [
        ("item", 0, "3. drie"),
        ("item", 1, "a) a"),
        ("item", 1, "b) b"),
        ("item", 0, "4. vier"),
        ("item", 1, "a) weer a"),
        ("item", 2, "4.a.1 diep"),
        ("item", 3, "• punt"),
        ("item", 0, "1. opnieuw"),
    ]


def test_lists_by_style() -> None:
    document = docx.Document()
    document.add_paragraph("Dit hoort erbij:")
    for text, style in (
        ("een", "List Number"),
        ("twee", "List Number"),
        ("los", "List Bullet"),
        ("dieper", "List Bullet 2"),
    ):
        document.add_paragraph(text, style=style)
    assert found(read(saved(document)))[1:] == [
        ("item", 0, "1. een"),
        ("item", 0, "2. twee"),
        ("item", 0, "• los"),
        ("item", 1, "• dieper"),
    ]


def with_footnote() -> bytes:
    document = docx.Document()
    document.add_heading("Financiering", 1)
    paragraph = document.add_paragraph("De beleidsregel")
    paragraph.add_run()._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="2"/>'))
    paragraph.add_run(" ligt vast.")
    document.add_paragraph("Meer tekst.")
    document.add_heading("Vervolg", 1)
    part = docx.opc.part.Part(
        docx.opc.packuri.PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        FOOTNOTES.encode(),
        document.part.package,
    )
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    return saved(document)


def test_footnotes_stand_behind_their_section() -> None:
    raw = read(with_footnote())
    assert found(raw) == [
        ("heading", 1, "Financiering"),
        ("paragraph", 0, "De beleidsregel ligt vast."),
        ("paragraph", 0, "Meer tekst."),
        ("footnote", 0, "1 Zie de NZa."),
        ("heading", 1, "Vervolg"),
    ]
    assert raw.blocks[1].notes == ((15, "1"),)
    document = compose(raw, "brief", "0" * 64)
    (note,) = [passage for passage in passages(document, structure(document)) if passage.kind.value == "voetnoot"]
    assert note.section == ("Financiering", "voetnoot 1")


def test_tables_and_boxes_made_of_tables() -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    for cell, text in zip(table._cells, ("Prestatie", "Code", "Tarief", "Keten|zorg", "", "10"), strict=True):
        cell.text = text
    table.rows[1].cells[0].merge(table.rows[1].cells[1])
    document.add_table(1, 1).rows[0].cells[0].text = "Een kader met tekst."
    assert found(read(saved(document))) == [
        ("table", 0, "Prestatie | Code | Tarief\nKeten/zorg | Keten/zorg | 10"),
        ("paragraph", 0, "Een kader met tekst."),
    ]


def test_pages() -> None:
    document = docx.Document()
    first = document.add_paragraph("Op pagina een")
    first.add_run()._r.append(parse_xml(f"<w:lastRenderedPageBreak {nsdecls('w')}/>"))
    first.add_run(" en pagina twee.")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    shown = document.add_paragraph()
    shown.add_run()._r.append(parse_xml(f"<w:lastRenderedPageBreak {nsdecls('w')}/>"))
    shown.add_run("Pagina drie.")
    document.add_section(WD_SECTION.NEW_PAGE)
    document.add_paragraph("Pagina vier.")
    raw = read(saved(document))
    assert [(block.text, block.page, block.page_breaks) for block in raw.blocks] == [
        ("Op pagina een en pagina twee.", 1, (14,)),
        ("Pagina drie.", 3, ()),
        ("Pagina vier.", 4, ()),
    ]
    assert raw.page_labels == ("1", "2", "3", "4")
    pages = compose(raw, "brief", "0" * 64).pages
    assert pages[1].text == "en pagina twee."


def test_what_is_not_shown_is_not_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Dit ")
    paragraph.add_run("verborgen ").font.hidden = True
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>weg </w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>staat er.</w:t></w:r></w:ins>"))
    box = f"<w:pict {nsdecls('w')}><w:txbxContent><w:p><w:r><w:t>In een kader.</w:t></w:r></w:p></w:txbxContent></w:pict>"
    paragraph.add_run()._r.append(parse_xml(box))
    document.sections[0].header.paragraphs[0].text = "Kopregel"
    raw = read(saved(document))
    assert [block.text for block in raw.blocks] == ["Dit staat er."]
    assert raw.furniture == ("In een kader.",)


def test_damaged_files_are_refused() -> None:
    whole = with_footnote()
    for data in (b"", b"PK\x03\x04 niets", whole[: len(whole) // 2], whole[:40] + b"\x00" * 400 + whole[440:]):
        with pytest.raises(Fault):
            read(data)


def test_broken_xml_inside_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(with_footnote())) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"<w:document" if name == "word/document.xml" else source.read(name))
    with pytest.raises(Fault) as caught:
        read(out.getvalue())
    assert caught.value.verdict is Verdict.DAMAGED


def test_a_file_that_unpacks_without_end_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target, target.open("word/document.xml", "w") as entry:
        for _ in range(300):
            entry.write(b"0" * 1024 * 1024)
    with pytest.raises(Fault) as caught:
        read(out.getvalue())
    assert caught.value.verdict is Verdict.TOO_HEAVY


def test_the_style_names_of_a_dutch_word() -> None:
    document = docx.Document()
    document.styles["Heading 1"].element.find(qn("w:name")).set(qn("w:val"), "Kop 1")
    document.add_paragraph("Inleiding", style=document.styles["Kop 1"])
    document.add_paragraph("Tekst.")
    assert found(read(saved(document)))[0] == ("heading", 1, "Inleiding")


def test_a_merged_cell_stands_in_every_row_and_column_that_it_covers() -> None:
    document = docx.Document()
    table = document.add_table(rows=5, cols=3)
    texts = [["Hulp", "Tarief", ""], ["", "2026", "2027"], ["Dagbesteding", "€ 10", "€ 11"], ["", "€ 12", "€ 13"]]
    for row, line in zip(table.rows, texts, strict=False):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    table.cell(4, 0).merge(table.cell(4, 2)).text = "Bedragen per maand"
    assert found(read(saved(document))) == [
        (
            "table",
            0,
            "Hulp | Tarief 2026 | Tarief 2027\nDagbesteding | € 10 | € 11\nDagbesteding | € 12 | € 13\nBedragen per maand",
        )
    ]
