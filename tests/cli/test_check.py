"""``regelwijzer check list|show|run`` over the real checks and documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from running import RULES, Run

from assistant.home import Home

CHECK = "wie-mag-indiceren"


def test_list_names_every_check(run: Run) -> None:
    listed = run("check", "list")
    assert listed.code == 0
    rows = [line.split("\t") for line in listed.out.splitlines()]
    assert CHECK in [row[0] for row in rows]
    value = run("check", "list", "--json").json
    assert [each["id"] for each in value] == [row[0] for row in rows]
    assert all(each["usable"] for each in value)


def test_show_gives_questions_rules_and_quotes(run: Run) -> None:
    shown = run("check", "show", CHECK)
    assert shown.code == 0
    assert "Vraag beroep:" in shown.out
    assert "Andere zorgverleners, bijvoorbeeld huisartsen" in shown.out
    value = run("check", "show", CHECK, "--json").json
    assert {question["id"] for question in value["questions"]} == {"beroep", "opleiding"}
    assert all(rule["quotes"] for rule in value["rules"])


def test_run_asks_on_until_there_is_an_outcome(run: Run) -> None:
    first = run("check", "run", CHECK)
    assert first.code == 0
    assert "Volgende vraag (beroep)" in first.out
    assert f"regelwijzer check run {CHECK} --answer beroep=…" in first.err
    second = run("check", "run", CHECK, "--answer", "beroep=verpleegkundige", "--json").json
    assert (second["schema"], second["status"], second["outcome"]) == ("check/1", "open", None)
    assert second["next"]["id"] == "opleiding"
    last = run("check", "run", CHECK, "--answer", "beroep=verpleegkundige", "--answer", "opleiding=nee")
    assert "\nNee. Alleen een verpleegkundige" in last.out
    assert last.err == ""


def test_citations_have_the_shape_and_the_truth_of_an_answers(run: Run) -> None:
    made = run("check", "run", CHECK, "--answer", "beroep=huisarts", "--json").json
    assert made["status"] == "decided"
    assert made["outcome"]["verdict"] == "nee"
    answer = run("ask", "--json", "Wie mag casemanagement dementie indiceren?").json
    assert {*made["citations"][0]} == {*answer["citations"][0]}
    for citation in made["citations"]:
        text = run("corpus", "text", RULES, "--version", citation["version"]).out
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["section"]


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["run", "nergens"], 3, "Bekend zijn"),
        (["show", "nergens"], 3, "Bekend zijn"),
        (["run", CHECK, "--answer", "beroep"], 2, "vraag=ja"),
        (["run", CHECK, "--answer", "beroep=bakker"], 2, "Kies uit: verpleegkundige"),
        (["run", CHECK, "--answer", "leeftijd=80"], 2, "De vragen zijn: beroep"),
        (["run", CHECK, "--answer", "beroep=huisarts", "--answer", "beroep=huisarts"], 2, "twee keer"),
        (["run", CHECK, "--as-of", "gisteren"], 2, "geen datum"),
    ],
)
def test_an_error_is_one_dutch_line(run: Run, arguments: list[str], code: int, part: str) -> None:
    result = run("check", *arguments)
    assert (result.code, result.out, len(result.err.splitlines())) == (code, "", 1)
    assert part in result.err


def test_a_day_on_which_the_source_does_not_hold_is_told(run: Run) -> None:
    made = run("check", "run", CHECK, "--answer", "beroep=huisarts", "--as-of", "2028-01-01")
    assert "Let op:" in made.out
    assert "niet op 2028-01-01" in made.out


def test_a_check_that_is_out_of_date_says_so_and_the_rest_goes_on(own_home: Home, command: Callable[..., Run]) -> None:
    path = own_home.corpus / "checks" / f"{CHECK}.toml"
    path.write_text(path.read_text("utf-8").replace("huisartsen of sociaal", "tandartsen of sociaal"), "utf-8")
    run = command(own_home)
    refused = run("check", "run", CHECK)
    assert (refused.code, refused.out, len(refused.err.splitlines())) == (3, "", 1)
    assert "staat er niet (meer)" in refused.err
    assert f"checks/{CHECK}.toml, regel" in refused.err
    listed = {each["id"]: each["usable"] for each in run("check", "list", "--json").json}
    assert listed.pop(CHECK) is False
    assert all(listed.values())
    checked = run("corpus", "check")
    assert checked.code == 0
    assert f"waarschuwing: checks/{CHECK}.toml" in checked.out
    assert run("ask", "Wie mag casemanagement dementie indiceren?").code == 0
