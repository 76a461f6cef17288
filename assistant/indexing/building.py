"""Building a generation: aside, verified, flushed, and only then put in the place of the old one."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.embedding.base import Embedder
from assistant.errors import IndexUnusableError
from assistant.indexing import generations, messages
from assistant.indexing.asked import is_asked_of, write_asked
from assistant.indexing.chroma_store import EMBEDDED, ChromaTroubleError, delete_collections
from assistant.indexing.contents import ASKED, DIGESTS, GRAMS, VECTORS, WORDS, write_contents
from assistant.indexing.files import fsync_tree, load_array, save_array, storage_errors
from assistant.indexing.lexical import LexicalBuilder, gram_keys, word_keys
from assistant.indexing.manifest import NAME, EmbedderStamp, Manifest, check_files, read_manifest, stamp_files
from assistant.indexing.texts import IndexInput, check_material, embedded_text, heading, question_text
from assistant.indexing.worker import Job, helper
from assistant.language.tokens import terms


class Stage(StrEnum):
    """The stages of a build, in order, as the progress callback hears them."""

    EMBED = "embed"
    TERMS = "terms"
    CHROMA = "chroma"
    VERIFY = "verify"


Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build: ``chroma`` is "embedded" or a server's address; ``keep`` generations stay; k1 and b are BM25's."""

    chroma: str = EMBEDDED
    keep: int = 3
    batch: int = 256
    word_k1: float = 1.5
    word_b: float = 0.75
    gram_k1: float = 1.5
    gram_b: float = 0.75

    @property
    def address(self) -> str:
        """The Chroma server's address; empty when Chroma is embedded."""
        return "" if self.chroma == EMBEDDED else self.chroma


@dataclass(frozen=True, slots=True)
class _Build:
    folder: Path  # of the whole index
    building: Path
    name: str
    material: IndexInput
    embedder: Embedder
    options: BuildOptions
    progress: Progress
    counts: dict[str, int] = field(default_factory=dict)

    def collection(self) -> str:
        return f"{_prefix(self.folder)}{self.name}"


