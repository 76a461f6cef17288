"""One contract for exact search and for Chroma, and what happens when Chroma fails."""

from __future__ import annotations

import gc
import logging
import os
import threading
from pathlib import Path

import httpx
import numpy as np
import pytest
from chromadb.errors import InternalError, NotFoundError
from index_material import HashedWords

from assistant.indexing import Generation, OpenOptions, open_current
from assistant.indexing.chroma_store import ChromaTroubleError, Collection, Place, PrivateCopy, chroma_trouble
from assistant.indexing.files import sha256, tree_files
from assistant.indexing.vectors import ChromaEngine, VectorIndex

ENGINES = {"chroma": OpenOptions(), "exact": OpenOptions(exact_until=10**6)}
QUESTION = "wie mag casemanagement dementie indiceren"


def embed(text: str) -> np.ndarray:  # type: ignore[type-arg]
    return HashedWords().embed_queries([text])[0]


@pytest.fixture(params=ENGINES)
def opened(request: pytest.FixtureRequest, two_built: Path):  # type: ignore[no-untyped-def]
    with open_current(two_built, options=ENGINES[request.param]) as found:
        found.vectors.search(embed(QUESTION), 1)
        assert found.vectors.engine == request.param
        yield found


def test_every_vector_finds_itself(opened: Generation) -> None:
    for row, vector in enumerate(opened.vectors.matrix):
        found, similarity = opened.vectors.search(vector, 1)[0]
        assert found == row
        assert similarity == pytest.approx(1, abs=1e-5)


def test_results_are_the_nearest_in_order(opened: Generation) -> None:
    similar = opened.vectors.matrix @ embed(QUESTION)
    found = opened.vectors.search(embed(QUESTION), 10)
    assert [row for row, _ in found] == np.argsort(-similar, kind="stable")[:10].tolist()
    np.testing.assert_allclose([value for _, value in found], np.sort(similar)[::-1][:10], atol=1e-5)
    rows = [row for row, _ in found]
    np.testing.assert_allclose(opened.vectors.similarities(embed(QUESTION), rows), similar[rows], atol=1e-5)


def test_edges(opened: Generation) -> None:
    vectors = opened.vectors
    assert len(vectors.search(embed(QUESTION), 10**4)) == len(vectors)
    assert vectors.search(embed(QUESTION), 0) == []
    assert vectors.search(np.zeros(64, np.float32), 5) == []
    assert vectors.search(np.full(64, np.nan, np.float32), 5) == []
    assert [row for row, _ in vectors.search(embed(QUESTION) * 100, 5)] == [
        row for row, _ in vectors.search(embed(QUESTION), 5)
    ]
    assert vectors.similarities(np.zeros(64, np.float32), [1, 2]).tolist() == [0, 0]
    assert vectors.similarities(embed(QUESTION), []).tolist() == []
    with pytest.raises(ValueError, match="3 dimensions"):
        vectors.search(np.ones(3, np.float32), 5)


def test_many_threads_get_the_same_answer(two_built: Path) -> None:
    with open_current(two_built) as found:
        expected = found.vectors.matrix @ embed(QUESTION)
        answers: list[list[tuple[int, float]]] = []
        ask = [threading.Thread(target=lambda: answers.append(found.vectors.search(embed(QUESTION), 5))) for _ in range(8)]
        for thread in ask:
            thread.start()
        for thread in ask:
            thread.join()
        assert found.vectors.engine == "chroma"
    assert len(answers) == 8
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][0][0] == int(np.argmax(expected))


def test_chroma_is_opened_late_and_in_a_private_copy(two: Path, own_temporary_folder: Path) -> None:
    before = {path: sha256(path) for path in tree_files(two)}
    found = open_current(two)
    assert found.vectors.engine == "unopened"
    assert not list(own_temporary_folder.iterdir())
    found.vectors.search(embed(QUESTION), 3)
    copies = list(own_temporary_folder.glob("regelwijzer-chroma-*/chroma/chroma.sqlite3"))
    assert len(copies) == 1
    found.close()
    assert not list(own_temporary_folder.iterdir())
    assert {path: sha256(path) for path in tree_files(two)} == before
    assert found.vectors.search(embed(QUESTION), 1)[0][0] == 0  # a closed index still answers, exactly


