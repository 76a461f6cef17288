"""Word and PDF, opened again: every quote and reference is in them, and they tell a screen reader what is what."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from export_samples import ANSWER, CITATIONS, CREATED, LINK, QUOTE_LETTER, QUOTE_LIST, REFUSAL, SOURCES
from pypdf import PdfReader
from pypdf.generic import ContentStream

from assistant.export import to_docx, to_pdf
from assistant.records import Answer

DETAILS = (
    "Verandert de financiering in 2026?",
    "Zo begrepen: Verandert de financiering van dementienetwerken in 2026?",
    "Peildatum: 22 november 2026",
    "De documenten beantwoorden een deel van deze vraag.",
    "[1] Brief over de financiering",
    "[2] Inkoop van casemanagement",
    "Uitgever: Zorgverzekeraars Nederland",
    "inkoopbeleid. zegt hoe zorgverzekeraars deze zorg inkopen",
    "geldig van 1 januari 2026 tot en met 31 december 2027",
    "bladzijde 2, Casemanagement dementie › punt 3",
    "Geraadpleegd op: 22 november 2026",
    "https://zn.example/inkoop?a=1&b=2",
    "Een brief stelt geen regels.",
    "Beleidsregel verpleging (BR/REG-26108)",
    "https://puc.overheid.nl/nza/doc/PUC_789876_22/",
    "Dit antwoord is gemaakt door een AI-systeem (Regelwijzer). Controleer de bronnen.",
    LINK,
)


def word(answer: Answer = ANSWER) -> Any:
    return Document(BytesIO(to_docx(answer, SOURCES, created=CREATED, link=LINK)))


def pdf(answer: Answer = ANSWER) -> PdfReader:
    return PdfReader(BytesIO(to_pdf(answer, SOURCES, created=CREATED, link=LINK)))


def printed(reader: PdfReader) -> str:
    """The text of all pages on one line, without the feet of the pages."""
    pages = [re.sub(r"Regelwijzer · bladzijde \d+", "", page.extract_text()) for page in reader.pages]
    return " ".join(" ".join(pages).split())


def test_nobody_loads_the_file_libraries_who_asks_for_no_file() -> None:
    code = "import sys, assistant.export; print({'docx', 'fpdf', 'lxml', 'PIL'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_word_has_every_quote_and_detail() -> None:
    paragraphs = word().paragraphs
    texts = [paragraph.text for paragraph in paragraphs]
    assert QUOTE_LETTER in texts
    assert QUOTE_LIST in texts
    everything = "\n".join(texts)
    assert [detail for detail in DETAILS if detail not in everything] == []
    assert "<script>alert(1)</script>" in everything
    assert {paragraph.style.name for paragraph in paragraphs if paragraph.text in {QUOTE_LETTER, QUOTE_LIST}} == {"Quote"}


def test_word_has_headings_title_and_language() -> None:
    document = word()
    styled = [(each.style.name, each.text) for each in document.paragraphs]
    headings = [(style, text) for style, text in styled if style.startswith(("Heading", "Title"))]
    assert headings[:2] == [("Title", "Antwoord van Regelwijzer"), ("Heading 1", "Vraag")]
    assert ("Heading 2", "[2] Inkoop van casemanagement") in headings
    assert document.core_properties.title == "Antwoord van Regelwijzer: Verandert de financiering in 2026?"
    assert document.core_properties.language == "nl-NL"
    assert document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").get(qn("w:val")) == "nl-NL"


def test_word_links_lead_where_they_say() -> None:
    document = word()
    links = {link.text: link.url for paragraph in document.paragraphs for link in paragraph.hyperlinks}
    addresses = ("https://zn.example/inkoop?a=1&b=2", "https://puc.overheid.nl/nza/doc/PUC_789876_22/", LINK)
    assert links == {address: address for address in addresses}


def test_pdf_has_every_quote_and_detail() -> None:
    text = printed(pdf())
    assert " ".join(QUOTE_LETTER.split()) in text
    assert " ".join(QUOTE_LIST.replace("●", "•").split()) in text
    assert [detail for detail in DETAILS if detail not in text] == []


def test_pdf_has_title_language_and_its_own_fonts() -> None:
    reader = pdf()
    root: Any = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Antwoord van Regelwijzer: Verandert de financiering in 2026?"
    assert root["/Lang"] == "nl-NL"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    fonts: Any = reader.pages[0]["/Resources"]
    for font in fonts["/Font"].values():
        assert "/FontFile2" in font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()


def long_answer() -> Answer:
    citations = tuple(replace(CITATIONS[number % 2], number=number + 1) for number in range(12))
    huge = replace(CITATIONS[0], number=13, quote=" ".join(f"woord{number}" for number in range(2500)))
    return replace(ANSWER, citations=(*citations, huge))


@pytest.mark.parametrize("answer", [ANSWER, REFUSAL, long_answer()], ids=["answer", "refusal", "long"])
def test_every_word_of_the_pdf_is_tagged_or_set_apart(answer: Answer) -> None:
    reader = pdf(answer)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    elements = [kid.get_object() for kid in root["/StructTreeRoot"]["/K"][0].get_object()["/K"]]
    tags = [element["/S"] for element in elements]
    assert tags[0] == "/H1"
    assert {"/H2", "/H3", "/P", "/BlockQuote"} == set(tags[1:])
    for page in reader.pages:
        depth, marks = 0, []
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in {b"BDC", b"BMC"}:
                depth += 1
                marks += [operands[1]["/MCID"]] if operator == b"BDC" else []
            elif operator == b"EMC":
                depth -= 1
            elif operator in {b"Tj", b"TJ"}:
                assert depth == 1
        assert depth == 0
        own = [element["/K"][0] for element in elements if element.raw_get("/Pg").idnum == page.indirect_reference.idnum]
        assert marks == own == list(range(len(own)))


def test_a_quote_longer_than_a_page_is_whole() -> None:
    reader = pdf(long_answer())
    assert len(reader.pages) > 4
    assert " ".join(f"woord{number}" for number in range(2500)) in printed(reader)


def test_what_a_format_cannot_hold_is_left_out_and_said() -> None:
    odd = replace(CITATIONS[0], quote="goed \x00\x0b\ud800 teken \u4e2d ﬁn ‑ ▪ tab\tje")
    answer = replace(ANSWER, citations=(odd,), question=replace(ANSWER.question, text="Vraag \x07 met 😀?"))
    assert "goed  teken \u4e2d ﬁn ‑ ▪ tab\tje" in [paragraph.text for paragraph in word(answer).paragraphs]
    text = printed(pdf(answer))
    assert "goed teken ☐" in text
    assert "op hun plaats staat ☐" in text
    assert "op hun plaats staat" not in printed(pdf())


def test_files_in_english_say_which_parts_are_dutch() -> None:
    document = Document(BytesIO(to_docx(ANSWER, SOURCES, created=CREATED, link=LINK, language="en")))
    assert document.core_properties.language == "en-GB"
    spoken = {
        run.text: run._r.rPr.find(qn("w:lang")).get(qn("w:val"))
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run._r.rPr is not None and run._r.rPr.find(qn("w:lang")) is not None
    }
    assert spoken[QUOTE_LETTER] == spoken[QUOTE_LIST] == "nl-NL"
    assert "22 November 2026" not in spoken
    reader = PdfReader(BytesIO(to_pdf(ANSWER, SOURCES, created=CREATED, link=LINK, language="en")))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert " ".join(QUOTE_LETTER.split()) in text
    assert "Regelwijzer · page 1" in text
    assert "bladzijde" not in text
    assert _languages(reader) == {"nl-NL"}
    assert _languages(pdf()) == set()


def _languages(reader: PdfReader) -> set[str]:
    """The languages of stretches that are in another one than the document."""
    contents = [ContentStream(page.get_contents(), reader).operations for page in reader.pages]
    marked = [operands for page in contents for operands, operator in page if operator == b"BDC"]
    return {operands[1]["/Lang"] for operands in marked if operands[0] == "/Span"}
