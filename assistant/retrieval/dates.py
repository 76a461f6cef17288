"""Years that a question speaks of, also in words: "nu", "volgend jaar", "sinds vorig jaar"."""

from __future__ import annotations

import re
from datetime import date

from assistant.language.tokens import fold

_YEAR = re.compile(r"(?<![\d./-])((?:19|20)\d\d)(?![\d/]|-\d|\.\d)")
_AFTER = re.compile(r"\b(na|after)\s$")
_RELATIVE = (
    (re.compile(r"\b(over twee jaar|in two years)\b"), 2),
    (re.compile(r"\b(volgend jaar|komend jaar|het nieuwe jaar|next year)\b"), 1),
    (re.compile(r"\b(vorig jaar|afgelopen jaar|last year)\b"), -1),
    (re.compile(r"\b(dit jaar|this year|lopende jaar)\b"), 0),
    (re.compile(r"\b(twee jaar geleden|two years ago)\b"), -2),
)


def years_in(text: str, as_of: date) -> tuple[int, ...]:
    """The years named in ``text``, in order and once each; relative ones are counted from ``as_of``.

    "Na 2026" asks about 2027.
    """
    line = fold(text)
    found = [int(match[1]) + bool(_AFTER.search(line[: match.start()])) for match in _YEAR.finditer(line)]
    found += [as_of.year + shift for pattern, shift in _RELATIVE if pattern.search(line)]
    return tuple(dict.fromkeys(found))


def with_years(text: str, as_of: date) -> str:
    """``text`` folded, with relative years as numbers: "volgend jaar" is "2027" when asked in 2026."""
    line = fold(text)
    for pattern, shift in _RELATIVE:
        line = pattern.sub(str(as_of.year + shift), line)
    return line
