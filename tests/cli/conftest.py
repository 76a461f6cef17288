"""A folder for what a test writes, so that it cannot be taken for a home."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str | bytes], str]:
    """Writes a file and returns its name."""

    def write(content: str | bytes) -> str:
        path = tmp_path / "vragen.jsonl"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write
