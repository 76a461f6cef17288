"""What was found in a text, and the text without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class PersonalKind(StrEnum):
    """Kinds of personal data; the value is stable, for programs."""

    BSN = "bsn"
    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    BIRTH_DATE = "birth_date"
    ADDRESS = "address"
    NAME = "name"


LABELS = {
    PersonalKind.BSN: "burgerservicenummer (BSN)",
    PersonalKind.EMAIL: "e-mailadres",
    PersonalKind.PHONE: "telefoonnummer",
    PersonalKind.IBAN: "rekeningnummer (IBAN)",
    PersonalKind.BIRTH_DATE: "geboortedatum",
    PersonalKind.ADDRESS: "adres",
    PersonalKind.NAME: "naam",
}
MASKS = {
    PersonalKind.BSN: "[BSN]",
    PersonalKind.EMAIL: "[e-mailadres]",
    PersonalKind.PHONE: "[telefoonnummer]",
    PersonalKind.IBAN: "[rekeningnummer]",
    PersonalKind.BIRTH_DATE: "[geboortedatum]",
    PersonalKind.ADDRESS: "[adres]",
    PersonalKind.NAME: "[naam]",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One stretch of personal data: ``text`` equals the searched text at ``[start:end]``; ``label`` is Dutch."""

    kind: PersonalKind
    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Span:
    """A candidate before overlaps are resolved."""

    kind: PersonalKind
    start: int
    end: int


def mask(text: str, findings: Iterable[Finding]) -> str:
    """``text`` with every finding replaced by what it is, such as "[naam]"; the findings must be of this very text."""
    parts, done = [], 0
    for finding in findings:
        if finding.start < done or text[finding.start : finding.end] != finding.text:
            raise ValueError("findings must be disjoint, in order and of this text")
        parts += [text[done : finding.start], MASKS[finding.kind]]
        done = finding.end
    return "".join([*parts, text[done:]])
