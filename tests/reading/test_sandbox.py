"""Whatever a file holds or does, the parent goes on, in bounded time and memory, with a verdict and a way out."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from reading_papers import lines_paper

from assistant.home import PROJECT
from assistant.reading import Limits, Verdict, read_file

SMALL = Limits(memory=256 << 20, seconds=20)


def pdf_with(stream: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter %s>>stream\n%s\nendstream" % (len(stream), filters, stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return body + end % (table, len(body))


def deflated(chunk: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(chunk) for _ in range(times)) + packer.flush()


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "stream",
    [
        pytest.param(deflated(bytes(1 << 20), 600), id="zeros"),
        pytest.param(deflated(b"BT /F1 1 Tf (Casemanagement dementie) Tj ET\n" * 10_000, 40), id="text"),
        pytest.param(deflated(b"q " * (1 << 19), 40), id="nesting"),
    ],
)
def test_a_pdf_that_swells_is_stopped(stream: bytes, tmp_path: Path) -> None:
    reading = read_file(write(tmp_path, "bom.pdf", pdf_with(stream)), "d", limits=SMALL)
    assert (reading.verdict, reading.document) == (Verdict.TOO_HEAVY, None)
    assert reading.message.startswith("Het lezen van het bestand kost te veel geheugen of tijd")


def test_a_text_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = write(tmp_path, "lang.txt", b"Een zin over zorg die niet af is\n" * 200_000)
    assert read_file(path, "d", limits=Limits(seconds=1.0)).verdict is Verdict.TOO_HEAVY


def test_a_text_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "groot.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    reading = read_file(path, "d")
    assert (reading.verdict, reading.message) == (Verdict.TOO_HEAVY, "Het bestand is te groot.")


def test_a_report_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", b"Een zin over zorg.\n" * 2000)
    assert read_file(path, "d", limits=Limits(result_bytes=1000)).verdict is Verdict.TOO_HEAVY


@pytest.mark.parametrize(
    ("name", "data", "verdict"),
    [
        ("leeg.pdf", b"", Verdict.DAMAGED),
        ("blanco.txt", b" \n\f\n", Verdict.DAMAGED),
        ("programma.txt", b"\x7fELF\x02\x00\x00", Verdict.UNSUPPORTED),
        ("plaatje.pdf", b"\x89PNG\r\n\x1a\n....", Verdict.SCANNED),
        ("oud.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), Verdict.UNSUPPORTED),
        ("beveiligd.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Verdict.ENCRYPTED),
        ("half.docx", b"PK\x03\x04half", Verdict.DAMAGED),
        ("tekst.docx", b"gewone tekst", Verdict.DAMAGED),
        ("gegevens.csv", b"a;b\n1;2\n", Verdict.UNSUPPORTED),
        ("ander.xml", b"<?xml version='1.0'?><boek/>", Verdict.UNSUPPORTED),
        ("geen.pdf", b"Dit is gewone tekst.", Verdict.DAMAGED),
    ],
)
def test_what_a_file_is_decides(name: str, data: bytes, verdict: Verdict, tmp_path: Path) -> None:
    reading = read_file(write(tmp_path, name, data), "d")
    assert reading.verdict is verdict
    assert reading.document is None
    assert reading.message.endswith(".")
    assert reading.remedy.endswith(".")


def test_content_goes_before_the_name(tmp_path: Path) -> None:
    reading = read_file(write(tmp_path, "brief.dat", lines_paper(["Een zin over zorg."])), "d")
    assert reading.document is not None
    assert reading.document.text == "Een zin over zorg."


def test_what_is_no_file(tmp_path: Path) -> None:
    real = write(tmp_path, "echt.txt", b"Een zin.")
    for name, target in (("koppeling", real), ("kapot", tmp_path / "weg"), ("map", tmp_path), ("lus", tmp_path / "lus")):
        (tmp_path / name).symlink_to(target)
    os.mkfifo(tmp_path / "pijp")
    verdicts = {
        name: read_file(tmp_path / name, "d").verdict for name in ("koppeling", "kapot", "map", "lus", "pijp", "niets", ".")
    }
    assert verdicts == {
        "koppeling": Verdict.OK,
        "kapot": Verdict.DAMAGED,
        "map": Verdict.UNSUPPORTED,
        "lus": Verdict.DAMAGED,
        "pijp": Verdict.UNSUPPORTED,
        "niets": Verdict.DAMAGED,
        ".": Verdict.UNSUPPORTED,
    }
    assert read_file(Path("naam\0met nul"), "d").verdict is Verdict.DAMAGED


def in_bounds(code: str) -> subprocess.CompletedProcess[str]:
    """Runs ``code`` in a process that has bound itself as a reading child does."""
    start = (
        f"import sys; sys.path.insert(0, {str(PROJECT)!r}); from assistant.reading.limits import bind; bind(1 << 30, 10.0)\n"
    )
    return subprocess.run([sys.executable, "-I", "-c", start + code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('/tmp/regelwijzer-child-wrote', 'w').write('x')",
        "x = bytearray(2 << 30)",
    ],
)
def test_a_child_can_do_nothing_but_read(code: str) -> None:
    done = in_bounds(f"try:\n {code}\nexcept (OSError, MemoryError) as error:\n print('refused')")
    assert done.stdout == "refused\n", done.stderr


def test_a_child_gets_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.reading.sandbox import _environment

    monkeypatch.setenv("REGELWIJZER_ANSWERING__KEY", "geheim")
    assert "geheim" not in _environment().values()


def test_reading_loads_no_heavy_library_in_the_parent() -> None:
    heavy = "{'pypdf', 'pypdfium2', 'lxml', 'docx', 'numpy'}"
    code = f"import sys, assistant.reading; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert done.stdout.strip() == "[]"
