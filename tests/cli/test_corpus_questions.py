"""``regelwijzer corpus questions``: a new document from its file to an answer, with drafted questions on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from model_server import Payload, Reply, chat, model_server, written
from running import LETTER, RULES, Run

from assistant.home import Home

NEW = """\
Leidraad respijtzorg

1. De gemeente Zuidplas vergoedt respijtzorg voor mantelzorgers gedurende 21 dagen per jaar.

2. De aanvraag wordt ingediend bij het wijkteam van de gemeente Zuidplas.
"""


@pytest.fixture
def with_new(own_home: Home, command: Callable[..., Run], tmp_path: Path) -> tuple[Run, Home]:
    """The real corpus with one more document, published and indexed, without any example question."""
    path = tmp_path / "leidraad.txt"
    path.write_text(NEW, "utf-8")
    run = command(own_home)
    added = run("corpus", "add", str(path), "--id", "leidraad", "--kind", "brief", "--title", "Leidraad respijtzorg")
    assert added.code == 0
    assert "regelwijzer corpus questions leidraad" in added.err
    published = run("corpus", "publish", "leidraad")
    assert "nog geen voorbeeldvragen" in published.err
    assert "regelwijzer index build" in published.err
    assert run("ask", "Wat vergoedt de gemeente Zuidplas?").code == 3  # as the hint said: not before the index is built
    assert run("index", "build").code == 0
    return run, own_home


def first_found(run: Run, question: str) -> str:
    return str(run("search", question, "--json", "--top", "1").json["hits"][0]["document"])


QUESTIONS = (
    "Hoeveel dagen per jaar vergoedt de gemeente respijtzorg voor mantelzorgers?",
    "Waar wordt de aanvraag voor respijtzorg ingediend?",
    "Vergoedt de gemeente respijtzorg?",
)


def cited(run: Run, question: str) -> list[str]:
    return [citation["document"] for citation in run("ask", "--json", question).json["citations"]]


def test_a_document_without_questions_is_cited_among_those_that_have_them(with_new: tuple[Run, Home]) -> None:
    run, _ = with_new
    assert [question for question in QUESTIONS if "leidraad" not in cited(run, question)] == []


def test_drafts_count_from_when_the_keeper_has_read_them(with_new: tuple[Run, Home]) -> None:
    run, home = with_new
    answers = [run("ask", question, "--json").json["confidence"] for question in QUESTIONS]
    assert run("corpus", "questions", "leidraad").code == 0
    assert run("index", "build").code == 0
    assert [run("ask", question, "--json").json["confidence"] for question in QUESTIONS] == answers

    path = home.corpus / "questions" / "leidraad.toml"
    path.write_text(path.read_text("utf-8").replace('status = "concept"\n', ""), "utf-8")
    assert run("index", "build").code == 0
    lay = "Kan iemand het tijdelijk overnemen als adempauze?"
    assert [question for question in (*QUESTIONS, lay) if first_found(run, question) != "leidraad"] == []
    assert [question for question in (*QUESTIONS, lay) if cited(run, question)[:1] != ["leidraad"]] == []


def test_drafts_are_marked_and_made_once(with_new: tuple[Run, Home]) -> None:
    run, home = with_new
    path = home.corpus / "questions" / "leidraad.toml"
    made = run("corpus", "questions", "leidraad")
    assert made.code == 0
    assert "als concept in corpus/questions/leidraad.toml" in made.out
    assert "tellen die nog niet mee" in made.out
    assert "regelwijzer index build" in made.err
    text = path.read_bytes()
    assert text.count(b'status = "concept"') == text.count(b"[[unit]]") >= 2
    again = run("corpus", "questions", "leidraad", "--json")
    assert again.json == {
        "document": "leidraad",
        "file": "questions/leidraad.toml",
        "units": 0,
        "questions": 0,
        "by_model": 0,
    }
    assert path.read_bytes() == text

    assert run("corpus", "show", "leidraad", "--json").json["questions"]["kept"] == 0
    assert "als concept bij" in run("corpus", "show", "leidraad").out
    checked = run("corpus", "check")
    assert checked.code == 0
    assert "waarschuwing: questions/leidraad.toml" in checked.out

    assert run("ask", "Wat vergoedt de gemeente Zuidplas?").code == 3


def test_questions_of_the_keeper_are_left_as_they_are(own_home: Home, command: Callable[..., Run]) -> None:
    run = command(own_home)
    for name in (LETTER, RULES):
        path = own_home.corpus / "questions" / f"{name}.toml"
        before = path.read_bytes()
        assert run("corpus", "questions", name).code == 0
        assert path.read_bytes().startswith(before.rstrip())


@pytest.mark.parametrize(("name", "code"), [("nergens", 3), ("zvw", 3)])
def test_an_error_is_one_dutch_line(run: Run, name: str, code: int) -> None:
    result = run("corpus", "questions", name)
    assert (result.code, result.out, len(result.err.splitlines())) == (code, "", 1)


class TestByALanguageModel:
    def test_a_model_that_is_set_writes_them(
        self, own_home: Home, command: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def answer(request: Payload) -> Reply:
            lines = json.loads(request["messages"][-1]["content"])["zinnen"]
            return chat(written([(f"Hoe zit het met {line['sleutel']}?", [line["sleutel"]]) for line in lines]))

        (own_home.corpus / "questions" / f"{LETTER}.toml").unlink()
        with model_server(answer) as served:
            monkeypatch.setenv("REGELWIJZER_ANSWERING__MODEL", "openai:m")
            monkeypatch.setenv("REGELWIJZER_ANSWERING__BASE_URL", served.address)
            made = command(own_home)("corpus", "questions", LETTER, "--json").json
            assert served.requests
        assert made["by_model"] == made["units"] > 30

    def test_one_that_is_down_is_told_and_templates_stand_in(
        self, own_home: Home, command: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (own_home.corpus / "questions" / f"{LETTER}.toml").unlink()
        monkeypatch.setenv("REGELWIJZER_ANSWERING__MODEL", "openai:m")
        monkeypatch.setenv("REGELWIJZER_ANSWERING__BASE_URL", "http://127.0.0.1:9")
        made = command(own_home)("corpus", "questions", LETTER)
        assert made.code == 0
        assert "sjablonen" in made.err
        assert "vragen gemaakt" in made.out

    def test_it_is_left_alone_where_the_keeper_says_so(
        self, own_home: Home, command: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (own_home.corpus / "questions" / f"{LETTER}.toml").unlink()
        with model_server(lambda _: Reply(b"", 500)) as served:
            monkeypatch.setenv("REGELWIJZER_ANSWERING__MODEL", "openai:m")
            monkeypatch.setenv("REGELWIJZER_ANSWERING__BASE_URL", served.address)
            assert command(own_home)("corpus", "questions", LETTER, "--no-model").code == 0
            assert served.requests == []
