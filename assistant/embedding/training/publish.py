"""Writes a trained model in the sentence-transformers format, one byte a number, with its model card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.settings import SHIPPED_EMBEDDER

_MODULE = "0_StaticEmbedding"
_MODULE_TYPE = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the model card says about a run."""

    date: str
    command: str
    teacher: str
    taught: int
    plan: Mapping[str, float]
    data: Mapping[str, int]
    scores: Mapping[str, Mapping[str, float]]


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Each row as whole numbers of -127..127 and the number to multiply it by; the error is at most half a step."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12) / 127
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def write_model(folder: Path, tokenizer: Any, vectors: NDArray[np.float32]) -> None:
    """Writes the model's files; sentence-transformers >= 6.2 and assistant.embedding.static can both load them."""
    from safetensors.numpy import save_file

    module = folder / _MODULE
    module.mkdir(parents=True, exist_ok=True)
    rows, scales = quantise(vectors)
    save_file({"embeddings": rows, "weights": scales}, module / "model.safetensors")
    tokenizer.save(str(module / "tokenizer.json"), pretty=False)
    _write_json(folder / "modules.json", [{"idx": 0, "name": "0", "path": _MODULE, "type": _MODULE_TYPE}])
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "__version__": {"sentence_transformers": version("sentence-transformers")},
            "default_prompt_name": None,
            "model_type": "SentenceTransformer",
            "prompts": {"document": "", "query": ""},
            "similarity_fn_name": "cosine",
        },
    )


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", "utf-8")


def write_card(folder: Path, shape: tuple[int, ...], provenance: Provenance) -> None:
    """Writes the model card, README.md, beside the model of ``shape`` (pieces, dimension)."""
    (folder / "README.md").write_text(_card(provenance, shape), "utf-8")


def _card(provenance: Provenance, shape: tuple[int, ...]) -> str:
    scores = "\n".join(
        f"| {name} | {row['grams']:.3f} | {row['dense']:.3f} | {row['fused']:.3f} |"
        for name, row in provenance.scores.items()
    )
    plan = ", ".join(f"{name} {value:g}" for name, value in provenance.plan.items())
    lessons = _LESSONS.format(teacher=provenance.teacher, taught=f"{provenance.taught:,}") if provenance.teacher else ""
    data = "\n".join(f"| {name} | {count:,} |" for name, count in provenance.data.items())
    return _CARD.format(
        name=SHIPPED_EMBEDDER,
        pieces=f"{shape[0]:,}",
        dimension=shape[1],
        date=provenance.date,
        command=provenance.command,
        plan=plan,
        lessons=lessons,
        data=data,
        scores=scores,
    )


_LESSONS = """
Of {taught} Dutch texts (sentences of the same sources, questions, the words of a list of 21,000 Dutch words with their
English, written for this project) it also learned where {teacher} places their word-by-word English. That model is
needed for training only.
"""

_CARD = """---
language: nl
license: apache-2.0
library_name: sentence-transformers
pipeline_tag: sentence-similarity
---
# {name}

A small static embedder for Dutch rules and the questions people ask about them: {pieces} sub-word pieces, each with
a vector of {dimension} numbers; a text is the mean of its pieces. No prefixes. Made to run anywhere in well under a
millisecond a question, not to compete with a transformer: use it beside lexical search.

- **Made on** {date}, with `{command}`; the seed fixes the
  rest, given the same data, library versions and number of threads.
- **Plan:** {plan}.
- **Format:** `embeddings` (int8) times `weights` (one float32 a piece), which sentence-transformers 6.2 and later read.

## Trained on

| source | pairs |
| --- | ---: |
{data}
{lessons}
Laws, decrees and regulations of the Netherlands as of May 2017 (statengeneraal/laws-markdown, public domain), modern
government prose (MinBZK, VNG, ICTU, developer-overheid-nl, minvws; EUPL-1.2, Apache-2.0, CC BY 4.0), question frames and
lay questions written for this project. None of the text is part of the model's folder, and none of the two documents
that Regelwijzer answers from was trained on.

## Scores (nDCG@10)

| set | character 4/5-grams alone | this model alone | both |
| --- | ---: | ---: | ---: |
{scores}

covid-faq-nl: government questions in lay words (EUPL-1.2, minvws). Lay questions: among all articles of the laws asked
about. Statute headings: the last heading of a chain, to be matched with its articles, in laws kept out of training.
"Both" adds the standardised scores, this model's at the plan's weight. It adds little to character grams on lay
questions: read the table before leaning on it.

## Limits

It knows no word order and no negation. It learned from law text, so everyday words are its weak side. Current law may differ
from what it saw: it must never be used to answer, only to find.
"""
