"""The real web application over a temporary home with a real index, asked without a browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from assistant.home import Home
from assistant.service import Service
from assistant.settings import Settings, WebSettings
from assistant.store.store import Store
from assistant.store.values import Role
from assistant.web.site import Site

PROJECT = Path(__file__).resolve().parents[2]
PASSWORD = "een lang wachtwoord"
ADDRESS = "http://127.0.0.1:7860"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, built_home: Home) -> Home:
    return Home(Path(shutil.copytree(built_home.root, tmp_path_factory.mktemp("web") / "home")))


@pytest.fixture(scope="session")
def service(home: Home) -> Service:
    made = Service(home, Settings())
    made.open()
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{tmp_path / 'test.sqlite3'}", hasher=CHEAP) as made:
        yield made


@pytest.fixture
def site_with(home: Home, service: Service, store: Store) -> Callable[..., Site]:
    """A site with the given settings of the web, over the one index of these tests."""

    def make(**web: object) -> Site:
        settings = Settings(web=WebSettings(**web))  # type: ignore[arg-type]
        own = Service(home, settings)
        own._desk = service.open()  # the index is opened once for all tests
        return Site(own, store)

    return make


@pytest.fixture
def client_of(site_with: Callable[..., Site]) -> Iterator[Callable[..., TestClient]]:
    from assistant.web.server import create_app

    opened: list[TestClient] = []

    def make(**web: object) -> TestClient:
        app = create_app(site_with(**web))
        client = TestClient(app, ADDRESS, headers={"origin": ADDRESS}, follow_redirects=False, client=("127.0.0.1", 50_000))
        client.__enter__()
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def users(store: Store) -> dict[str, str]:
    """A signed-in session for every role, by role."""
    made = {}
    for role in Role:
        store.accounts.create_user(f"een.{role.value}", PASSWORD, role)
        made[role.value] = store.accounts.create_session(f"een.{role.value}")
    return made
