"""Numbers that name a person: citizen service number, bank account, telephone; and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.privacy.findings import PersonalKind, Span

_URL = re.compile(r"(?:https?://|www\.)\S+")
# One kind of separator throughout: "111222333", "111 222 333", "1112.22.333", "111-222-333".
_BSN = re.compile(
    r"(?<![\w€])(?:[Bb][Ss][Nn])?(\d{9}|\d{1,4}([ \u00a0.\-\u2013])\d{1,4}(?:\2\d{1,4}){0,7})(?![\w]|[.,\-]\d)"
)
# After the word itself any grouping will do: "burgerservicenummer: 12345678 2".
_BSN_NAMED = re.compile(
    r"(?i:\b(?:bsn|burgerservicenummer|sofi-?nummer)(?:-?nummer|nr\.?)?)\W{0,3}(?:(?:is|van|was)\W{1,2})?"
    r"(\d(?:[ \u00a0.\-\u2013]{0,2}\d){8})(?!\d)"
)
_BSN_EIGHT = re.compile(r"(?i:\b(?:bsn|burgerservicenummer|sofi-?nummer))\W{1,3}(?:\w{2,4}\W{1,2})?(\d{8})(?!\d)")
_MONEY_BEFORE = re.compile(r"(?:€|(?i:\beuro|\beur))\s*$")
_MONEY_AFTER = re.compile(r"\s*(?:€|(?i:euro|eur)\b)")

_SEP = r"[ \u00a0.\-\u2010-\u2013/()]{0,3}"
_PHONE = re.compile(
    rf"(?<![\w.,+\-/])(?:(?:\+|00)31{_SEP}(?:\(0\){_SEP}|0(?=[1-9]))?[1-9](?:{_SEP}\d){{8}}|\(?0{_SEP}[1-9](?:{_SEP}\d){{8}})(?![\w]|[.,\-/]\d)"
)
_FOREIGN_PHONE = re.compile(rf"(?<![\w.,+\-/])\+(?!31)[1-9]\d{{0,2}}(?:{_SEP}\d){{8,10}}(?![\w]|[.,\-/]\d)")
_NUMERIC_DATE = re.compile(r"\d{1,2}([-./])\d{1,2}\1(?:19|20)\d\d\b")
_FREE_OF_CHARGE = re.compile(r"0[89]00|0906|0909")

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ \u00a0.\-]?[A-Za-z0-9]){11,30}")
# Lengths from the SWIFT IBAN registry, for the countries whose accounts are met in the Netherlands.
_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27,
    "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IT": 27, "LT": 20, "LU": 20, "LV": 21, "MA": 28, "MT": 31, "NL": 18,
    "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "TR": 26,
}  # fmt: skip

_EMAIL = re.compile(r"(?<![\w.+%'\-])[\w.+%'\-]{1,64}@(?:[\w\-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w])")


def numbers(text: str) -> Iterator[Span]:
    """Every citizen service number, account, telephone number and e-mail address in ``text``; they may overlap."""
    for found in _EMAIL.finditer(text):
        yield Span(PersonalKind.EMAIL, *found.span())
    urls = [found.span() for found in _URL.finditer(text)]
    for span in (*_bsns(text), *_ibans(text), *_phones(text)):
        # Document numbers in a web address often pass the check digit by chance (one in eleven does).
        if (
            not any(start <= span.start < end for start, end in urls)
            or "bsn" in text[max(0, span.start - 5) : span.start].lower()
        ):
            yield span


def valid_bsn(digits: str) -> bool:
    """The 11-check: 9a + 8b + … + 2h - i is a multiple of 11, for nine digits that are not all zero."""
    if len(digits) != 9 or not digits.strip("0"):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def valid_iban(characters: str) -> bool:
    """ISO 7064 mod 97 over the account number without blanks, with the length of its country."""
    value = characters.upper()
    if len(value) != _IBAN_LENGTHS.get(value[:2]):
        return False
    return int("".join(str(int(char, 36)) for char in value[4:] + value[:4])) % 97 == 1


def _bsns(text: str) -> Iterator[Span]:
    for found in _BSN.finditer(text):
        groups = re.split(r"\D", found[1])
        even = all(len(group) == 1 for group in groups) or all(len(group) > 1 for group in groups)
        if not even or not valid_bsn("".join(groups)) or _is_money(text, *found.span(1)):
            continue
        yield Span(PersonalKind.BSN, *found.span(1))
    for found in _BSN_NAMED.finditer(text):
        if valid_bsn(re.sub(r"\D", "", found[1])):
            yield Span(PersonalKind.BSN, *found.span(1))
    for found in _BSN_EIGHT.finditer(text):  # numbers of before 1990 were given with eight digits
        if valid_bsn("0" + found[1]):
            yield Span(PersonalKind.BSN, *found.span(1))


def _is_money(text: str, start: int, end: int) -> bool:
    return bool(_MONEY_BEFORE.search(text[max(0, start - 6) : start]) or _MONEY_AFTER.match(text, end))


def _ibans(text: str) -> Iterator[Span]:
    for found in _IBAN.finditer(text):
        length = _IBAN_LENGTHS.get(found[0][:2].upper(), 0)
        places = [place for place in range(*found.span()) if text[place].isalnum()][:length]
        if valid_iban("".join(text[place] for place in places)):
            yield Span(PersonalKind.IBAN, found.start(), places[-1] + 1)


def _phones(text: str) -> Iterator[Span]:
    for found in _PHONE.finditer(text):
        # "01-01-2026 12" has ten digits too; and a free or paid service number is nobody's own.
        if _NUMERIC_DATE.match(found[0]) or _FREE_OF_CHARGE.match(re.sub(r"\D", "", found[0])):
            continue
        yield Span(PersonalKind.PHONE, *found.span())
    for found in _FOREIGN_PHONE.finditer(text):
        yield Span(PersonalKind.PHONE, *found.span())
