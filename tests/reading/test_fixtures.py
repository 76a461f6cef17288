"""Every PDF of the shared collections ends in a verdict, and the parent lives."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assistant.reading import Verdict, read_file
from assistant.reading.__main__ import main


def test_every_file_ends_in_a_verdict(shared_pdfs: list[Path]) -> None:
    readings = {path.name: read_file(path, path.stem) for path in shared_pdfs}
    for name, reading in readings.items():
        assert (reading.document is not None) == (reading.verdict in (Verdict.OK, Verdict.PARTIAL)), name
        if reading.document is not None:
            assert reading.document.text.strip(), name
            assert len(reading.document.pages) == reading.pages, name
            assert all(reading.document.text[page.start : page.end] == page.text for page in reading.document.pages), name
        else:
            assert reading.remedy, name
    counts = Counter(reading.verdict for reading in readings.values())
    assert counts[Verdict.OK] >= 60
    assert readings["libreoffice-writer-password.pdf"].verdict is Verdict.ENCRYPTED
    assert readings["grayscale-image.pdf"].verdict is Verdict.SCANNED
    assert readings["imagemagick-images.pdf"].verdict is Verdict.PARTIAL
    assert readings["bad1.pdf"].verdict is Verdict.DAMAGED


def test_the_two_columns_of_a_real_file(shared_pdfs: list[Path]) -> None:
    (path,) = [path for path in shared_pdfs if path.name == "multicolumn.pdf"]
    document = read_file(path, "d").document
    assert document is not None
    assert "placerat ac, adipiscing vitae, felis. Curabitur dictum gravida mauris." in document.text
    assert "Austria | 8.9 | 83,879 | Vienna | German" in document.text


def test_the_table_of_verdicts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "zin.txt").write_text("Een zin.")
    main([str(tmp_path / "zin.txt"), str(tmp_path / "weg.txt")])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["ok", "1", "p.", "zin.txt", "1", "blokken", "8", "tekens"]
    assert lines[1].endswith("Het bestand is er niet.")
    assert lines[2] == "ok: 1; damaged: 1"
