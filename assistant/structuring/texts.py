"""Small questions about a stretch of text that several stages of structuring ask."""

from __future__ import annotations

_CLOSERS = "\"'”’»)] "
_LONGEST_SENSE = 140


def count_words(text: str) -> int:
    """Words by blanks; bullets count as words, which does no harm where sizes are compared."""
    return len(text.split())


def introduces(text: str) -> bool:
    """Whether ``text`` leads in to what follows: it ends with a colon, or without any mark that ends a sentence."""
    bare = text.rstrip()
    if not bare or bare.endswith(":"):
        return bool(bare)
    return bare.rstrip(_CLOSERS)[-1:] not in tuple(".!?…;")


def sense(lead_in: str) -> str:
    """A lead-in as the name of what it introduces: without its colon, and not too long for a heading path."""
    line = " ".join(lead_in.split()).rstrip(": ")
    if len(line) <= _LONGEST_SENSE:
        return line
    return f"{line[:_LONGEST_SENSE].rsplit(' ', 1)[0]}…"
