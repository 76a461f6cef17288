"""An answer as a Word document, with real headings, a title and its language, for whoever reads by ear."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from assistant.export import words
from assistant.export.characters import writable
from assistant.export.report import Line, Style, report
from assistant.records import Answer, Source

_STYLES = {
    Style.TITLE: "Title",
    Style.HEADING: "Heading 1",
    Style.SUBHEADING: "Heading 2",
    Style.TEXT: "Normal",
    Style.ITEM: "List Bullet",
    Style.NUMBERED: "List",
    Style.QUOTE: "Quote",
    Style.PASSAGE: "Quote",
    Style.DETAIL: "Normal",
}
_LANGUAGE = "nl-NL"


def to_docx(answer: Answer, sources: Iterable[Source], *, created: datetime, link: str = "") -> bytes:
    """The answer as the bytes of a .docx file. ``created`` is in the reader's time zone."""
    from docx import Document  # python-docx loads lxml and a template: only for whoever asks for a file

    document = Document()
    _describe(document, answer, created)
    for line in report(answer, sources, created, link):
        _write(document, line)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _describe(document: Any, answer: Answer, created: datetime) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    about = document.core_properties
    about.title = f"{words.TITLE}: {writable(answer.question.text)}"[:255]
    about.author, about.language, about.comments = "Regelwijzer", _LANGUAGE, words.MADE_BY_AI
    about.created = about.modified = created.astimezone(UTC).replace(tzinfo=None)
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    defaults.set(qn("w:val"), _LANGUAGE)  # the template says American English, and would be read aloud so
    document.styles["Normal"].paragraph_format.space_after = Pt(4)


def _write(document: Any, line: Line) -> None:
    paragraph = document.add_paragraph(style=_STYLES[line.style])
    if line.label:
        paragraph.add_run(f"{line.label}: ").bold = True
    text = writable(line.text)
    if line.url:
        _link(paragraph, text, writable(line.url))
    else:
        paragraph.add_run(text)
    if line.style is Style.DETAIL:
        paragraph.paragraph_format.keep_together = True


def _link(paragraph: Any, text: str, address: str) -> None:
    """A link that can be followed; python-docx can read these but has no call to make one."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)
