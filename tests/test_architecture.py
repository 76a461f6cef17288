"""The shape of the package: rooms import only downwards, no cycles, and nothing grows too large to read."""

from __future__ import annotations

import ast
import statistics
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from assistant.home import PROJECT

PACKAGE = PROJECT / "assistant"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION, MOST_PARAMETERS, USUAL_MODULE = 400, 50, 6, 120


def name_of(path: Path) -> str:
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


TREES = {name_of(path): ast.parse(path.read_text("utf-8")) for path in MODULES}
LENGTHS = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}


def test_rooms_import_only_downwards(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The contract of pyproject.toml, which also says which rooms there are."""
    from importlinter.application.use_cases import SUCCESS, lint_imports
    from importlinter.cli import configuration

    monkeypatch.chdir(PROJECT)
    configuration.configure()
    assert lint_imports(cache_dir=str(tmp_path)) == SUCCESS


def test_every_room_has_its_place_in_the_contract() -> None:
    (contract,) = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    placed = {room.strip() for layer in contract["layers"] for room in layer.split("|")}
    rooms = {name for name in TREES if name.count(".") == 1}
    assert rooms == placed
    assert "ignore_imports" not in contract


def _imports(name: str) -> set[str]:
    """The modules of the package that a module imports when it is itself imported."""
    found: set[str] = set()
    for node in _at_import(TREES[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {
                f"{node.module}.{alias.name}" if f"{node.module}.{alias.name}" in TREES else node.module
                for alias in node.names
            }
    return (found & set(TREES)) - {name}


def _at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes that run when the module is imported: not those in functions, nor under TYPE_CHECKING."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        yield from _at_import(node)


def test_no_module_imports_itself_by_a_detour() -> None:
    TopologicalSorter({name: _imports(name) for name in TREES}).prepare()


def test_imports_are_absolute() -> None:
    relative = {
        name for name, tree in TREES.items() for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level
    }
    assert relative == set()


def test_no_module_is_too_long() -> None:
    assert {name: length for name, length in LENGTHS.items() if length >= LONGEST_MODULE} == {}
    assert statistics.median(LENGTHS.values()) < USUAL_MODULE


def _functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name}.{node.name}", node


def test_no_function_is_too_long() -> None:
    lengths = {name: (node.end_lineno or 0) - node.lineno + 1 for name, node in _functions()}
    assert {name: length for name, length in lengths.items() if length >= LONGEST_FUNCTION} == {}


def test_no_function_has_too_many_parameters() -> None:
    def count(arguments: ast.arguments) -> int:
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        return sum(argument.arg not in ("self", "cls") for argument in named)

    assert {name: count(node.args) for name, node in _functions() if count(node.args) > MOST_PARAMETERS} == {}


def test_every_module_says_what_it_is_for() -> None:
    assert {name for name, tree in TREES.items() if not ast.get_docstring(tree)} == set()


def test_only_the_edges_catch_everything() -> None:
    """``except Exception`` may tidy up or translate and then raises; only an edge ends it."""
    swallowed = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    }
    assert swallowed <= {"assistant.cli.root", "assistant.reading.child"}
