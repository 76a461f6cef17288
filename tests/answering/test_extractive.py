"""The written answer: per source how it binds, then its quotes in reading order, each with its marker."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from running import LETTER, QUESTION

from assistant.answering import wording
from assistant.answering.extractive import citations_of, write
from assistant.records import Evidence, MissingDocument, Passage, Question, Source
from assistant.retrieval.question import Ask
from assistant.service import Service


@pytest.fixture(scope="module")
def sources(built_service: Service) -> dict[str, Source]:
    return {source.id: source for source in built_service.generation.sources}


def _evidence(passage: Passage) -> Evidence:
    return Evidence(passage, passage.start, passage.end, passage.text, 1.0)


def test_the_best_source_comes_first_and_its_quotes_in_reading_order(
    built_service: Service, sources: dict[str, Source]
) -> None:
    passages = list(built_service.generation.passages)
    mixed = [_evidence(passage) for passage in reversed(passages)]
    citations = citations_of(mixed, built_service.generation.documents, sources)
    assert [citation.number for citation in citations] == list(range(1, len(passages) + 1))
    documents = [citation.document for citation in citations]
    assert list(dict.fromkeys(documents)) == [passages[-1].document, passages[0].document]
    for name in set(documents):
        starts = [citation.start for citation in citations if citation.document == name]
        assert starts == sorted(starts)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_quote_stands_in_the_text_line_by_line_with_its_marker(
    built_service: Service, sources: dict[str, Source], language: str
) -> None:
    chosen = [_evidence(passage) for passage in built_service.generation.passages]
    citations = citations_of(chosen, built_service.generation.documents, sources)
    text, statements = write(citations, sources, language)
    for citation, statement in zip(citations, statements, strict=True):
        assert (statement.text, statement.citations) == (citation.quote, (citation.number,))
        lines = [line for line in citation.quote.splitlines() if line.strip()]
        assert all(f"> {line}" in text for line in lines)
        assert f"{lines[-1]} [{citation.number}]" in text
    for name in {citation.document for citation in citations}:
        assert text.count(sources[name].title) >= 1
    assert [int(number) for number in re.findall(r"\[(\d+)\]$", text, re.M)] == [c.number for c in citations]


def test_the_line_above_says_how_far_it_binds(sources: dict[str, Source]) -> None:
    lead = wording.lead(sources[LETTER], "nl")
    assert sources[LETTER].publisher in lead
    assert "vanaf 25 november 2025" in lead
    assert sources[LETTER].kind.binding.rstrip(".") in lead
    assert "says, in Dutch" in wording.lead(sources[LETTER], "en")


def test_a_source_of_which_little_is_known_has_no_empty_brackets(sources: dict[str, Source]) -> None:
    bare = replace(sources[LETTER], publisher="", valid_from=None, valid_until=None)
    assert "(" not in wording.lead(bare, "nl").partition(".")[0]


def test_nothing_chosen_is_nothing_written(sources: dict[str, Source], built_service: Service) -> None:
    assert citations_of([], built_service.generation.documents, sources) == ()
    assert write([], sources, "nl") == ("", ())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_missing_is_said_in_the_readers_language(language: str, sources: dict[str, Source]) -> None:
    said = [
        wording.refusal(language),
        wording.out_of_scope(language),
        wording.where_to_ask(language),
        wording.partly(language),
        *wording.lacks([Ask.MONEY, Ask.COUNT, Ask.FREQUENCY, Ask.DURATION, Ask.CONTACT], ["bedrag"], language),
        *wording.lacks([], ["bedrag"], language),
        wording.also_see([MissingDocument("zvw", "De wet", "https://wetten.overheid.nl")], language),
        wording.outside_validity(sources[LETTER], [2019], date(2026, 1, 1), language),
        wording.outside_validity(sources[LETTER], [], date(2019, 1, 1), language),
    ]
    assert len(set(said)) == len(said) == 13
    english = re.compile(r"\b(the|documents|this|only|known)\b")
    assert all(bool(english.search(text)) == (language == "en") or "“" in text or "‘" in text for text in said)


@pytest.mark.parametrize(("language", "said"), [("nl", "1 maart 2026"), ("en", "1 March 2026")])
def test_a_day_in_words(language: str, said: str) -> None:
    assert wording.day(date(2026, 3, 1), language) == said


def test_an_english_question_gets_english_around_dutch_quotes(built_service: Service) -> None:
    english = built_service.ask(
        Question("Who is allowed to assess the need for case management for dementia?", date(2026, 3, 1))
    )
    dutch = built_service.ask(Question(QUESTION, date(2026, 3, 1)))
    assert (english.language, dutch.language) == ("en", "nl")
    assert "says, in Dutch" in english.text or "The documents do not answer" in english.text
