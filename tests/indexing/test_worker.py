"""What goes wrong in the child process is told in Dutch; what the child itself said is for the log."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from assistant.errors import StorageError
from assistant.indexing.worker import Job, run_job


def test_a_child_that_breaks_off_is_told_by_its_code_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    job = Job("write", str(tmp_path), collection="x", address="http://[")
    (tmp_path / "passages.jsonl.places.npy").write_bytes(b"x" * 200)  # no array: a failure that the child does not foresee
    with caplog.at_level(logging.DEBUG, "assistant"), pytest.raises(StorageError) as raised:
        run_job(job, lambda done, total: None)
    assert "een hulpproces stopte met code 1" in raised.value.line()
    assert "Error" not in raised.value.line()
    assert "ValueError" in caplog.text
