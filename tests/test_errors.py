"""What the operating system refuses is told in Dutch."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from assistant.errors import system_reason


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EACCES, "geen toestemming"),
        (errno.ENOSPC, "de schijf is vol"),
        (errno.EROFS, "op deze schijf mag niet worden geschreven"),
        (errno.EMFILE, "er zijn te veel bestanden open"),
        (errno.EXDEV, f"het systeem gaf fout {errno.EXDEV}"),
    ],
)
def test_the_reason_is_dutch_whatever_the_system_says(number: int, said: str) -> None:
    assert system_reason(OSError(number, "Some English words")) == said


def test_real_refusals(tmp_path: Path) -> None:
    for path, said in ((tmp_path, "het is een map"), (tmp_path / "niets", "het bestand of de map bestaat niet")):
        with pytest.raises((IsADirectoryError, FileNotFoundError)) as caught:
            path.read_bytes()
        assert system_reason(caught.value) == said
    assert system_reason(ValueError("x")) == "onbekende oorzaak"
