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


_WORDED = r"(?:volgend|komend|dit|vorig|afgelopen) jaar|(?:next|this|last) year|de lange termijn|nu"
_PREPOSITION = r"(?:(?:in|voor|na|vanaf|per|tot|op|over|for|after|from)\s+)?(?:(?:het jaar|de jaren|de periode na)\s+)?"
_DATED = re.compile(rf"\b{_PREPOSITION}(?:(?P<year>(?:19|20)\d\d)|{_WORDED})\b")
_TIME = re.compile(
    rf"{_PREPOSITION}(?:(?:19|20)\d\d|{_WORDED})(?: dan)?"
    r"|(?P<next>daarna|later|(?:in )?(?:het jaar|de jaren) (?:erna|daarna)|after that|the year after)(?: dan)?"
)


def years_in(text: str, as_of: date) -> tuple[int, ...]:
    """The years named in ``text``, in order and once each; relative ones are counted from ``as_of``.

    "Na 2026" asks about 2027.
    """
    line = fold(text)
    found = [int(match[1]) + bool(_AFTER.search(line[: match.start()])) for match in _YEAR.finditer(line)]
    found += [as_of.year + shift for pattern, shift in _RELATIVE if pattern.search(line)]
    return tuple(dict.fromkeys(found))


def moved_to(fragment: str, question: str) -> str:
    """``question`` at the time that ``fragment`` names, where both name one: "voor 2028", "daarna"; else nothing."""
    time, asked = _TIME.fullmatch(fold(fragment).strip(" ?.!,")), _DATED.search(fold(question))
    if not time or not asked or len(fold(question)) != len(question):
        return ""
    when = time[0]
    if time["next"]:
        year = asked["year"] or ""
        if not year:
            return ""
        when = f"in {int(year) + 1}" if "jaar" in time["next"] and "jaren" not in time["next"] else f"na {year}"
    return f"{question[: asked.start()]}{when}{question[asked.end() :]}"


def with_years(text: str, as_of: date) -> str:
    """``text`` folded, with relative years as numbers: "volgend jaar" is "2027" when asked in 2026."""
    line = fold(text)
    for pattern, shift in _RELATIVE:
        line = pattern.sub(str(as_of.year + shift), line)
    return line
