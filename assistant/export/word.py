"""An answer as a Word document, with real headings, a title and its language, for whoever reads by ear."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from assistant.export.characters import writable
from assistant.export.report import Line, Style, report
from assistant.export.wording import Wording
from assistant.export.words import words_of
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


def to_docx(answer: Answer, sources: Iterable[Source], *, created: datetime, link: str = "", language: str = "nl") -> bytes:
    """The answer as the bytes of a .docx file. ``created`` is in the reader's time zone; ``language`` as in to_text."""
    from docx import Document  # python-docx loads lxml and a template: only for whoever asks for a file

    document, words = Document(), words_of(language)
    _describe(document, answer, created, words)
    for line in report(answer, sources, created, link, words):
        _write(document, line, words)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _describe(document: Any, answer: Answer, created: datetime, words: Wording) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    about = document.core_properties
    about.title = f"{words.title}: {writable(answer.question.text)}"[:255]
    about.author, about.language, about.comments = "Regelwijzer", words.locale, words.made_by_ai
    about.created = about.modified = created.astimezone(UTC).replace(tzinfo=None)
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    defaults.set(qn("w:val"), words.locale)  # the template says American English, and would be read aloud so
    document.styles["Normal"].paragraph_format.space_after = Pt(4)


def _write(document: Any, line: Line, words: Wording) -> None:
    paragraph = document.add_paragraph(style=_STYLES[line.style])
    if line.label:
        paragraph.add_run(f"{line.label}: ").bold = True
    text = writable(line.text)
    if line.url:
        _link(paragraph, text, writable(line.url))
    else:
        run = paragraph.add_run(text)
        if line.language not in ("", words.language):
            _speak(run, words_of(line.language).locale)
    if line.style is Style.DETAIL:
        paragraph.paragraph_format.keep_together = True


def _speak(run: Any, locale: str) -> None:
    """Marks a run as written in another language than the document, so that it is read aloud and spelt in its own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), locale)
    run._r.get_or_add_rPr().append(mark)


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
