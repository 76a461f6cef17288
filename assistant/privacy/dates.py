"""Birth dates: a full date that the text calls one, or that lies too long ago to be a date of policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.privacy.findings import PersonalKind, Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januari january jan", "februari february feb", "maart march mrt mar", "april apr", "mei may", "juni june jun",
         "juli july jul", "augustus august aug", "september sept sep", "oktober october okt oct", "november nov",
         "december dec"), start=1,
    )
    for name in names.split()
}  # fmt: skip
_DATE = re.compile(
    r"(?<![\w\-./])(?:(?P<y1>(?:19|20)\d\d)[-./](?P<m1>\d{1,2})[-./](?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2}) ?(?P<s>[-./\u2013]) ?(?P<m2>\d{1,2}) ?(?P=s) ?(?P<y2>(?:19|20)\d\d|['’]?\d\d)"
    rf"|(?P<d3>\d{{1,2}})(?:e|ste|de)?[ \u00a0](?P<m3>(?i:{'|'.join(sorted(_MONTHS, key=len, reverse=True))}))\.?[ \u00a0]"
    r"(?P<y3>(?:19|20)\d\d|['’]\d\d))(?![\w]|[-./]\d)"
)
# "geboortedatum 12031941": eight digits in a row are a date only where the text says so.
_PLAIN = re.compile(
    r"(?i)(?:\bgeboren(?: op)?|\bgeboortedatum|\bgeboortedag|\bgeb\.? ?dat\w*\.?|\bgeb\.?)(?: is)?[ :]{1,3}"
    r"(?P<day>(?:(?P<d>[0-3]\d)(?P<m>[01]\d)(?P<y>19\d\d|20\d\d)|(?P<y2>19\d\d|20\d\d)(?P<m2>[01]\d)(?P<d2>[0-3]\d)))(?!\d)"
)
# "zij is van 12 maart 1941" says when somebody was born, as "de wet is van 14 december 1967" does not.
_PERSON_IS_OF = re.compile(
    r"(?i)\b(?:hij|zij|ze|ik|mevrouw|meneer|moeder|vader|oma|opa|tante|oom|man|vrouw|partner) (?:is|ben|was) van $"
)
_BIRTH_BEFORE = re.compile(
    r"(?i)(?:\bgeboren|\bborn|\bgeb\b\.?(?: ?dat\w*\.?)?|\bgeboortedatum|\bgeboortedag"
    r"|\bjarig|\bverjaart|\*)(?P<between>[^.;?!\n\d]{0,40})$"
)
_BIRTH_AFTER = re.compile(r"(?i)[ ,]{1,2}(?:is (?:hij|zij|ze) )?(?:geboren|born)\b")
# "kinderen geboren vóór 1 januari 2006" is a rule about many people, not somebody's birth date.
_RULE = re.compile(r"(?i)\b(?:v[oó]{2}r|na|vanaf|tot|tussen)\b")
# What makes an old date one of law: "de wet van 14 december 1967", "per 1-1-1968", "Stb. 1967", "verdrag".
_POLICY_BEFORE = re.compile(
    r"(?i)\b(?:van|per|sinds|sedert|vanaf|tot|met|ingang|ingegaan|uit|d\.d\.|dd\.?|werking|dagtekening|v[oó]{2}r|na|tussen|en|op)\W*$"
)
_PERSON_NEAR = re.compile(
    r"(?i)\b(?:mijn|haar|zijn|onze|mevrouw|meneer|mevr|mw|dhr|heer|cli[eë]nt\w*|pati[eë]nt\w*|moeder|vader|oma|opa|partner|tante|oom)\b"
)
_OLD = 50  # years: the benefits in question were all made by law after that, and people with dementia were born before


def birth_dates(text: str, today: date) -> Iterator[Span]:
    """Every birth date in ``text``. A date of the last fifty years needs a word such as "geboren" beside it."""
    for found in _DATE.finditer(text):
        day, certain = _day(found)
        if day is None or day > today:
            continue
        before = text[max(0, found.start() - 60) : found.start()]
        context = _BIRTH_BEFORE.search(before)
        if _PERSON_IS_OF.search(before):
            personal = certain
        elif context:
            personal = not _RULE.search(context["between"])
        elif _BIRTH_AFTER.match(text, found.end()):
            personal = True
        else:
            old = certain and day.year <= today.year - _OLD
            personal = old and not _POLICY_BEFORE.search(before) and bool(_PERSON_NEAR.search(before) or not before.strip())
        if personal:
            yield Span(PersonalKind.BIRTH_DATE, *found.span())
    for found in _PLAIN.finditer(text):
        try:
            date(*(int(found[name] or found[f"{name}2"]) for name in "ymd"))
        except ValueError:
            continue
        yield Span(PersonalKind.BIRTH_DATE, *found.span("day"))


def _day(found: re.Match[str]) -> tuple[date | None, bool]:
    """The date that was matched, or None when there is no such day; and whether its century stands in the text."""
    year = found["y1"] or found["y2"] or found["y3"]
    month = found["m1"] or found["m2"] or found["m3"]
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    certain = len(year) == 4
    try:
        return date(
            int(year) if certain else 1900 + int(year[-2:]), number, int(found["d1"] or found["d2"] or found["d3"])
        ), certain
    except ValueError:
        return None, certain
