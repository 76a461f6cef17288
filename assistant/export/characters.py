"""Keeps characters out of a file that its format cannot hold."""

from __future__ import annotations

import re

# XML 1.0 has no control characters but tab and line ends, no halves of surrogate pairs, and not these two.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """``text`` without what neither XML nor PDF can hold; line ends of any kind become one line feed."""
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
