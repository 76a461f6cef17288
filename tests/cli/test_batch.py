"""``regelwijzer ask --batch``: a line out for every line in, in order, whatever the lines are."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import QUESTION, Run, batch
from sound import KEYS

from assistant.cli.ask import _batch_answer
from assistant.service import Service

Write = Callable[[str | bytes], str]

BAD: dict[str, tuple[bytes, str | None, str]] = {
    "not JSON": (b"Wie mag indiceren?", None, "batch-line"),
    "half JSON": (b'{"id": "q", "question": "Wie', None, "batch-line"),
    "an array": (b'["q1", "Wie mag indiceren?"]', None, "batch-line"),
    "a number": (b"17", None, "batch-line"),
    "null": (b"null", None, "batch-line"),
    "not UTF-8": (b'{"id": "q", "question": "\xff\xfe"}', None, "batch-line"),
    "UTF-16": ('{"id": "q", "question": "Wie?"}'.encode("utf-16-le"), None, "batch-line"),
    "binary": (bytes(range(128, 256)), None, "batch-line"),
    "very deep": (b"[" * 100_000, None, "batch-line"),
    "question missing": (b'{"id": "q"}', "q", "batch-question"),
    "question null": (b'{"id": "q", "question": null}', "q", "batch-question"),
    "question a list": (b'{"id": "q", "question": ["Wie?"]}', "q", "batch-question"),
    "question a number": (b'{"id": "q", "question": 3}', "q", "batch-question"),
    "question empty": (b'{"id": "q", "question": ""}', "q", "question-empty"),
    "question blank": (b'{"id": "q", "question": " \\u0000 "}', "q", "question-empty"),
    "question too long": (json.dumps({"id": "q", "question": "wie mag " * 12_500}).encode(), "q", "question-too-long"),
    "huge line": (json.dumps({"id": "q", "question": "x" * 5_000_000}).encode(), "q", "question-too-long"),
    "history a text": (b'{"id": "q", "question": "Wie?", "history": "Wat?"}', "q", "batch-history"),
    "history of numbers": (b'{"id": "q", "question": "Wie?", "history": [1]}', "q", "batch-history"),
    "history an object": (b'{"id": "q", "question": "Wie?", "history": {"a": 1}}', "q", "batch-history"),
    "no such day": (b'{"id": "q", "question": "Wie?", "as_of": "2026-02-30"}', "q", "bad-date"),
    "as_of a number": (b'{"id": "q", "question": "Wie?", "as_of": 2026}', "q", "bad-date"),
    "as_of a word": (b'{"id": "q", "question": "Wie?", "as_of": "vandaag"}', "q", "bad-date"),
    "no id": (b'{"question": ""}', None, "question-empty"),
    "id a number": (b'{"id": 7, "question": ""}', "7", "question-empty"),
    "id not a number": (b'{"id": NaN, "question": ""}', "nan", "question-empty"),
}


def test_a_bad_line_gives_its_error_and_the_run_goes_on(run: Run, written: Write) -> None:
    good = batch([{"id": "goed", "question": QUESTION}]).encode()
    result = run("ask", "--batch", written(b"".join(line + b"\n" + good for line, _, _ in BAD.values())))
    assert (result.code, result.err) == (0, "")
    lines = result.lines
    assert len(lines) == 2 * len(BAD)
    assert all(line["status"] == "answered" for line in lines[1::2])
    for bad in lines[::2]:
        assert list(bad) == ["id", "error"]
        assert list(bad["error"]) == ["code", "message"]
        assert len(bad["error"]["message"]) < 300
    found = {name: (bad["id"], bad["error"]["code"]) for name, bad in zip(BAD, lines[::2], strict=True)}
    assert found == {name: expected for name, (_, *given) in BAD.items() for expected in [tuple(given)]}


def test_answers_come_in_the_order_of_the_questions(run: Run, written: Write) -> None:
    items = [{"id": f"q{n}", "question": f"Wat zegt punt {n} over casemanagement?"} for n in range(11, 0, -1)]
    lines = run("ask", "--batch", written(batch(items))).lines
    assert [(line["id"], line["question"]) for line in lines] == [(item["id"], item["question"]) for item in items]
    assert all(list(line) == KEYS for line in lines)


def test_a_line_answers_as_the_question_alone_does(run: Run, written: Write) -> None:
    item = {"id": "x", "question": "En de huisarts?", "history": [QUESTION], "as_of": "2026-03-01"}
    (line,) = run("ask", "--batch", written(batch([item]))).lines
    alone = run("ask", "--json", "En de huisarts?", "--history", QUESTION, "--as-of", "2026-03-01").json
    varying = {"id", "timing_ms"}
    assert {key: line[key] for key in KEYS if key not in varying} == {key: alone[key] for key in KEYS if key not in varying}


def test_as_of_of_the_line_goes_before_that_of_the_command(run: Run, written: Write) -> None:
    items = [{"question": QUESTION, "as_of": day} for day in ("2026-03-01", None, "")]
    lines = run("ask", "--as-of", "2027-05-05", "--batch", written(batch(items))).lines
    assert [line["as_of"] for line in lines] == ["2026-03-01", "2027-05-05", "2027-05-05"]


@pytest.mark.parametrize(("given", "expected"), [({}, ""), ({"id": None}, ""), ({"id": 5}, "5"), ({"id": 'é"\\'}, 'é"\\')])
def test_the_id_comes_back_as_text(run: Run, written: Write, given: dict[str, Any], expected: str) -> None:
    (line,) = run("ask", "--batch", written(batch([{**given, "question": QUESTION}]))).lines
    assert line["id"] == expected


def test_blank_lines_bom_and_line_ends_do_not_count(run: Run, written: Write) -> None:
    one = batch([{"id": "1", "question": QUESTION}]).strip().encode()
    content = b"\xef\xbb\xbf" + one + b"\r\n\r\n  \n\n" + one
    assert [line["id"] for line in run("ask", "--batch", written(content)).lines] == ["1", "1"]


def test_an_empty_file_gives_nothing(run: Run, written: Write) -> None:
    result = run("ask", "--batch", written(b""))
    assert (result.code, result.out, result.err) == (0, "", "")


def test_keys_that_are_not_known_are_left_alone(run: Run, written: Write) -> None:
    (line,) = run("ask", "--batch", written(batch([{"id": "1", "question": QUESTION, "extra": [1, {"a": None}]}]))).lines
    assert line["status"] == "answered"


def test_a_long_conversation_is_no_trouble(run: Run, written: Write) -> None:
    item = {"id": "1", "question": "En de huisarts?", "history": ["En nu?"] * 3_000}
    (line,) = run("ask", "--batch", written(batch([item]))).lines
    assert line["id"] == "1"


@pytest.mark.parametrize("name", ["nergens.jsonl", "/"])
def test_a_file_that_is_not_there(run: Run, name: str) -> None:
    assert name in run("ask", "--batch", name).error(2)


def test_standard_input(process: Run) -> None:
    given = batch([{"id": "1", "question": QUESTION}, {"id": "2", "question": ""}]).encode()
    result = process("ask", "--batch", "-", given=given)
    assert (result.code, result.err) == (0, "")
    assert [line["id"] for line in result.lines] == ["1", "2"]
    assert result.lines[1]["error"]["code"] == "question-empty"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=30) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
LINES = st.fixed_dictionaries({}, optional={"id": ANYTHING, "question": ANYTHING, "history": ANYTHING, "as_of": ANYTHING})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES | ANYTHING | st.binary(max_size=40))
def test_no_line_stops_a_batch(built_service: Service, line: Any) -> None:
    from datetime import date

    raw = line if isinstance(line, bytes) else json.dumps(line).encode()
    value = _batch_answer(built_service, raw, date(2026, 3, 1))
    assert json.loads(json.dumps(value, allow_nan=False)) == value
    assert ("error" in value) != ("schema" in value)
