"""The analyst and retriever over the project's own documents."""

from __future__ import annotations

import pytest

from assistant.retrieval.analysis import Analyst
from assistant.retrieval.search import Retriever
from assistant.service import Service


@pytest.fixture(scope="session")
def analyst(built_service: Service) -> Analyst:
    return built_service.open().analyst


@pytest.fixture(scope="session")
def retriever(built_service: Service) -> Retriever:
    return built_service.open().retriever