def test_the_copy_of_a_reader_that_was_killed_is_removed(two: Path, own_temporary_folder: Path) -> None:
    dead = own_temporary_folder / "regelwijzer-chroma-dead"
    (dead / "chroma").mkdir(parents=True)
    (dead / "lock").touch()
    with open_current(two) as living, open_current(two) as other:
        living.vectors.search(embed(QUESTION), 1)
        assert not dead.exists()
        other.vectors.search(embed(QUESTION), 1)
        assert len(list(own_temporary_folder.iterdir())) == 2  # the other's copy is in use, and stayed


def test_a_copy_that_nobody_closed_goes_with_its_owner(two: Path, own_temporary_folder: Path) -> None:
    copy = PrivateCopy(two, {})
    assert list(own_temporary_folder.iterdir())
    del copy
    gc.collect()
    assert not list(own_temporary_folder.iterdir())


def chroma_files(folder: Path, name: str) -> list[Path]:
    return [path for path in tree_files(folder / "generations" / name) if "chroma" in path.parts and path.stat().st_size]


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_when_chroma_cannot_be_opened_exact_search_answers(two: Path, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    with open_current(two) as found:
        expected = np.argsort(-(found.vectors.matrix @ embed(QUESTION)), kind="stable")[:4].tolist()
        for path in chroma_files(two, found.name):
            if damage == "gone":
                path.unlink()
            else:
                path.write_bytes(b"\xff" * path.stat().st_size)
        with caplog.at_level(logging.WARNING):
            rows = [row for row, _ in found.vectors.search(embed(QUESTION), 4)]
            found.vectors.search(embed(QUESTION), 4)
        assert rows == expected
        assert found.vectors.engine == "exact"
        assert [notice.code for notice in found.notices] == ["index-exact"]
    assert len([record for record in caplog.records if "Chroma" in record.message]) == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (httpx.ConnectError("All connection attempts failed"), "de server is niet bereikbaar"),
        (httpx.ReadTimeout("timed out"), "de server antwoordt niet op tijd"),
        (OSError(28, "No space left on device"), "de schijf is vol"),
        (NotFoundError("Collection [x] does not exist"), "de vectoren van deze index zijn er niet"),
        (InternalError("database error: disk I/O error"), "Chroma gaf zelf een fout: InternalError"),
        (ChromaTroubleError("eigen woorden"), "eigen woorden"),
    ],
)
def test_what_chroma_says_is_told_in_dutch(error: Exception, said: str) -> None:
    with pytest.raises(ChromaTroubleError) as raised, chroma_trouble():
        raise error
    assert str(raised.value) == said


def test_when_chroma_fails_while_searching_exact_search_answers() -> None:
    class Failing:
        closed = False

        def nearest(self, vector: object, k: int) -> np.ndarray:  # type: ignore[type-arg]
            raise ChromaTroubleError("kapot")

        def close(self) -> None:
            self.closed = True

    engine = Failing()
    index = VectorIndex(np.eye(4, dtype=np.float32), lambda: engine)
    assert index.search(np.eye(4, dtype=np.float32)[2], 2)[0] == (2, 1.0)
    assert engine.closed
    assert index.engine == "exact"


def test_a_row_that_chroma_does_not_lead_to_is_found_all_the_same(tmp_path: Path) -> None:
    matrix = np.eye(8, dtype=np.float32)
    stored = matrix.copy()
    stored[3] = -matrix[3]  # so that no search in Chroma for row 3 ends at row 3
    collection = Collection.create(Place("vectors", tmp_path))
    collection.add([str(row) for row in range(8)], stored, [{"page": 1}] * 8, lambda done: None)
    rows = {str(row): row for row in range(8)}
    without = ChromaEngine(collection, rows, (), lambda: None)
    assert VectorIndex(matrix, lambda: without).search(matrix[3], 1)[0][0] != 3
    knowing = VectorIndex(matrix, lambda: ChromaEngine(collection, rows, (3,), lambda: None))
    assert knowing.search(matrix[3], 1) == [(3, 1.0)]
    assert knowing.search(matrix[5], 2)[0] == (5, 1.0)
    knowing.close()


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="needs /proc")
def test_opening_again_and_again_leaks_nothing(two_built: Path) -> None:
    def once() -> int:
        with open_current(two_built) as found:
            found.vectors.search(embed(QUESTION), 1)
        gc.collect()
        return len(os.listdir("/proc/self/fd"))

    once()
    first = once()
    for _ in range(5):
        last = once()
    assert last <= first + 2
