"""The documentation is true: made parts are current, named commands and files exist, packages are declared and pinned."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import click
import pytest
import readme_blocks
from readme_blocks import README

from assistant import __version__
from assistant.cli.doctor import pinned
from assistant.home import PROJECT, Home
from assistant.records import Status
from assistant.settings import Settings
from assistant.web.words import STATUSES

PAGES = sorted(
    path
    for pattern in ("*.md", "corpus/**/*.md", "evals/**/*.md", "index/*.md", "tests/**/*.md")
    for path in PROJECT.glob(pattern)
    if "runs" not in path.parts
)
COMMANDS = {path: context.command for path, context in readme_blocks.commands()}
_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)")
_CALL = re.compile(r"regelwijzer((?: [^`|\n]*)?)")


def test_the_made_parts_of_the_readme_are_up_to_date(built_home: Home, tmp_path: Path) -> None:
    copy = tmp_path / "README.md"
    copy.write_text(README.read_text("utf-8"), "utf-8")
    readme_blocks.write(copy, built_home)
    assert copy.read_text("utf-8") == README.read_text("utf-8"), "make docs brings README.md up to date"


def test_a_stale_part_is_seen(built_home: Home) -> None:
    stale = "<!-- made: settings -->\n| `web.gone` | `1` | weg |\n<!-- end -->\n"
    assert "web.gone" not in readme_blocks.made(stale, built_home)


def test_every_setting_stands_in_the_readme() -> None:
    text = README.read_text("utf-8")
    names = [f"{section}.{name}" for section, table in Settings().model_dump().items() for name in table]
    assert [name for name in names if f"| `{name}` |" not in text] == []


def test_the_states_of_an_answer_are_named_as_the_web_chat_names_them() -> None:
    table = README.read_text("utf-8").partition("| u ziet | dat betekent |")[2].partition("\n\n")[0]
    named = re.findall(r"^\| ([^|-][^|]*?) \|", table, flags=re.MULTILINE)
    assert len(named) >= len(Status)
    assert [name for name in named if name not in {look.title for look in STATUSES.values()}] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_links_between_files_lead_somewhere(page: Path) -> None:
    assert [link for link in _LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_commands_in_the_documentation_exist(page: Path) -> None:
    wrong = []
    for call in _CALL.findall(_without_made(page.read_text("utf-8"))):
        path = _command(call.split())
        if path is None:
            continue
        options = {option for param in COMMANDS[path].params for option in param.opts} | {"--help", "--home"}
        wrong += [f"{' '.join(path)} {word}" for word in re.findall(r"(?<=\s)--[a-z-]+", call) if word not in options]
        words = call.split()[len(path) - 1 :]
        if isinstance(COMMANDS[path], click.Group) and words and re.fullmatch(r"[a-z]+", words[0]):
            wrong.append(f"{' '.join(path)} {words[0]}")
    assert wrong == []


def _command(words: list[str]) -> tuple[str, ...] | None:
    """The command that a line calls, as far as its words name one; None for prose about the program."""
    path: tuple[str, ...] = ("regelwijzer",)
    for word in words:
        if (*path, word) not in COMMANDS:
            break
        path = (*path, word)
    return path if len(path) > 1 else None


def _without_made(text: str) -> str:
    return re.sub(r"<!-- made: \w+ -->.*?<!-- end -->", "", text, flags=re.DOTALL)


def test_the_changelog_tells_of_this_version() -> None:
    assert f"\n## {__version__} " in (PROJECT / "CHANGELOG.md").read_text("utf-8")


def test_every_package_is_pinned_and_torch_to_the_named_version() -> None:
    pins = pinned(PROJECT / "constraints.txt")
    assert [name for name in _declared() if name not in pins] == []
    assert pins["torch"] == "2.13.0"


def test_constraints_are_names_and_versions_alone() -> None:
    lines = (PROJECT / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*", line)] == []


def test_what_is_imported_is_declared() -> None:
    offered = metadata.packages_distributions()
    declared = _declared()
    imported = {name for path in (PROJECT / "assistant").rglob("*.py") for name in _imports(path)} - {"assistant"}
    missing = {
        name: offered.get(name, [])
        for name in imported - sys.stdlib_module_names
        if not declared & {_normal(found) for found in offered.get(name, [])}
    }
    assert missing == {}


def _imports(path: Path) -> set[str]:
    """The top-level modules that a file imports, wherever in the file."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.partition(".")[0])
    return names


def _declared() -> set[str]:
    """Every package that pyproject.toml asks for, extras included."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    names = (re.match(r"[A-Za-z0-9._-]+", line) for entries in lists for line in entries)
    return {_normal(found.group()) for found in names if found}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
