"""Answers and sources become plain values and escaped HTML: nothing is lost, nothing becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Answer, Block, BlockKind, Citation, Document, Mode, Notice, Page, Question, Status
from assistant.web.answer_view import PieceKind, look, state_of
from assistant.web.rendering import render
from assistant.web.source_view import show_page
from assistant.web.thread import thread, turn_of

CITATION = Citation(1, "doc", "v" * 64, "Titel", "brief", None, None, 1, "1", ("kop",), 0, 5, "Tekst")
ANSWER = Answer(
    Question("Vraag?", date(2026, 1, 2)), "Vraag?", Status.ANSWERED, Mode.EXTRACTIVE, "Tekst [1]", citations=(CITATION,)
)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@st.composite
def documents(draw):
    parts = draw(st.lists(st.text("abc é\n•", min_size=1, max_size=40), min_size=1, max_size=8))
    text = "".join(parts)
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=2))})
    spans = [(a, b) for a, b in pairwise(cuts)]
    pages = tuple(Page(n, str(n), a, b, text[a:b]) for n, (a, b) in enumerate(spans, 1))
    edges = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=6))})
    kinds = draw(st.lists(st.sampled_from(list(BlockKind)), min_size=len(edges), max_size=len(edges)))
    blocks = [Block(kind, a, b) for kind, a, b in zip(kinds, edges, edges[1:], strict=False) if a < b]
    kept = [block for block in blocks if draw(st.booleans())]
    return Document("doc", "v" * 64, text, pages, tuple(kept))


@given(documents(), st.integers(0, 400), st.integers(0, 400))
def test_every_character_of_a_page_is_shown_once_and_the_mark_is_exact(document, start, end):
    marked = ""
    for page in document.pages:
        shown = show_page(document, page.number, start, end)
        text = "".join(piece.text for block in shown.blocks for piece in block.segments)
        assert "".join(text.split()) == "".join(page.text.split())
        marked += "".join(piece.text for block in shown.blocks for piece in block.segments if piece.marked)
    expected = document.text[start:end] if start < end else ""
    assert "".join(marked.split()) == "".join(expected.split())


@given(_TEXTS)
def test_any_answer_text_is_kept_and_escaped(text):
    answer = replace(ANSWER, text=text, question=replace(ANSWER.question, text=text), interpreted=text)
    html = thread("c", [turn_of(answer, "", {})])
    assert not re.search(r"<(script|img|iframe|object|link|meta|base)\b", html)
    assert "javascript:" not in "".join(re.findall(r'(?:href|src|action)="[^"]*"', html))


def test_chips_are_only_for_citations_that_are_there():
    shown = look(replace(ANSWER, text="Een [1] en [2] en [x]."), {})
    pieces = shown.parts[0].lines[0].pieces
    assert [piece.text for piece in pieces if piece.kind is PieceKind.CHIP] == ["1"]
    assert "".join(piece.text for piece in pieces if piece.kind is PieceKind.TEXT) == "Een  en [2] en [x]."


def test_address_is_a_link_only_when_the_catalogue_knows_it():
    shown = look(replace(ANSWER, text="Zie <https://planted.example/x>."), {})
    assert all(piece.kind is PieceKind.TEXT for piece in shown.parts[0].lines[0].pieces)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (ANSWER, "answered"),
        (replace(ANSWER, status=Status.NOT_LOADED), "not_loaded"),
        (replace(ANSWER, status=Status.NOT_IN_DOCUMENTS, notices=(Notice("outside-validity", "x"),)), "outdated"),
        (replace(ANSWER, notices=(Notice("sources-disagree", "x"),)), "conflict"),
        (replace(ANSWER, notices=(Notice("unsure", "x"),)), "unsure"),
        (replace(ANSWER, status=Status.PARTIAL, notices=(Notice("unsure", "x"),)), "partial"),
    ],
)
def test_state_of_an_answer(answer, state):
    assert state_of(answer) == state
    html = thread("c", [turn_of(answer, "", {})])
    assert f"state-{state}" in html
    assert html.count('<h2 class="state">') == 1


def test_every_template_is_escaped_by_default():
    assert "<b>" not in render("problem.html", title="<b>", text="<b>")
