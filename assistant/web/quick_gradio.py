"""gradio, imported without what it does beside: it may not call home, nor write type stubs next to its own files.

These stubs, which only an editor reads, are made from the sources of all its components at every start. That takes longer
than the rest of the import.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Read by gradio and the hub client when they are imported: nothing may leave the machine.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"


@contextmanager
def _no_stubs() -> Iterator[None]:
    """Within this, gradio takes its own classes for such that stand in no file, of which it writes no stub."""
    find = inspect.getfile

    def getfile(object: Any) -> str:
        if isinstance(object, type) and object.__module__.startswith("gradio."):
            raise OSError(object)
        return find(object)

    inspect.getfile = getfile
    try:
        yield
    finally:
        inspect.getfile = find


with _no_stubs():
    import gradio as gr

__all__ = ["gr"]
