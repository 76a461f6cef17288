"""Headings that can be known by their words: "Artikel 3 Begripsbepalingen", "Hoofdstuk 2", "4.1 Doelgroep", "Eerste lid"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language.numbers import ORDINALS
from assistant.records import SectionKind

_LONGEST_NAME = 160
_NUMBER = r"(?:\d+[a-z]{0,3}(?:[.:]\d+[a-z]{0,3})*|[IVXLC]+[a-z]?|[A-Z])"
_TYPED = re.compile(
    rf"(?P<word>(?i:deel|boek|hoofdstuk|bijlage|annex|titel|afdeling|paragraaf|§|subparagraaf|artikel|art\.|lid))"
    rf"\s*(?P<number>{_NUMBER})?(?![\w°])[.:]?\s*(?P<rest>.*)",
    re.DOTALL,
)
_ORDER = {
    "deel": 1, "boek": 1, "bijlage": 1, "annex": 1, "hoofdstuk": 2, "titel": 3, "afdeling": 4, "paragraaf": 5, "§": 5,
    "subparagraaf": 6, "artikel": 7, "art.": 7, "lid": 8,
}  # fmt: skip
_KINDS = {
    "bijlage": SectionKind.ANNEX, "annex": SectionKind.ANNEX, "artikel": SectionKind.ARTICLE, "art.": SectionKind.ARTICLE,
    "lid": SectionKind.MEMBER,
}  # fmt: skip
_ORDINAL_MEMBER = re.compile(rf"(?P<ordinal>{'|'.join(ORDINALS)}) lid[.:]?", re.IGNORECASE)
_DECIMAL = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})*)\.?\s+(?P<rest>\S.*)", re.DOTALL)
_EXPLANATION = re.compile(r"(?:algemene |artikelsgewijze |nota van |memorie van )?toelichting\b.{0,60}", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:betreft|onderwerp)\s*:\s*(?P<rest>\S.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """What a heading's words say: its kind, its rank among typed headings (1 is outermost) and its decimal number."""

    kind: SectionKind
    name: str
    order: int | None = None
    number: tuple[int, ...] = ()


def title_of(text: str) -> Title:
    """Reads the text of a block that is a heading."""
    typed = _typed(text)
    if typed:
        return typed
    if _EXPLANATION.fullmatch(text):
        return Title(SectionKind.HEADING, _short(text), order=1)
    numbered = _DECIMAL.fullmatch(text)
    if numbered:
        number = tuple(int(part) for part in numbered["number"].split("."))
        return Title(SectionKind.HEADING, _short(text), number=number)
    return Title(SectionKind.HEADING, _short(text))


def hidden_title(text: str) -> Title | None:
    """Reads the text of a block that is no heading by form; None unless its words and its length make it one.

    Only typed headings and decimal numbers of two parts or more count: a lone "1." opens a list item as often.
    """
    if not _title_like(text):
        return None
    ordinal = _ORDINAL_MEMBER.fullmatch(text)
    typed = _typed(text)
    if ordinal or (typed and _opens_title(text)):
        return typed
    numbered = _DECIMAL.fullmatch(text)
    if numbered and "." in numbered["number"] and numbered["rest"][0].isupper() and not text.endswith("."):
        return title_of(text)
    return None


def short_numbered(text: str) -> bool:
    """Whether a numbered item ("1. Inleiding") is as short and bare as a heading is."""
    numbered = _DECIMAL.fullmatch(text)
    return bool(numbered and numbered["rest"][0].isupper() and len(text.split()) <= 9 and text[-1] not in ".;:,?!)")


def subject_of(text: str) -> str:
    """The subject of a letter from its line "Betreft: …", or nothing."""
    found = _SUBJECT.fullmatch(text)
    return _short(found["rest"]) if found and len(text.split()) <= 25 else ""


def _typed(text: str) -> Title | None:
    ordinal = _ORDINAL_MEMBER.fullmatch(text)
    if ordinal:
        number = ORDINALS.index(ordinal["ordinal"].lower()) + 1
        return Title(SectionKind.MEMBER, f"lid {number}", order=_ORDER["lid"])
    found = _TYPED.fullmatch(text)
    if not found or not (found["number"] or found["word"].lower() in ("bijlage", "annex")):
        return None
    word = found["word"].lower()
    name = f"lid {found['number']}" if word == "lid" else _short(text)
    return Title(_KINDS.get(word, SectionKind.CHAPTER), name, order=_ORDER[word])


def _opens_title(text: str) -> bool:
    found = _TYPED.fullmatch(text)
    if not found or not (text[0].isupper() or text[0] == "§"):
        return False
    rest = found["rest"]
    return not rest or ((rest[0].isupper() or rest[0] in "[(–—-‘“\"'") and rest[-1] not in ".,;:?!")


def _title_like(text: str) -> bool:
    return 0 < len(text) <= 140 and len(text.split()) <= 15 and "\n" not in text


def _short(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= _LONGEST_NAME:
        return line
    return f"{line[:_LONGEST_NAME].rsplit(' ', 1)[0]}…"
