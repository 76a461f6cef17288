"""For every test: no folder or setting of the user, no network but this machine; and an index over the real documents.

Whatever a test starts inherits the same environment.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings
from running import Result, Run, finish, start

from assistant.cli import main
from assistant.home import PROJECT, Home
from assistant.service import Service
from assistant.settings import Settings

_QUIET = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
# How long an example takes says nothing on a busy machine; the suite's own limit is enough.
settings.register_profile("regelwijzer", deadline=None)
settings.load_profile("regelwijzer")
_HERE = {"localhost", "::1", "0.0.0.0", "::"}
_TESTS = Path(__file__).parent
# In the order in which they begin, so that in the end no worker is left alone with a long one (ten seconds and more).
_LONG = """
indexing/test_interrupted e2e/test_accessible e2e/test_manners test_service e2e/test_states cli/test_index
e2e/test_command_line e2e/test_keeping evaluation/test_baseline e2e/test_safety reading/test_fixtures evaluation/test_run
cli/test_corpus_questions indexing/test_building e2e/test_asking indexing/test_server web/test_access web/test_guard
cli/test_account e2e/test_english e2e/test_accounts answering/test_families cli/test_ask e2e/test_source cli/test_backup
cli/test_batch e2e/test_pages
""".split()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first; within a file the order stays."""
    places = {name: place for place, name in enumerate(_LONG)}
    items.sort(key=lambda item: places.get(item.path.relative_to(_TESTS).with_suffix("").as_posix(), len(_LONG)))


@pytest.fixture(scope="session", autouse=True)
def _own_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No setting and no folder of whoever runs the tests; the session's own fixtures come after this one."""
    user = tmp_path_factory.mktemp("user")
    with pytest.MonkeyPatch.context() as patch:
        for name in [
            name for name in os.environ if name.startswith(("REGELWIJZER_", "XDG_", "HF_", "LANGCHAIN_", "LANGSMITH_"))
        ]:
            patch.delenv(name)
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # or every process that a test starts compiles the product
        for name, value in _QUIET.items():
            patch.setenv(name, value)
        patch.setenv("HOME", str(user))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """This process may connect to this machine only."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            assert host in _HERE or host.startswith("127."), f"a test connects to {host}"
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a copy of the project's corpus and an index over it, for tests that leave both as they are."""
    # The workers of pytest-xdist have neighbouring folders; the first to come builds for all.
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with FileLock(shared / "built-home.lock"):
        if not (shared / "built-home-done").exists():
            home = Home(shared / "built-home-first")
            shutil.copytree(PROJECT / "corpus", home.corpus)
            Service(home, Settings()).build_index()
            (shared / "built-home-done").touch()
    return Home(Path(shutil.copytree(shared / "built-home-first", tmp_path_factory.mktemp("built") / "home")))


@pytest.fixture(scope="session")
def built_service(built_home: Home) -> Iterator[Service]:
    """The product over that home, opened once."""
    service = Service(built_home, Settings())
    service.open()
    yield service
    service.close()


@pytest.fixture
def own_home(built_home: Home, tmp_path: Path) -> Home:
    """A copy of that home, to do anything with."""
    return Home(Path(shutil.copytree(built_home.root, tmp_path / "home")))


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """``command(home)`` gives a function that runs the command line over that home in this process."""

    def over(home: Home) -> Run:
        def run(*arguments: str) -> Result:
            capfd.readouterr()
            code = main(["--home", str(home.root), *arguments])
            out, err = capfd.readouterr()
            assert "Traceback" not in err, err
            return Result(code, out, err)

        return run

    return over


@pytest.fixture
def run(command: Callable[..., Run], built_home: Home) -> Run:
    """Runs the command line over the shared home."""
    return command(built_home)


@pytest.fixture
def process(built_home: Home) -> Run:
    """Runs the command line over the shared home as a process of its own; ``given`` is its standard input."""

    def run(*arguments: str | bytes, given: bytes = b"", env: dict[str, str] | None = None) -> Result:
        return finish(start(built_home.root, *arguments, env=env), given)

    return run
