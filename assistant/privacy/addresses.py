"""Home addresses: a postcode with a house number, or a street with one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.privacy.findings import PersonalKind, Span

_HOUSE = r"\d{1,5}(?: ?[-/]? ?[a-zA-Z0-9]{1,3})?"
_PART = r"[A-ZÀ-Þ][\w'’.\-]{0,40}"
_POSTCODE = r"[1-9]\d{3} ?(?i:(?!sa|sd|ss)[a-z]{2})"
_AFTER = re.compile(
    rf"(?<![\w.,\-/])(?P<code>{_POSTCODE})"
    r"(?P<join>,? (?:(?i:(?:en |met )?(?:het )?(?:huisnummer|huisnr\.?|nummer|nr\.?|no\.?):?(?: is)?) )?)"
    rf"(?P<house>{_HOUSE})(?![\w]|[.,\-]\d)"
)
# Without a blank between the letters and the number: only then are capitals asked for, since "1000 en-2" is no address.
_TIGHT = re.compile(
    r"(?<![\w.,\-/])(?P<code>[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}) ?[-/]? ?(?P<house>\d{1,5}[a-zA-Z]?)(?![\w]|[.,\-]\d)"
)
# "huisnummer is 12, postcode is 1234 AB": the words say what the numbers are.
_WORDED = re.compile(
    rf"(?i:\b(?:huisnummer|huisnr\.?):?(?: is)?) (?P<house>{_HOUSE})"
    rf"(?:,| en| met)*(?: de| het)?(?: (?i:postcode):?(?: is)?)? (?P<code>{_POSTCODE})(?![\w])"
)
_BEFORE = re.compile(
    rf"(?P<street>(?:{_PART} (?:(?:van|der|den|de|het|ten|ter|aan|op|in|{_PART}) ){{0,4}})?)"
    rf"(?<![\d'’./\-])(?P<house>\d{{1,5}}(?: ?-? ?[a-zA-Z0-9]{{1,3}})?),?[ \n]"
    rf"(?:(?i:postcode):? )?(?P<code>{_POSTCODE})(?![\w])"
)
_STREET = re.compile(
    r"\b[A-ZÀ-Þ][\w'’\-]{0,30}(?:straat|laan|plein|gracht|kade|dreef|singel|steeg|plantsoen|weg|hof|dijk)"
    r" \d{1,5}(?: ?[a-zA-Z]|-\d{1,3})?(?![\w]|[.,\-]\d)"
)
_NUMBERED = re.compile(r"(?i)\b(?:nen|iso|artikel|art\.|nr\.?|nummer) $")  # what follows is the number of something else
_YEAR = re.compile(r"(?:19|20)\d\d ")
# "in 2026 en 2027" reads as a postcode with a house number, were it not for these words.
_WORDS = frozenset(
    """
    af al am as at be bv ca cq cm da de dd di do en er ex ga ge ha he hm ho if ik in is ja je ka km la l
    e ma me mg ml mm na no nr nu of om op or pm po re ra se si st te to tv ui uw va vo vs we ze zo zn
    """.split()
)


def addresses(text: str) -> Iterator[Span]:
    """Every address in ``text`` that leads to one door; the town after it is no part of the finding."""
    for found in _AFTER.finditer(text):
        if _is_postcode(found["code"], marked="n" in found["join"].lower()):
            yield Span(PersonalKind.ADDRESS, *found.span())
    for found in _TIGHT.finditer(text):
        if found["code"][-2:].lower() not in _WORDS and not _NUMBERED.search(text[: found.start()][-12:]):
            yield Span(PersonalKind.ADDRESS, *found.span())
    for found in _WORDED.finditer(text):
        yield Span(PersonalKind.ADDRESS, found.start("house"), found.end())
    for found in _BEFORE.finditer(text):
        if _is_postcode(found["code"], marked=bool(found["street"])):
            yield Span(PersonalKind.ADDRESS, *found.span())
    for found in _STREET.finditer(text):
        yield Span(PersonalKind.ADDRESS, *found.span())


def _is_postcode(code: str, *, marked: bool) -> bool:
    """Whether four digits and two letters are a postcode, and not a year or amount with the word after it."""
    letters = code[-2:]
    return letters.lower() not in _WORDS or (letters.isupper() and (marked or not _YEAR.match(code)))
