"""The one way in which characters are cleaned, for every format: what remains is what is quoted."""

from __future__ import annotations

import unicodedata

# Invisible characters inside words: soft hyphen, zero-width blanks and joiners, text direction, byte order mark.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
# NFKC turns a non-breaking hyphen into U+2010, which nobody types and no search finds.
_HYPHENS = {0x2010: "-", 0x2011: "-"}
_SIGNS = _INVISIBLE | _HYPHENS


def clean(text: str) -> str:
    """One line of ``text``: NFKC, no invisible or control characters, single blanks, trimmed.

    Typographic quotes, dashes and bullets stay as they are. Line ends count as blanks. Cleaning twice changes nothing.
    """
    normal = unicodedata.normalize("NFKC", "".join(filter(_printable, text.translate(_SIGNS))))
    return " ".join(normal.split())


def _printable(char: str) -> bool:
    if char.isspace():
        return True
    # Cc: controls; Cs: half a surrogate pair, which no UTF-8 file can hold; Cn: not a character at all.
    return unicodedata.category(char) not in ("Cc", "Cs", "Cn")
