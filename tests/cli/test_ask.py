"""``regelwijzer ask`` with one question: the answer on standard output and nothing else there; bad questions."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from running import QUESTION, RULES, Run
from sound import sound_json

from assistant.answer_json import answer_to_json
from assistant.cli.ask import as_text, parse_day
from assistant.errors import UsageError
from assistant.records import Answer, Document, Question, Status
from assistant.service import Service


@pytest.fixture(scope="session")
def text_of(built_service: Service) -> Callable[[str, str], Document]:
    return built_service.library.document


def test_the_main_question_is_answered_with_point_3_word_for_word(run: Run, text_of: Callable[[str, str], Document]) -> None:
    result = run("ask", "--json", QUESTION)
    assert (result.code, result.err) == (0, "")
    answer = result.json
    sound_json(answer, text_of)
    assert answer["status"] == "answered"
    assert answer["question"] == answer["interpreted"] == QUESTION
    assert answer["as_of"] == date.today().isoformat()
    (point,) = [citation for citation in answer["citations"] if citation["section"][-1] == "punt 3"]
    assert (point["document"], point["page"], point["kind"]) == (RULES, 2, "inkoopbeleid")
    assert point["quote"].startswith("3. Het indiceren of iemand aangewezen is op verpleging thuis")
    assert "voorbehouden aan een bachelor- of masteropgeleide verpleegkundige" in point["quote"]
    assert f"[{point['number']}]" in answer["text"]


def test_the_quote_is_what_corpus_text_prints(run: Run) -> None:
    (citation, *_) = run("ask", "--json", QUESTION).json["citations"]
    text = run("corpus", "text", citation["document"], "--version", citation["version"]).out
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_for_a_reader_the_answer_names_source_page_and_section(run: Run) -> None:
    result = run("ask", QUESTION)
    assert (result.code, result.err) == (0, "")
    assert "> 3. Het indiceren" in result.out
    assert re.search(
        r"^\[1\] Inkoop van casemanagement dementie Zvw 2026 en 2027, bladzijde \d, .*punt \d+$", result.out, re.M
    )


def test_a_refusal_exits_0_and_shows_what_comes_nearest(run: Run) -> None:
    result = run("ask", "Hoeveel kost een uur casemanagement dementie in euro's?")
    assert result.code == 0
    assert "Dit staat niet in de documenten." in result.out or "Dit hoort te staan in" in result.out
    assert not re.search(r"^\[\d+\]", result.out, re.M)


def test_a_follow_up_says_how_it_was_understood(run: Run) -> None:
    result = run("ask", "En de huisarts?", "--history", QUESTION)
    assert result.out.startswith("Ik begrijp uw vraag als: ")
    assert "huisarts" in result.out.splitlines()[0]


def test_a_follow_up_that_cannot_stand_alone_names_the_question_before(run: Run) -> None:
    first = run("ask", "Waarom?", "--history", QUESTION).out.splitlines()[0]
    assert first == f"Ik lees dit als vervolg op uw vraag: {QUESTION}"


def test_misspelt_words_say_as_what_they_were_read(run: Run) -> None:
    result = run("ask", "Wie mag casemanagement dementie indiceeren?")
    assert result.out.startswith("Ik lees ‘indiceeren’ als ‘indiceren’.")
    assert "Let op: Ik lees" not in result.out
    assert "Ik lees" not in run("ask", QUESTION).out


def test_as_of_is_the_day_of_the_answer(run: Run) -> None:
    assert run("ask", "--json", QUESTION, "--as-of", "2027-12-31").json["as_of"] == "2027-12-31"


UNUSABLE = {
    "empty": "",
    "blank": " \t\n \u00a0 ",
    "only signs": "?!… -- ;;",
    "only emoji": "😀🎉❤️",
    "only control characters": "\x01\x02\x07\x1b",
    "only invisible ones": "\u200b\u200e\u202e\ufeff",
    "only combining marks": "\u0301\u0308",
}


@pytest.mark.parametrize("question", UNUSABLE.values(), ids=UNUSABLE)
def test_what_is_no_question_is_one_line(run: Run, question: str) -> None:
    assert "Er staat geen vraag." in run("ask", "--json", "--", question).error(2)


@pytest.mark.parametrize("question", ["a" * 100_000, "wie mag " * 12_500, "é" * 2_001], ids=len)
def test_a_question_that_is_too_long_says_how_long(run: Run, question: str) -> None:
    line = run("ask", question).error(2)
    assert "te lang" in line
    assert "2000" in line
    assert len(line) < 300


ODD = {
    "control characters": "\x01Wie mag \x07casemanagement\x1b dementie\x08 indiceren?\x00",
    "right to left": "\u202eWie mag casemanagement dementie indiceren?\u202c",
    "isolates": "Wie mag \u2067casemanagement\u2069 dementie indiceren?",
    "over lines": "Wie mag\r\ncasemanagement\n\n\tdementie indiceren?",
    "Arabic": "من يمكنه تحديد الحاجة إلى إدارة الحالات للخرف؟",
    "Chinese": "谁可以评估痴呆症个案管理？",
    "mixed languages": "Who mag casemanagement dementie indiceren, wer darf das?",
    "one letter": "a",
    "a number": "1234567890",
    "markup": "<script>alert(1)</script> [1] [99] **vet** `code`",
    "markers": "[1] [2] [3] casemanagement dementie",
    "looks like an option": "--json",
    "an emoji in it": "Wie mag 👩‍⚕️ casemanagement dementie indiceren? 🎉",
    "one long word": "casemanagement" * 140,
    "longest": ("wie mag indiceren " * 200)[:2_000],
    "not Unicode": "Wie mag \udcff\udc80 indiceren?",
    "full width": "Ｗｉｅ ｍａｇ ｃａｓｅｍａｎａｇｅｍｅｎｔ ｄｅｍｅｎｔｉｅ ｉｎｄｉｃｅｒｅｎ？",
}


@pytest.fixture(scope="module")
def odd_answers(built_service: Service) -> dict[str, Answer]:
    return {name: built_service.ask(Question(question, date(2026, 3, 1))) for name, question in ODD.items()}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_question_gets_a_sound_answer(
    odd_answers: dict[str, Answer], text_of: Callable[[str, str], Document], name: str
) -> None:
    answer = odd_answers[name]
    sound_json(answer_to_json(answer), text_of)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", as_text(answer))


@pytest.mark.parametrize("name", ["control characters", "right to left", "isolates", "over lines", "full width"])
def test_what_cannot_be_seen_changes_no_answer(odd_answers: dict[str, Answer], built_service: Service, name: str) -> None:
    plain = built_service.ask(Question(QUESTION, date(2026, 3, 1)))
    assert odd_answers[name].status is plain.status is Status.ANSWERED
    assert odd_answers[name].citations == plain.citations


@pytest.mark.parametrize("name", ["right to left", "markup", "looks like an option", "Arabic"])
def test_the_command_line_hands_odd_questions_on_as_they_are(run: Run, name: str) -> None:
    result = run("ask", "--json", "--", ODD[name])
    assert (result.code, result.err) == (0, "")
    assert result.json["question"] == ODD[name]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([], "De vraag ontbreekt."),
        (["vraag", "--batch", "x.jsonl"], "niet allebei"),
        (["vraag", "--as-of", "2026-02-30"], "'2026-02-30' is geen datum."),
        (["vraag", "--as-of", "1 maart"], "2026-03-01"),
    ],
)
def test_wrong_use(run: Run, arguments: list[str], part: str) -> None:
    assert part in run("ask", *arguments).error(2)


def test_a_day_is_today_unless_it_is_given() -> None:
    assert parse_day(None) == date.today()
    assert parse_day("2026-03-01") == date(2026, 3, 1)
    for wrong in ("2026-3-1", ""):  # empty: of a variable that was not set
        with pytest.raises(UsageError):
            parse_day(wrong)


def test_blank_history_is_left_out(run: Run) -> None:
    assert run("ask", "--json", QUESTION, "--history", "", "--history", " ").json["interpreted"] == QUESTION


def test_bytes_that_are_no_text_on_the_real_command_line(process: Run) -> None:
    assert "Er staat geen vraag." in process("ask", b"\x80\x81\xff").error(2)
    result = process("ask", "--json", b"Wie mag \xff\xfe casemanagement dementie indiceren?")
    assert result.code == 0
    assert result.json["status"] == "answered"
