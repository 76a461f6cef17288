"""The root of the command line: help in Dutch, wrong use in one line, and nothing technical without --debug."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from running import Run, environment

from assistant import __version__
from assistant.cli import main
from assistant.cli.root import Context, root
from assistant.errors import StorageError
from assistant.home import Home

ENGLISH = re.compile(r"\b(Usage|Options|Commands|Show|Error|Try|exit|default|the|this|and|required|help for|Missing)\b")


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield (*path, name)
        if isinstance(found, click.Group):
            yield from _commands(found, (*path, name))


COMMANDS = [(), *_commands(root)]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("asked", ["--help", "-h"])
def test_every_help_page_is_dutch_throughout(run: Run, path: tuple[str, ...], asked: str) -> None:
    result = run(*path, asked)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Gebruik: {' '.join(('regelwijzer', *path))} [OPTIES]")
    assert not ENGLISH.search(result.out)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_option_has_a_line_of_help(path: tuple[str, ...]) -> None:
    found: click.Command = root
    for name in path:
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), name) or found
    assert found.help
    assert [param.name for param in found.params if isinstance(param, click.Option) and not param.help] == []


def test_the_commands_of_the_contract_are_there() -> None:
    assert {("ask",), ("search",), ("serve",), ("doctor",)} <= set(COMMANDS)
    assert {("corpus", name) for name in "list show text add check publish retire diff".split()} <= set(COMMANDS)
    assert {("index", name) for name in "build status verify rollback".split()} <= set(COMMANDS)
    assert {("eval", name) for name in "run retrieval compare".split()} <= set(COMMANDS)


def test_the_version(run: Run) -> None:
    result = run("--version")
    assert (result.code, result.out, result.err) == (0, f"regelwijzer {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["onzin"], "Dat commando bestaat niet."),
        (["index", "onzin"], "Zie 'regelwijzer index --help'."),
        (["--onzin"], "--onzin"),
        (["ask", "--onzin", "vraag"], "--onzin"),
        (["ask", "een", "twee"], "tussen aanhalingstekens. Zie 'regelwijzer ask --help'."),
        (["ask", "vraag", "--as-of", ""], "'' is geen datum."),
        (["--home", "", "ask", "vraag"], "--home is leeg."),
        (["--home", "~niemand-met-deze-naam/x", "ask", "vraag"], "~niemand-met-deze-naam"),
        (["ask", "--history"], "Zo kan het commando niet worden gebruikt."),
        (["search"], "VRAAG"),
        (["search", "vraag", "--top", "nul"], "--top"),
        (["search", "vraag", "--top", "0"], "--top"),
        (["search", "vraag", "--top", "-1"], "--top"),
        (["search", "vraag", "--as-of", "morgen"], "'morgen' is geen datum."),
        (["serve", "--port", "99999"], "--port"),
        (["corpus", "show"], "ID"),
    ],
)
def test_wrong_use_is_one_dutch_line_and_exit_code_2(run: Run, arguments: list[str], part: str) -> None:
    line = run(*arguments).error(2)
    assert part in line
    assert not ENGLISH.search(line)


@pytest.mark.parametrize("arguments", [[], ["index"], ["corpus"], ["eval"]])
def test_a_command_that_is_not_finished_explains_itself(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    code = main(arguments)
    out, err = capfd.readouterr()
    assert (code, err) == (2, "")
    assert "Commando's:" in out


class TestErrors:
    """What happens when the product itself fails; the failures are made in the place where settings are read."""

    def fail(self, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
        def broken(home: Path) -> None:
            raise error

        monkeypatch.setattr("assistant.cli.root.load_settings", broken)

    def test_an_error_of_ours_keeps_its_exit_code(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fail(monkeypatch, StorageError("x", "De schijf\nis vol.", "Maak ruimte."))
        assert run("ask", "vraag").error(1) == "Fout: De schijf is vol. Maak ruimte."

    @pytest.mark.parametrize("error", [ValueError("geheim"), OSError(28, "geheim"), RecursionError("geheim"), MemoryError()])
    def test_what_no_one_foresaw_is_one_line(self, run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
        self.fail(monkeypatch, error)
        line = run("ask", "vraag").error(1)
        assert type(error).__name__ in line
        assert "--debug" in line
        assert "geheim" not in line

    def test_ctrl_c(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fail(monkeypatch, KeyboardInterrupt())
        result = run("ask", "vraag")
        assert (result.code, result.out) == (130, "")
        assert "Gestopt." in result.err

    @pytest.mark.parametrize(
        "arguments", [["--debug", "ask", "vraag"], ["ask", "vraag", "--debug"], ["ask", "--debug", "vraag"]]
    )
    def test_debug_shows_the_traceback(
        self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], arguments: list[str]
    ) -> None:
        self.fail(monkeypatch, ValueError("de oorzaak"))
        assert main(arguments) == 1
        err = capfd.readouterr().err
        assert "Traceback" in err
        assert "de oorzaak" in err
        assert err.splitlines()[-1].startswith("Fout: ")

    def test_what_the_system_refuses_is_told_in_dutch(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fail(monkeypatch, OSError(28, "No space left on device"))
        assert "de schijf is vol" in run("ask", "vraag").error(1)

    def test_debug_after_two_dashes_is_a_question(self, run: Run) -> None:
        assert run("ask", "--json", "--", "--debug").json["question"] == "--debug"


def test_doctor_says_of_the_index_what_a_question_would_be_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "✓ Index: " in run("doctor").out
    monkeypatch.setenv("REGELWIJZER_INDEX__QUERY_PREFIX", "vraag: ")
    told = run("ask", "Wat is een casemanager?").error(3).removeprefix("Fout: ")
    assert f"! Index: {told}" in run("doctor").out.splitlines()


class TestHome:
    def test_the_option_goes_before_the_environment(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("REGELWIJZER_HOME", str(tmp_path / "ander"))
        assert Home.find(tmp_path).root == tmp_path
        assert Home.find().root == tmp_path / "ander"

    def test_a_home_that_is_not_there_is_not_made(self, tmp_path: Path, command: Callable[..., Run]) -> None:
        home = Home(tmp_path / "nergens")
        assert "catalogus" in command(home)("ask", "vraag").error(3)
        assert not home.root.exists()

    def test_settings_and_service_are_made_when_they_are_first_used(self, tmp_path: Path) -> None:
        (tmp_path / "regelwijzer.toml").write_text("kapot", "utf-8")
        assert Context(Home(tmp_path)).debug is False

    def test_a_broken_settings_file_is_told_with_its_name(self, tmp_path: Path, command: Callable[..., Run]) -> None:
        (tmp_path / "regelwijzer.toml").write_text("kapot", "utf-8")
        line = command(Home(tmp_path))("ask", "vraag").error(2)
        assert "regelwijzer.toml, regel 1: " in line
        assert not ENGLISH.search(line)


def test_debug_lets_no_library_write_its_own_log(process: Run) -> None:
    """Those of language models would write whole questions."""
    program = (
        "import logging; from assistant.cli import main; main(['--debug', '--version'])\n"
        "logging.getLogger('openai._base_client').debug('mijn moeder')\n"
        "logging.getLogger('assistant.indexing').debug('eigen')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment())
    assert "eigen" in done.stderr
    assert "moeder" not in done.stderr


def test_output_is_utf8_whatever_the_terminal_says(process: Run) -> None:
    result = process("ask", "--json", "Wat is een casemanager?", env=environment(PYTHONIOENCODING="ascii", LC_ALL="C"))
    assert result.code == 0
    assert json.loads(result.out)["schema"] == "answer/1"
