"""A corpus of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_corpus import Shop, make_shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return make_shop(tmp_path)
