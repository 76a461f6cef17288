"""The checks that a generation must pass before anyone answers from it. Run in a child process."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexUnusableError
from assistant.indexing.chroma_store import ChromaTroubleError, Collection, Place
from assistant.indexing.contents import CHROMA, Contents
from assistant.indexing.manifest import check_files, read_manifest
from assistant.indexing.texts import is_literal
from assistant.language.tokens import grams, words

Progress = Callable[[int, int], None]
_NEAR = 1e-4  # cosine distance at which a vector counts as found again: float32 rounding is some 1e-7
_WIDE = 50  # how many neighbours are asked for where the nearest one was not near enough
_SAMPLES = 50


def check_generation(folder: Path, scratch: Path, address: str, progress: Progress) -> list[str]:
    """Everything that is wrong with the generation in ``folder``, in Dutch; empty when it may be used.

    ``scratch`` is a folder for a private copy of Chroma (made and removed here); ``address`` that of a Chroma server.
    """
    try:
        manifest = read_manifest(folder)
        check_files(folder, manifest, thorough=True)
        contents = Contents(folder)
        problems = _check_records(contents) + contents.words.problems() + contents.grams.problems()
        if len(contents.passages) != manifest.counts["passages"] or contents.matrix.shape[1] != manifest.embedder.dimension:
            problems.append("de aantallen in het manifest kloppen niet")
        problems += _check_vectors(contents) + _ask_samples(contents)
    except IndexUnusableError as error:
        return [error.message]
    place = Place(manifest.collection, None if manifest.chroma == "server" else scratch, address)
    if place.folder is None and not address:
        return [*problems, "deze index staat op een Chroma-server, maar index.chroma noemt geen adres"]
    try:
        if place.folder is not None:
            shutil.copytree(folder / CHROMA, scratch)
        return problems + _check_chroma(contents, place, progress)
    except ChromaTroubleError as error:
        return [*problems, f"Chroma is niet te gebruiken ({error})"]
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _check_records(contents: Contents) -> list[str]:
    problems = []
    for row, passage in enumerate(contents.passages):
        key = (passage.document, passage.version)
        if passage.id != contents.passage_ids[row] or key != contents.document_keys[int(contents.document_rows[row])]:
            problems.append(f"passage {row} is niet de passage die daar hoort")
        elif not is_literal(passage, contents.documents[key].text):
            problems.append(f"passage {passage.id} staat niet letterlijk in {passage.document}")
    if len(contents.row_of) != len(contents.passages):
        problems.append("twee passages hebben hetzelfde kenmerk")
    _ = contents.sources  # decodes every one
    return problems


def _check_vectors(contents: Contents) -> list[str]:
    lengths = np.linalg.norm(contents.matrix, axis=1)
    if not ((np.abs(lengths - 1) < 1e-3) | (lengths == 0)).all():
        return ["niet elke vector heeft lengte 1"]
    return []


def _ask_samples(contents: Contents) -> list[str]:
    """Questions that must find their own passage: example questions where there are any, else the passage's words."""
    asked = [name for name in contents.questions if any(contents.questions[name])][:_SAMPLES]
    step = max(1, len(contents.passages) // _SAMPLES)
    rows = [*(contents.row_of[name] for name in asked), *range(0, len(contents.passages), step)]
    problems = []
    for row in rows:
        passage = contents.passages[row]
        questions = [text for unit in contents.questions.get(passage.id, ()) for text in unit]
        text = questions[0] if questions else passage.text[:300]
        for index, tokens in ((contents.words, words(text)), (contents.grams, grams(text))):
            if words(text) and not index.scores(dict.fromkeys(tokens, 1.0))[row] > 0:
                problems.append(f"passage {passage.id} is met haar eigen woorden niet te vinden")
    return problems


def _check_chroma(contents: Contents, place: Place, progress: Progress) -> list[str]:
    collection = Collection.open(place)
    try:
        count = collection.count()
        if count != len(contents.passages):
            return [f"Chroma heeft {count} vectoren, verwacht {len(contents.passages)}"]
        rows = np.flatnonzero(np.linalg.norm(contents.matrix, axis=1) > 0)
        lost: list[int] = []
        for start in range(0, len(rows), 1000):
            part = rows[start : start + 1000]
            lost += _not_found(collection, contents, part, 1)
            progress(min(start + 1000, len(rows)), len(rows))
        lost = _not_found(collection, contents, np.array(lost, dtype=np.int64), _WIDE) if lost else []
        return [f"Chroma vindt de vector van {len(lost)} passages niet terug"] if lost else []
    finally:
        collection.close()


def _not_found(collection: Collection, contents: Contents, rows: NDArray[np.int64], k: int) -> list[int]:
    found = collection.nearest(contents.matrix[rows], min(k, len(contents.passages)))
    return [
        int(row)
        for row, near in zip(rows, found, strict=True)
        if not any(distance < _NEAR and name in contents.row_of for name, distance in near)
    ]
