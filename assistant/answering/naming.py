"""Names the things in a question that nothing was found about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.function_words import DUTCH
from assistant.language.information import zipf
from assistant.language.tokens import fold
from assistant.retrieval.question import Key

_NAMED = 3  # parts of a question about which nothing was found that are named
_SHORTEST_THING = 3
_USUAL_VERB = 3.5  # how often the infinitive of a verb is written at least (Zipf)
# What is asked with "hoeveel" or "welk", of any thing.
_MEASURES = frozenset(
    """
    uur uren dag dagen week weken maand maanden jaar jaren minuut minuten euro keer maal procent percentage bedrag bedragen
    aantal werkdagen kalenderdagen tijd geld datum moment hoog hoogte lang groot vaak hours days weeks months years amount
    """.split()
)
_BEFORE_THINGS = frozenset(
    """
    de het een mijn zijn haar ons onze jouw uw hun geen deze dit die elke welke welk hoeveel in op bij van voor met over
    zonder naar uit door tegen na tot aan per the a an my our his her their your no any of in on at for with without about
    """.split()
)


def open_things(keys: Sequence[Key], text: str) -> list[str]:
    """The first few of ``keys`` that are things in the question ``text``, as they were typed."""
    things = _things(text)
    return [_as_asked(key, text) for key in keys if key.text.split()[-1] in things][:_NAMED]


def _things(text: str) -> set[str]:
    """The folded words of a question that name a thing: names, abbreviations, and what stands at the end of "een … cavia".

    Of "verklaren" or "gemiddeld" nobody wants to hear that nothing was found about it.
    """
    typed = re.findall(r"[^\W_]+|[^\w\s]", text)
    folded = [fold(word) for word in typed]
    found = set()
    for at, word in enumerate(folded):
        following = folded[at + 1] if at + 1 < len(folded) else "."
        heads = not following.isalnum() or following in DUTCH
        led = not _BEFORE_THINGS.isdisjoint(folded[max(0, at - 2) : at])
        named = typed[at].isupper() or (typed[at][:1].isupper() and at > 0 and typed[at - 1] not in ".!?")
        thing = heads and led and word not in _MEASURES and not _is_verb(word)
        if len(word) >= _SHORTEST_THING and word.isalpha() and (named or thing):
            found.add(word)
    return found


def _is_verb(word: str) -> bool:
    """Whether a word is a verb after "hij": "bedraagt" of "bedragen", "wijst" of "wijzen"."""
    if not word.endswith("t"):
        return False
    stem = re.sub(r"([aeou])\1(?=[^aeiou]$)", r"\1", word[:-1])
    voiced = stem[:-1] + {"s": "z", "f": "v"}.get(stem[-1:], stem[-1:])
    return max(zipf(f"{stem}en"), zipf(f"{voiced}en")) >= _USUAL_VERB


def _as_asked(key: Key, text: str) -> str:
    """A part of the question as it was typed, with its capitals and accents; as it was read, where it was mended."""
    typed = {fold(word): word for word in re.findall(r"\w+", text)}
    return " ".join(typed.get(word, word) for word in key.text.split())
