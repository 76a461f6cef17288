"""What stands before a question and before a passage for each family of models: data, not code branches.

A pattern is matched against the end of the model's name, so that a local copy in ".../multilingual-e5-small" is known
as well. The first match holds. Sources: the model cards of intfloat ("Do I need to add the prefix ... ? Yes"), of
clips/e5-*-trm-nl (trained with the same two prefixes), and of BAAI/bge-m3 ("no instruction is needed").
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Prefixes:
    """The texts that stand before every question and every passage."""

    query: str = ""
    passage: str = ""


_E5_INSTRUCT = "Instruct: Given a question, retrieve passages that answer it\nQuery: "

KNOWN: tuple[tuple[str, Prefixes], ...] = (
    ("*e5-*-instruct", Prefixes(query=_E5_INSTRUCT)),
    ("*multilingual-e5-*", Prefixes("query: ", "passage: ")),
    ("*e5-*-trm*", Prefixes("query: ", "passage: ")),
    ("*e5-*-t2t*", Prefixes("query: ", "passage: ")),
    ("*e5-small*", Prefixes("query: ", "passage: ")),
    ("*e5-base*", Prefixes("query: ", "passage: ")),
    ("*e5-large*", Prefixes("query: ", "passage: ")),
    ("*bge-m3*", Prefixes()),
)

_QUERY_PROMPTS = ("query", "question", "search_query")
_PASSAGE_PROMPTS = ("document", "passage", "corpus", "search_document")


def prefixes_for(name: str, folder: Path | None, query: str | None, passage: str | None) -> Prefixes:
    """The prefixes of a model: what the operator set, else the model's own prompts, else the table, else none."""
    found = _own_prompts(folder) or _from_table(name) or Prefixes()
    return Prefixes(
        query=found.query if query is None else query,
        passage=found.passage if passage is None else passage,
    )


def _from_table(name: str) -> Prefixes | None:
    lowered = name.rstrip("/").lower()
    return next((prefixes for pattern, prefixes in KNOWN if fnmatch(lowered, pattern)), None)


def _own_prompts(folder: Path | None) -> Prefixes | None:
    """The prompts in the model's own configuration; empty ones say nothing (every new model is saved with those)."""
    path = folder / "config_sentence_transformers.json" if folder else None
    if path is None or not path.is_file():
        return None
    prompts = json.loads(path.read_text("utf-8")).get("prompts") or {}
    own = Prefixes(_first(prompts, _QUERY_PROMPTS), _first(prompts, _PASSAGE_PROMPTS))
    return own if own != Prefixes() else None


def _first(prompts: dict[str, str], names: tuple[str, ...]) -> str:
    return next((prompts[name] for name in names if prompts.get(name)), "")
