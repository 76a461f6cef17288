"""Whatever the documents can be cited with stands to the letter in every export, its list marker included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from export_samples import ANSWER, CREATED, SOURCES
from pypdf import PdfReader

from assistant.answering.extractive import citations_of, write
from assistant.export import to_docx, to_pdf, to_text
from assistant.export.markdown import Flow, flows
from assistant.home import Home
from assistant.records import Answer, Citation, Evidence, Passage
from assistant.service import Service
from assistant.settings import Settings


@pytest.fixture(scope="module")
def answers(built_home: Home) -> Iterator[list[Answer]]:
    """For each document one answer that cites every unit and every passage of it."""
    service = Service(built_home, Settings())
    generation = service.generation
    sources = {source.id: source for source in generation.sources}
    made = []
    for key in generation.documents:
        passages = [passage for passage in generation.passages if (passage.document, passage.version) == key]
        spans = [span for passage in passages for span in _spans(passage)]
        citations = citations_of(spans, generation.documents, sources)
        text, statements = write(citations, sources, "nl")
        made.append(replace(ANSWER, text=text, statements=statements, citations=citations))
    yield made
    service.close()


def _spans(passage: Passage) -> Iterator[Evidence]:
    yield Evidence(passage, passage.start, passage.end, passage.text, 0.0)
    for unit in passage.units:
        yield Evidence(passage, unit.start, unit.end, unit.text, 0.0)


def _lines(citation: Citation) -> list[str]:
    lines = [line.strip() for line in citation.quote.splitlines() if line.strip()]
    return [*lines[:-1], f"{lines[-1]} [{citation.number}]"]


def test_quotes_are_no_markdown(answers: list[Answer]) -> None:
    assert len(answers) == 2
    for answer in answers:
        said = [text for flow, text in flows(answer.text) if flow is Flow.QUOTE]
        assert said == [line for citation in answer.citations for line in _lines(citation)]
    assert list(flows("> 3. Een *punt* & <b>\n>\n> - streep [1]\n\n3. drie")) == [
        (Flow.QUOTE, "3. Een *punt* & <b>"),
        (Flow.QUOTE, "- streep [1]"),
        (Flow.NUMBERED, "3. drie"),
    ]


def _word(answer: Answer) -> str:
    made = Document(BytesIO(to_docx(answer, SOURCES, created=CREATED)))
    return "\n".join(paragraph.text for paragraph in made.paragraphs)


def _pdf(answer: Answer) -> str:
    pages = PdfReader(BytesIO(to_pdf(answer, SOURCES, created=CREATED))).pages
    return "\n".join(page.extract_text().rpartition("Regelwijzer ·")[0] for page in pages)


def _text(answer: Answer) -> str:
    return to_text(answer, SOURCES, created=CREATED)


@pytest.mark.parametrize("exported", [_text, _word, _pdf])
def test_every_citation_stands_to_the_letter(answers: list[Answer], exported: Callable[[Answer], str]) -> None:
    for answer in answers:
        assert answer.citations
        text = "".join(exported(answer).split())
        missing = [line for citation in answer.citations for line in _lines(citation) if "".join(line.split()) not in text]
        assert missing == []
