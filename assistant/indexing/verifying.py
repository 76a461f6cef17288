"""The checks that a generation must pass before anyone answers from it. Run in a child process."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np

from assistant.errors import IndexUnusableError
from assistant.indexing.chroma_store import EMBEDDED, ChromaTroubleError, Collection, Place
from assistant.indexing.contents import CHROMA, Contents
from assistant.indexing.files import tree_files
from assistant.indexing.generations import BUILDING
from assistant.indexing.manifest import Manifest, check_files, read_manifest
from assistant.indexing.texts import is_literal
from assistant.indexing.worker import Outcome
from assistant.language.tokens import grams, terms

Progress = Callable[[int, int], None]
_NEAR = 1e-4  # cosine distance at which a vector counts as found again: float32 rounding is some 1e-7
_MAX_UNREACHED = 0.2  # beyond this share the graph is not worth having
_BATCH = 1000
_SAMPLES = 50


def check_generation(folder: Path, scratch: Path, address: str, progress: Progress) -> Outcome:
    """Everything that is wrong with the generation in ``folder``; without problems it may be used.

    ``scratch`` is a folder for a private copy of Chroma (made and removed here); ``address`` that of a Chroma server.
    """
    try:
        manifest = read_manifest(folder)
        check_files(folder, manifest, thorough=True)
        contents = Contents(folder)
        problems = _check_contents(contents, manifest)
    except IndexUnusableError as error:
        return Outcome((error.message.rstrip("."),))
    try:
        unreached = _check_chroma(contents, _place(folder, manifest, scratch, address), progress)
        # While it is being built the manifest lists none yet; later, only those that it lists may be unreached.
        built = not folder.name.startswith(BUILDING)
        if built and (more := set(unreached) - set(manifest.unreached)):
            problems.append(f"Chroma vindt de vector van {len(more)} passages niet terug")
    except ChromaTroubleError as error:
        return Outcome((*problems, f"Chroma is niet te gebruiken ({error})"))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Outcome(tuple(problems), tuple(unreached))


def _check_contents(contents: Contents, manifest: Manifest) -> list[str]:
    problems = _check_records(contents) + contents.words.problems() + contents.grams.problems()
    problems += contents.asked.index.problems()
    if len(contents.passages) != manifest.counts["passages"] or contents.matrix.shape[1] != manifest.embedder.dimension:
        problems.append("de aantallen in het manifest kloppen niet")
    return problems + _check_vectors(contents) + _ask_samples(contents)


def _place(folder: Path, manifest: Manifest, scratch: Path, address: str) -> Place:
    if manifest.chroma == EMBEDDED:
        for path in tree_files(
            folder / CHROMA
        ):  # without its rights: Chroma writes, also in a copy of what may only be read
            target = scratch / path.relative_to(folder / CHROMA)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        return Place(manifest.collection, scratch)
    if not address:
        raise ChromaTroubleError("de vectoren staan op een Chroma-server, maar index.chroma noemt geen adres")
    return Place(manifest.collection, address=address)


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
        for index, tokens in ((contents.words, terms(text)), (contents.grams, grams(text))):
            if tokens and not index.scores(dict.fromkeys(tokens, 1.0))[row] > 0:
                problems.append(f"passage {passage.id} is met haar eigen woorden niet te vinden")
    return problems


def _check_chroma(contents: Contents, place: Place, progress: Progress) -> list[int]:
    """The rows whose own vector a search does not find. Raises ChromaTroubleError when one is missing or altered."""
    collection = Collection.open(place)
    try:
        count = collection.count()
        if count != len(contents.passages):
            raise ChromaTroubleError(f"er zijn {count} vectoren, verwacht {len(contents.passages)}")
        rows = np.flatnonzero(np.linalg.norm(contents.matrix, axis=1) > 0)
        unreached: list[int] = []
        for start in range(0, len(rows), _BATCH):
            part = rows[start : start + _BATCH]
            found = collection.nearest(contents.matrix[part], 1)
            unreached += [int(row) for row, near in zip(part, found, strict=True) if not _is_found(contents, near)]
            progress(min(start + _BATCH, len(rows)), len(rows))
        if len(unreached) > _MAX_UNREACHED * len(rows):
            raise ChromaTroubleError(f"van {len(unreached)} passages is de vector niet terug te vinden")
        _check_stored(collection, contents, unreached)
        return unreached
    finally:
        collection.close()


def _is_found(contents: Contents, near: list[tuple[str, float]]) -> bool:
    return any(distance < _NEAR and name in contents.row_of for name, distance in near)


def _check_stored(collection: Collection, contents: Contents, rows: list[int]) -> None:
    names = [contents.passage_ids[row] for row in rows]
    stored = collection.stored(names) if names else {}
    for row, name in zip(rows, names, strict=True):
        if name not in stored or not np.allclose(stored[name], contents.matrix[row], atol=_NEAR):
            raise ChromaTroubleError(f"de vector van passage {name} ontbreekt of is veranderd")