def build_generation(
    folder: Path,
    material: IndexInput,
    embedder: Embedder,
    options: BuildOptions | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Builds, verifies and publishes a generation in the index ``folder``, and returns its manifest.

    Until the last step the current generation is untouched; whatever goes wrong (also Ctrl-C) removes what was built so far.
    Raises CorpusError, BusyError, StorageError, ModelError, or IndexUnusableError when verification refuses the result.
    """
    options = options or BuildOptions()
    check_material(material)
    with generations.writer(folder):
        with storage_errors():
            generations.remove_leftovers(folder)
            name = generations.new_name(folder, _seed(material, embedder, options))
        building = generations.generations_folder(folder) / f"{generations.BUILDING}{name}"
        build = _Build(folder, building, name, material, embedder, options, progress or (lambda *_: None))
        with _cleaned_up(build):
            manifest = _build(build)
        generations.publish(folder, building, name)
        generations.prune(folder, options.keep, name)
        _prune_server(folder, options.address)
        return manifest


@contextmanager
def _cleaned_up(build: _Build) -> Iterator[None]:
    try:
        with storage_errors():
            build.building.mkdir()
            yield
    except BaseException:  # also Ctrl-C: nothing half-built may stay behind
        for place in (build.building, _scratch(build)):
            shutil.rmtree(place, ignore_errors=True)
        _prune_server(build.folder, build.options.address)
        raise


def _scratch(build: _Build) -> Path:
    return build.building.with_name(f"{build.building.name}-verify")


def _build(build: _Build) -> Manifest:
    building, options = build.building, build.options
    write_contents(building, build.material)
    _write_vectors(build)
    with helper() as child:
        child.begin(Job("write", str(building), collection=build.collection(), address=options.address))
        _write_terms(build)  # Chroma fills beside us meanwhile
        child.finish(lambda done, total: build.progress(Stage.CHROMA, done, total))
        manifest = _manifest(build)
        _write_manifest(build, manifest)
        child.begin(Job("verify", str(building), scratch=str(_scratch(build)), address=options.address))
        outcome = child.finish(lambda done, total: build.progress(Stage.VERIFY, done, total))
    if outcome.problems:
        raise messages.verification_failed(outcome.problems)
    manifest = replace(manifest, unreached=outcome.unreached)
    _write_manifest(build, manifest)
    fsync_tree(building)
    return manifest


def _manifest(build: _Build) -> Manifest:
    material, options = build.material, build.options
    return Manifest(
        name=build.name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        corpus_hash=material.corpus_hash,
        embedder=EmbedderStamp(build.embedder.name, build.embedder.fingerprint, build.embedder.dimension),
        rules=dict(material.rules),
        counts={
            "sources": len(material.sources),
            "documents": len(material.documents),
            "passages": len(material.passages),
            **build.counts,
        },
        chroma="server" if options.address else EMBEDDED,
        collection=build.collection(),
        files=stamp_files(build.building),
    )


def _write_manifest(build: _Build, manifest: Manifest) -> None:
    with (build.building / NAME).open("w", encoding="utf-8") as file:
        file.write(manifest.to_json())


def _seed(material: IndexInput, embedder: Embedder, options: BuildOptions) -> str:
    parts = (material.corpus_hash, embedder.fingerprint, sorted(material.rules.items()), options)
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _write_terms(build: _Build) -> None:
    options, passages, questions = build.options, build.material.passages, build.material.questions
    word_index = LexicalBuilder(options.word_k1, options.word_b)
    gram_index = LexicalBuilder(options.gram_k1, options.gram_b)
    known: dict[str, int] = {}
    for done, passage in enumerate(passages, start=1):
        parts = [terms(heading(passage)), terms(passage.text), terms(question_text(passage, questions))]
        word_index.add(*(word_keys(part, known) for part in parts))
        gram_index.add(*(gram_keys(part) for part in parts))
        if done % 500 == 0 or done == len(passages):
            build.progress(Stage.TERMS, done, len(passages))
    build.counts["words"] = word_index.write(build.building / WORDS)
    build.counts["grams"] = gram_index.write(build.building / GRAMS)
    build.counts["asked"] = _write_asked(build)


def _write_asked(build: _Build) -> int:
    """Takes over what was learned from the same questions, or learns it; returns the number of rows."""
    earlier = _earlier(build, lambda place, _: is_asked_of(place / ASKED, build.material))
    if earlier is not None:
        place, manifest = earlier
        shutil.copytree(place / ASKED, build.building / ASKED)
        return manifest.counts["asked"]
    return write_asked(build.building / ASKED, build.material)


def _write_vectors(build: _Build) -> None:
    """Takes over the vectors of unchanged texts and embeds the others, each distinct text once."""
    texts = [embedded_text(passage, build.material.questions) for passage in build.material.passages]
    digests = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
    matrix = np.zeros((len(texts), build.embedder.dimension), dtype=np.float32)
    earlier = _earlier_vectors(build)
    rows_of: dict[bytes, list[int]] = {}
    reused = 0
    for row, digest in enumerate(digests):
        if digest in earlier:
            matrix[row] = earlier[digest]
            reused += 1
        else:
            rows_of.setdefault(digest, []).append(row)
    new = list(rows_of.values())
    build.progress(Stage.EMBED, reused, len(texts))
    done = reused
    for start in range(0, len(new), build.options.batch):
        part = new[start : start + build.options.batch]
        vectors = _checked(build.embedder, build.embedder.embed_passages([texts[rows[0]] for rows in part]), len(part))
        for rows, vector in zip(part, vectors, strict=True):
            matrix[rows] = vector
            done += len(rows)
        build.progress(Stage.EMBED, done, len(texts))
    build.counts.update(embedded=len(texts) - reused, reused=reused)
    save_array(build.building / VECTORS, matrix)
    save_array(build.building / DIGESTS, np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(-1, 32))


def _checked(embedder: Embedder, vectors: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    vectors = np.asarray(vectors, dtype=np.float32)
    if vectors.shape != (count, embedder.dimension):
        raise messages.bad_vectors(embedder.name, f"vorm {vectors.shape}, verwacht {(count, embedder.dimension)}")
    lengths = np.linalg.norm(vectors, axis=1)
    if not ((np.abs(lengths - 1) < 1e-3) | (lengths == 0)).all():
        raise messages.bad_vectors(embedder.name, "niet elke vector heeft lengte 1")
    return vectors


def _earlier_vectors(build: _Build) -> Mapping[bytes, NDArray[np.float32]]:
    """The vectors of the newest good generation of the same embedder, by the digest of the text they were made from."""
    stamp = EmbedderStamp(build.embedder.name, build.embedder.fingerprint, build.embedder.dimension)
    earlier = _earlier(build, lambda _, manifest: manifest.embedder == stamp)
    if earlier is None:
        return {}
    digests, matrix = load_array(earlier[0] / DIGESTS, np.uint8), load_array(earlier[0] / VECTORS, np.float32)
    return {digest.tobytes(): matrix[row] for row, digest in enumerate(digests)}


def _earlier(build: _Build, fits: Callable[[Path, Manifest], bool]) -> tuple[Path, Manifest] | None:
    """The newest good generation that ``fits``, with its manifest; a damaged one has nothing to give."""
    for name in generations.names(build.folder):
        place = generations.generations_folder(build.folder) / name
        with suppress(IndexUnusableError, OSError, ValueError):
            manifest = read_manifest(place)
            if fits(place, manifest):  # before the files are checked, which takes longer
                check_files(place, manifest, thorough=True)
                return place, manifest
    return None


def _prefix(folder: Path) -> str:
    return f"rw-{generations.index_id(folder)}-"


def _prune_server(folder: Path, address: str) -> None:
    """Deletes collections on the server that belong to no generation; one that cannot be deleted now goes another time."""
    if not address:
        return
    keep = {f"{_prefix(folder)}{name}" for name in generations.names(folder)}
    try:
        delete_collections(address, _prefix(folder), keep)
    except ChromaTroubleError:
        return
