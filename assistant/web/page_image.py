"""The picture of a PDF's page with a quote marked, drawn by a child process with limits: a file can be hostile."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from assistant.home import PROJECT
from assistant.web.page_image_child import letters

_MEMORY = 1024 * 1024 * 1024
_SECONDS = 15.0
_WAIT = 10.0
_SIGNATURE = b"%PDF-"
_AT_ONCE = threading.BoundedSemaphore(2)  # drawing takes a processor for a moment; questions go first
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from assistant.web.page_image_child import main; sys.exit(main(sys.argv[1:]))"
)


def is_pdf(path: Path) -> bool:
    """Whether a file says that it is a PDF."""
    try:
        with path.open("rb") as stream:
            return _SIGNATURE in stream.read(1024)
    except OSError:
        return False


def draw(path: Path, page: int, quote: str, before: str = "") -> bytes | None:
    """Page ``page`` (from 1) as PNG with ``quote`` marked where it is found; None when it cannot be drawn.

    ``before`` is the page's text up to the quote: the page may say the same more than once.
    """
    wanted = letters(quote)
    earlier = letters(before).count(wanted) if wanted else 0
    arguments = [str(PROJECT), str(page), str(_MEMORY), str(_SECONDS), quote.replace("\0", ""), str(earlier)]
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _START, *arguments]
    if not _AT_ONCE.acquire(timeout=_WAIT):  # whoever asks for very many pages must not hold up all others
        return None
    try:
        with path.open("rb") as stream:
            done = subprocess.run(command, stdin=stream, capture_output=True, timeout=_SECONDS + 5, check=False, cwd="/")
    except subprocess.TimeoutExpired:
        return None
    finally:
        _AT_ONCE.release()
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"\x89PNG") else None
