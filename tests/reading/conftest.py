from __future__ import annotations

from pathlib import Path

import pytest

from assistant.home import PROJECT
from assistant.reading.compose import compose
from assistant.reading.plain import read
from assistant.records import Document

SHARED = PROJECT.parent / "shared"


@pytest.fixture(scope="session")
def letter() -> Document:
    return _corpus("dnn-brief-financiering")


@pytest.fixture(scope="session")
def purchasing() -> Document:
    return _corpus("zn-inkooptekst-casemanagement")


def _corpus(document_id: str) -> Document:
    data = (PROJECT / "corpus" / "documents" / f"{document_id}.txt").read_bytes()
    return compose(read(data), document_id, "version")


@pytest.fixture(scope="session")
def shared_pdfs() -> list[Path]:
    folder = SHARED / "fixtures" / "pdf"
    if not folder.is_dir():
        pytest.skip("the shared PDF files are not on this machine")
    return sorted(folder.rglob("*.pdf"))
