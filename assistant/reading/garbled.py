"""Pages whose letters come out of the file as others: most of their words are words of no language."""

from __future__ import annotations

import unicodedata

from assistant.language.function_words import DUTCH
from assistant.language.information import LANGUAGES, zipf
from assistant.language.tokens import words
from assistant.records import Document

_LEAST_WORDS = 25
_SAMPLE = 300  # words of a page that are looked at
_ORDINARY = 0.1  # the share of function words from which a text is a Dutch one
_KNOWN = 0.35  # the share of known words below which a text is in none of the languages
_NO_LETTERS = 0.2


def garbled_pages(document: Document) -> tuple[int, ...]:
    """The numbers of the pages on which most words are no words of any language known here."""
    return tuple(page.number for page in document.pages if _is_garbled(page.text))


def _is_garbled(text: str) -> bool:
    signs = [sign for sign in text if not sign.isspace()]
    strange = sum(1 for sign in signs if sign == "\ufffd" or unicodedata.category(sign) in ("Co", "Cn"))
    if len(signs) > 100 and strange > _NO_LETTERS * len(signs):
        return True
    found = [word for word in words(text) if word.isalpha() and len(word) > 1][:_SAMPLE]
    if len(found) < _LEAST_WORDS or sum(word in DUTCH for word in found) > _ORDINARY * len(found):
        return False
    long = [word for word in found if len(word) > 2] or found
    return all(sum(zipf(word, code) > 0 for word in long) < _KNOWN * len(long) for code in LANGUAGES)
