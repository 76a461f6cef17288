"""What is loaded when: nothing heavy by the records, and by a question only what answers it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from running import QUESTION

from assistant.home import PROJECT, Home

HEAVY = {
    "torch",
    "transformers",
    "sentence_transformers",
    "sklearn",
    "scipy",
    "pandas",
    "chromadb",
    "gradio",
    "fastapi",
    "langchain",
    "langchain_core",
    "langchain_chroma",
    "langchain_text_splitters",
    "sqlalchemy",
    "docx",
    "lxml",
    "selectolax",
    "pypdf",
    "pypdfium2",
    "fpdf",
    "rich",
    "huggingface_hub",
}
LIBRARIES = HEAVY | {"numpy", "pydantic", "click", "tokenizers", "safetensors", "wordfreq", "rapidfuzz", "httpx", "requests"}


def loaded(program: str) -> set[str]:
    """The top-level modules that are loaded after ``program`` ran in a process of its own."""
    end = "\nimport json, sys; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", program + end], capture_output=True, text=True, cwd=PROJECT, timeout=120)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("module", ["records", "errors", "answer_json", "home", "language.tokens", "language.sentences"])
def test_values_and_rules_load_no_library(module: str) -> None:
    assert not LIBRARIES & loaded(f"import assistant.{module}")


@pytest.mark.parametrize("module", ["settings", "service", "cli", "cli.ask", "cli.index", "cli.serve", "corpus.library"])
def test_assembling_loads_nothing_heavy(module: str) -> None:
    assert not HEAVY & loaded(f"import assistant.{module}")


@pytest.mark.parametrize("arguments", [("ask", QUESTION), ("search", QUESTION), ("index", "status")], ids=" ".join)
def test_a_question_loads_nothing_heavy(built_home: Home, arguments: tuple[str, ...]) -> None:
    program = f"from assistant.cli import main; assert main({['--home', str(built_home.root), *arguments]!r}) == 0"
    assert not HEAVY & loaded(program)


def test_the_web_chat_has_no_stubs_written_beside_gradio() -> None:
    """They cost more than a second of every start, and a library may not be written to."""
    program = (
        "import inspect, sys\n"
        "opened, find = [], inspect.getfile\n"
        "sys.addaudithook(lambda event, args: event == 'open' and opened.append(str(args[0])))\n"
        "from assistant.web.quick_gradio import gr\n"
        "assert inspect.getfile is find\n"
        "assert not [path for path in opened if path.endswith('.pyi')]"
    )
    assert "gradio" in loaded(program)
