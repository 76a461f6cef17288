"""How a question stands to the questions that the keeper knows."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.asked import AskedBefore
from assistant.answering.units import ScoredUnit
from assistant.records import Question
from assistant.retrieval.question import AnalysedQuestion
from assistant.service import Service

DAY = date(2026, 3, 1)


def scored(service: Service, text: str) -> tuple[AnalysedQuestion, list[ScoredUnit]]:
    desk = service.open()
    looked = desk.look(Question(text, DAY))
    return looked.question, desk.answerer.scored(looked.question, looked.hits)


def best(service: Service, text: str) -> tuple[AnalysedQuestion, ScoredUnit]:
    question, units = scored(service, text)
    return question, units[0]


def test_an_example_question_is_nearer_to_what_answers_it(built_service: Service) -> None:
    generation = built_service.generation
    before = AskedBefore(generation)
    nearer = []
    for units in list(generation.questions.values())[:20]:
        question, unit = best(built_service, next(questions[2] for questions in units if questions))
        nearer.append(before.compare(question, unit, [1.0] * len(question.keys)).nearer)
    assert sum(share > 0 for share in nearer) > 0.7 * len(nearer)


def test_an_unanswered_question_is_known_as_one(built_service: Service) -> None:
    before = AskedBefore(built_service.generation)
    for text in built_service.generation.asked.unanswered[:100:10]:
        question, unit = best(built_service, text)
        asked = before.compare(question, unit, [1.0] * len(question.keys))
        assert asked.unanswered == pytest.approx(1.0, abs=0.3)  # spelling may be mended
        assert asked.unanswered > asked.nearer


def test_what_no_example_question_asks_for_is_not_met(built_service: Service) -> None:
    before = AskedBefore(built_service.generation)
    who, unit = best(built_service, "Wie mag casemanagement dementie indiceren?")
    assert before.compare(who, unit, [1.0] * len(who.keys)).met == 1.0
    mail, units = scored(built_service, "Wat is het telefoonnummer om te laten indiceren?")
    same = next(one for one in units if one.unit == unit.unit)
    assert before.compare(mail, same, [1.0] * len(mail.keys)).met < 1.0


def test_wording_tells_questions_with_an_answer_from_those_without(built_service: Service) -> None:
    generation = built_service.generation
    before = AskedBefore(generation)
    answered = [units[-1][-1] for units in generation.questions.values() if units[-1]][:15]
    for texts, with_answer in ((answered, True), (generation.asked.unanswered[:1500:30], False)):
        seen = []
        for text in texts:
            question, unit = best(built_service, text)
            seen.append(before.compare(question, unit, [1.0] * len(question.keys)))
        assert sum((asked.phrased > 0) == with_answer for asked in seen) > 0.8 * len(seen)
        assert sum((asked.heard > 0.7) == with_answer for asked in seen) > 0.7 * len(seen)
