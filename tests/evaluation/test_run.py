"""``eval run`` and what comes of it: run.json, the report, the baseline and the comparison."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.errors import UsageError
from assistant.evaluation import ablation, baseline
from assistant.evaluation.questions import Item, load_set
from assistant.evaluation.report import report
from assistant.evaluation.run_json import load_run, run_to_json, scored_of
from assistant.evaluation.runner import run_set
from assistant.home import PROJECT
from assistant.service import Service

DEV = PROJECT / "evals" / "questions" / "dev.jsonl"


@pytest.fixture(scope="module")
def few() -> tuple[Item, ...]:
    """Every fortieth question: answerable and not."""
    return load_set(DEV)[::40]


@pytest.fixture(scope="module")
def some_lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("set") / "few.jsonl"
    path.write_text("\n".join(DEV.read_text("utf-8").splitlines()[::40]), "utf-8")
    return path


def test_a_run_is_complete_literal_and_the_same_again(service: Service, few: tuple[Item, ...]) -> None:
    told: list[tuple[int, int]] = []
    first, second = (run_set(service, "few", few, lambda done, total: told.append((done, total))) for _ in range(2))
    assert [result.item for result in first.results] == list(few)
    assert [result.answer.citations for result in first.results] == [result.answer.citations for result in second.results]
    assert told[len(few) - 1] == (len(few), len(few))
    made = run_to_json(first)
    assert made["measures"]["literal_rate"]["value"] == 1.0
    assert scored_of(json.loads(json.dumps(made))) == [result.scored for result in first.results]


def test_the_commands_write_report_and_compare(
    service: Service, some_lines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(service.home.root)]
    assert main([*home, "eval", "run", str(some_lines), "--out", str(tmp_path / "one")]) == 0
    shown = capsys.readouterr()
    assert "evidence_recall" in shown.out
    assert "2026-11-22" in shown.err
    assert main([*home, "eval", "run", str(some_lines), "--out", str(tmp_path / "two"), "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"set", "questions", "latency", "measures", "kinds"}
    assert main([*home, "eval", "compare", str(tmp_path / "one"), str(tmp_path / "two")]) == 0
    out = capsys.readouterr().out
    assert "Beter: 0" in out
    assert "Slechter: 0" in out
    page = (tmp_path / "one" / "report.html").read_text("utf-8")
    assert "<svg" in page
    assert not any(outside in page for outside in ("<script", "<link", "src=", "url("))


def test_the_report_escapes_what_was_asked(service: Service, few: tuple[Item, ...]) -> None:
    made = run_to_json(run_set(service, "few", few[:1]))
    made["results"][0] |= {"question": "<script>alert(1)</script>"}
    made["results"][0]["scores"] |= {"recall": 0.0}
    page = report(made)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_everything_on_is_the_run_itself_and_the_rest_is_measured(service: Service, few: tuple[Item, ...]) -> None:
    told: list[str] = []
    fewer = few[::4]
    made = dict(ablation.ablate(service, fewer, told.append))
    run = run_to_json(run_set(service, "few", fewer))
    assert made["alles"]["evidence_recall"].value == pytest.approx(run["measures"]["evidence_recall"]["value"], abs=1e-4)
    assert {"zoeken zonder words", "zonder begrippenlijst", "zonder vragen van de beheerder"} <= set(made)
    assert told == list(made)


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "niet te lezen"), ("", "geen vragen"), ("{}\n", "regel 1"), ('{"id": "a"}\n[', "regel 1"), ("\n5\n", "regel 2")],
)
def test_a_set_that_cannot_be_used_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, said: str
) -> None:
    path = tmp_path / "set.jsonl"
    if content is not None:
        path.write_text(content, "utf-8")
    assert main(["eval", "run", str(path)]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert said in err


def test_a_file_that_is_no_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("[]", "utf-8")
    for path in (tmp_path, tmp_path / "run.json", tmp_path / "nothing"):
        with pytest.raises(UsageError):
            load_run(path)


def test_the_baseline_is_of_dev_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "run", "test", "--write-baseline"]) == 2
    assert "dev" in capsys.readouterr().err


def test_a_baseline_comes_back_as_it_was_written(service: Service, few: tuple[Item, ...], tmp_path: Path) -> None:
    run = run_to_json(run_set(service, "few", few))
    path = tmp_path / "baseline.json"
    path.write_text(baseline.baseline_to_text(baseline.baseline_of(run)), "utf-8")
    rows = baseline.load_baseline(path)
    assert [row.id for row in rows] == [item.id for item in few]
    assert baseline.drops(rows, scored_of(run)) == []
    path.write_text("{}", "utf-8")
    with pytest.raises(UsageError):
        baseline.load_baseline(path)
