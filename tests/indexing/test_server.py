"""The same index against a real Chroma server on loopback."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import numpy as np
import pytest
from index_material import HashedWords, material

from assistant.errors import StorageError
from assistant.indexing import BuildOptions, OpenOptions, build_generation, open_current, verify
from assistant.indexing.chroma_store import ChromaTroubleError, Collection, Place

CHROMA = shutil.which("chroma", path=str(Path(sys.executable).parent))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if CHROMA is None:
        pytest.skip("the chroma command is not installed")
    port = free_port()
    command = [CHROMA, "run", "--path", str(tmp_path_factory.mktemp("server")), "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def collections(address: str) -> set[str]:
    client = Place("", address=address).client()
    try:
        return {collection.name for collection in client.list_collections()}
    finally:
        client.close()


def query() -> np.ndarray:  # type: ignore[type-arg]
    return HashedWords().embed_queries(["wie mag casemanagement dementie indiceren"])[0]


def test_a_server_is_filled_aside_searched_and_pruned(address: str, tmp_path: Path) -> None:
    options = BuildOptions(chroma=address, keep=2)
    other = build_generation(tmp_path / "other", material(4), HashedWords(), options)
    built = [build_generation(tmp_path / "index", material(n), HashedWords(), options) for n in (20, 21, 22)]
    assert collections(address) == {other.collection, built[1].collection, built[2].collection}
    assert not (tmp_path / "index" / "generations" / built[2].name / "chroma").exists()
    with open_current(tmp_path / "index", options=OpenOptions(chroma=address)) as found:
        expected = np.argsort(-(found.vectors.matrix @ query()), kind="stable")[:5].tolist()
        assert [row for row, _ in found.vectors.search(query(), 5)] == expected
        assert found.vectors.engine == "chroma"
        assert found.notices == ()
    assert verify(tmp_path / "index", chroma=address) == []
    assert "index.chroma" in verify(tmp_path / "index")[0]


def test_a_failed_build_leaves_no_collection(address: str, tmp_path: Path) -> None:
    before = collections(address)

    def stop(stage: str, done: int, total: int) -> None:
        if stage == "verify":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_generation(tmp_path, material(9), HashedWords(), BuildOptions(chroma=address), stop)
    assert collections(address) == before


def test_a_collection_that_lost_its_vectors_is_not_trusted(address: str, tmp_path: Path) -> None:
    manifest = build_generation(tmp_path, material(9), HashedWords(), BuildOptions(chroma=address))
    client = Place("", address=address).client()
    client.get_collection(manifest.collection, embedding_function=None).delete(ids=[open_current(tmp_path).passage_ids[3]])
    client.close()
    with open_current(tmp_path, options=OpenOptions(chroma=address)) as found:
        assert found.vectors.search(query(), 1)[0][0] == 0
        assert found.vectors.engine == "exact"
        assert [notice.code for notice in found.notices] == ["index-exact"]
    assert "vectoren" in verify(tmp_path, chroma=address)[0]


def test_verification_sees_a_vector_that_was_altered(address: str, tmp_path: Path) -> None:
    manifest = build_generation(tmp_path, material(9), HashedWords(), BuildOptions(chroma=address))
    opened = open_current(tmp_path)
    client = Place("", address=address).client()
    altered = [(-opened.vectors.matrix[3]).tolist()]
    client.get_collection(manifest.collection, embedding_function=None).update(
        ids=[opened.passage_ids[3]], embeddings=altered
    )
    client.close()
    assert opened.passage_ids[3] in verify(tmp_path, chroma=address)[0]


def test_without_its_server_the_index_answers_exactly(address: str, tmp_path: Path) -> None:
    build_generation(tmp_path, material(9), HashedWords(), BuildOptions(chroma=address))
    for chroma in (f"http://127.0.0.1:{free_port()}", "embedded"):
        with open_current(tmp_path, options=OpenOptions(chroma=chroma)) as found:
            assert found.vectors.search(query(), 1)[0][0] == 0
            assert [notice.code for notice in found.notices] == ["index-exact"]


def test_a_server_that_never_replies_costs_no_answer(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_generation(tmp_path, material(9), HashedWords(), BuildOptions(chroma=address))
    monkeypatch.setattr("assistant.indexing.chroma_store.TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        options = OpenOptions(chroma=f"http://127.0.0.1:{silent.getsockname()[1]}")
        with open_current(tmp_path, options=options) as found:
            assert found.vectors.search(query(), 1)[0][0] == 0
            assert [notice.code for notice in found.notices] == ["index-exact"]


def test_a_server_that_falls_silent_is_given_up(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    class FallsSilent(BaseHTTPRequestHandler):
        """Passes on what a client asks at its start, and never replies about a collection."""

        def do_GET(self) -> None:
            if "/collections" in self.path:
                ended.wait(20)
                return
            with urlopen(address + self.path) as reply:
                body = reply.read()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), FallsSilent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr("assistant.indexing.chroma_store.TIMEOUT_S", 3.0)
    try:
        with pytest.raises(ChromaTroubleError, match="antwoordt niet op tijd"):
            Collection.open(Place("any-name", address=f"http://127.0.0.1:{server.server_port}"))
    finally:
        ended.set()
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("address", ["chroma", "ftp://127.0.0.1", "http://"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(ChromaTroubleError, match="geen http-adres"):
        Collection.open(Place("any-name", address=address))


def test_building_without_a_server_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"\(de server is niet bereikbaar\).*index\.chroma"):
        build_generation(tmp_path, material(9), HashedWords(), BuildOptions(chroma=f"http://127.0.0.1:{free_port()}"))
    assert list((tmp_path / "generations").iterdir()) == []
