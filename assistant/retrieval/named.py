"""Documents, and parts of documents, that a question names: "Wat staat er in punt 9 van de inkooptekst?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.function_words import DUTCH, ENGLISH
from assistant.language.places import PlaceName, places_in
from assistant.language.tokens import fold, words
from assistant.records import DocumentStatus, Source

_READS_OUT = frozenset(
    """
    staat staan stond zegt zeggen luidt lees lezen voorlezen citeer citeren citaat letterlijk precies tekst inhoud houdt
    gaat betekent bedoeld bedoelen bedoelt geef geven toon tonen laat zien leg uit uitleg uitleggen vertel vertellen kort
    samenvatting samenvatten vat samen regelt beschrijft beschreven geschreven schrijft opgeschreven graag eens even brief
    document documenten inkooptekst inkoopbeleid beleidsregel regeling besluit wet stuk
    read say says said show quote text content about summary summarise explain tell please document letter
    """.split()
)


_LEADS_TO = re.compile(r"\b(?:volgens|in|uit|bij|according to|under)\s+(?:(?:de|het)\s+)?$", re.IGNORECASE)


def named_sources(text: str, sources: Sequence[Source]) -> tuple[Source, ...]:
    """The documents of the catalogue that ``text`` names."""
    line = f" {' '.join(words(text))} "
    return tuple(s for s in sources if any(f" {' '.join(words(name))} " in line for name in _names(s) if words(name)))


def _names(source: Source) -> tuple[str, ...]:
    return (source.title, *source.names)


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """The parts of loaded documents that a question names; ``rest`` is what it says beside them, ``only`` whether that is
    nothing but a wish to read them."""

    places: tuple[PlaceName, ...]
    rest: str
    only: bool


def named_places(text: str, named: Sequence[Source]) -> NamedPlaces:
    """What ``text`` names; ``named`` are the documents in it. Parts of missing ones are left out."""
    found = places_in(text)
    line = fold(text)
    absent = [source for source in named if source.status is DocumentStatus.MISSING]
    loaded = {fold(name) for source in named if source not in absent for name in _names(source)}
    missing = {fold(name) for source in absent for name in _names(source)} - loaded
    rest = text if len(text) == len(line) else line
    for _, start, end in found:
        before = _LEADS_TO.sub("", rest[:start])
        rest = before + " " * (end - len(before)) + rest[end:]
    titles = {word for source in named for name in _names(source) for word in words(name)}
    only = bool(found) and set(words(rest)) - DUTCH - ENGLISH <= _READS_OUT | titles
    if any(_follows(name, line[end:]) for name in missing for _, _, end in found):
        return NamedPlaces((), text, only)
    return NamedPlaces(tuple(dict.fromkeys(place for place, _, _ in found)), rest, only)


def _follows(name: str, line: str) -> bool:
    return bool(re.match(rf"\W*(?:(?:van|uit|in|bij|of)\s+)?(?:(?:de|het|the)\s+)?{re.escape(name)}(?!\w)", line))
