"""The parts of README.md that are made from the product itself: settings, help texts, examples, published figures.

    python tests/readme_blocks.py        writes them anew (also: make docs)

`tests/test_docs.py` fails when a part in the README is not what this makes.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from assistant.cli import main
from assistant.cli.root import root
from assistant.home import PROJECT, Home
from assistant.settings import Settings

README = PROJECT / "README.md"
RESULTS = PROJECT / "evals" / "results"
EXAMPLES = ("Wie mag casemanagement dementie indiceren?", "Hoeveel bedraagt het tarief voor ketenzorg dementie?")
DAY = "2026-11-22"
_BLOCK = re.compile(r"(<!-- made: (?P<name>\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_WIDTH = 100


def made(readme: str, home: Home) -> str:
    """The README with every marked part made anew; the examples are asked of the index of ``home``."""
    makers: dict[str, Callable[[], str]] = {
        "settings": settings,
        "help": help_texts,
        "examples": lambda: examples(home),
        "measured": measured,
    }
    return _BLOCK.sub(lambda found: f"{found[1]}{makers[found['name']]()}\n{found[3]}", readme)


def settings() -> str:
    """A table of every setting: name, default and meaning."""
    lines = ["| setting | default | meaning |", "| --- | --- | --- |"]
    for section, table in Settings().model_dump().items():
        fields = type(getattr(Settings(), section)).model_fields
        for name in table:
            lines.append(f"| `{section}.{name}` | {_default(fields[name].default)} | {fields[name].description} |")
    return "\n".join(lines)


def _default(value: object) -> str:
    return "(empty)" if value in (None, "") else f"`{value}`"


def help_texts() -> str:
    """The help page of every command, as a terminal shows it."""
    pages = [f"$ {' '.join(path)} --help\n{context.get_help()}" for path, context in commands()]
    return "```text\n" + "\n\n".join(pages) + "\n```"


def commands() -> Iterator[tuple[tuple[str, ...], click.Context]]:
    """Every command with its context, groups before their members."""
    widths = {"terminal_width": _WIDTH, "max_content_width": _WIDTH}
    top = root.context_class(root, info_name="regelwijzer", **widths, **root.context_settings)
    yield from _below(top, ("regelwijzer",))


def _below(context: click.Context, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Context]]:
    yield path, context
    group = context.command
    if isinstance(group, click.Group):
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            yield from _below(command.context_class(command, info_name=name, parent=context), (*path, name))


def examples(home: Home) -> str:
    """Questions on the command line with what it answers."""
    return "```text\n" + "\n\n".join(_asked(home, question) for question in EXAMPLES) + "\n```"


def _asked(home: Home, question: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main(["--home", str(home.root), "ask", "--as-of", DAY, question])
    assert code == 0, question
    return f'$ regelwijzer ask "{question}"\n{out.getvalue().strip()}'


def measured() -> str:
    """What stands above the first subheading of every published result, with its title a level lower each."""
    return "\n\n".join(_result(path) for path in sorted(RESULTS.glob("*.md")) if path.name != "README.md")


def _result(path: Path) -> str:
    title, _, rest = path.read_text("utf-8").removeprefix("# ").partition("\n")
    first, more, _ = rest.partition("\n## ")
    link = path.relative_to(PROJECT).as_posix()
    return f"### {title}\n\n{first.strip()}" + (f"\n\nMore: [{link}]({link})" if more else "")


def write(path: Path, home: Home) -> None:
    """Brings the made parts of the file up to date."""
    path.write_text(made(path.read_text("utf-8"), home), "utf-8")


if __name__ == "__main__":
    write(README, Home.find())
