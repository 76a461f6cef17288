"""The words of a question that only say which document is meant: its title, or part of it, its names, its publisher."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.language.function_words import DUTCH, ENGLISH
from assistant.language.information import information
from assistant.language.tokens import fold, terms, words
from assistant.records import DocumentStatus, Source

_WORD = re.compile(r"[a-z0-9]+")
_RARE = 0.85  # information of a word of a publisher's name from which it is the name: "Noorderlicht", and not "Nederland"
_LEADS = frozenset("volgens bij van in uit to by in of".split())
_ARTICLES = frozenset("de het the".split())
_SHORTEST = 2  # telling words of a title that are taken for all of it

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """The loaded documents that a question means, and what it says beside their names."""

    sources: tuple[Source, ...]
    rest: str


class Meaning:
    """Finds the names of the loaded documents among ``sources``; ``field`` are words of the field, which name nobody.

    A name after "volgens", "bij" or "van" says where the answer stands. One without, as in "Wie schreef de inkooptekst?", is
    what is asked about.
    """

    def __init__(self, sources: Sequence[Source], field: Collection[str]) -> None:
        loaded = [source for source in sources if source.status is DocumentStatus.PUBLISHED]
        self._field = field
        self._phrases = [(s, [*filter(self._tells, _names(s)), *_short_titles(s, sources)]) for s in loaded]
        self._publishers = [(source, words(source.publisher)) for source in loaded]

    def of(self, text: str) -> Meant:
        """The documents that ``text`` means. All of it is the rest where it would say nothing without their names."""
        line = fold(text)
        spans = [match.span() for match in _WORD.finditer(line)]
        asked = [line[start:end] for start, end in spans]
        found = [(s, at) for s, phrases in self._phrases for phrase in phrases for at in _places(asked, phrase)]
        found += [(s, at) for s, publisher in self._publishers for at in self._named(asked, publisher)]
        sources = tuple(dict.fromkeys(source for source, _ in found))
        led = [(places, _leading(asked, places.start)) for _, places in found]
        naming = {at for places, lead in led if lead for at in (*lead, *places)}
        if all(word in DUTCH | ENGLISH for at, word in enumerate(asked) if at not in naming):
            return Meant(sources, text)
        rest = list(text if len(text) == len(line) else line)
        for at in naming:
            start, end = spans[at]
            rest[start:end] = " " * (end - start)
        return Meant(sources, "".join(rest))

    def _tells(self, name: Phrase) -> bool:
        """Whether a name is more than words of the field: a page called "Casemanager dementie" is not meant by these."""
        return any(word not in self._field and word not in DUTCH for word in name)

    def _named(self, asked: Sequence[str], publisher: Sequence[str]) -> Iterator[range]:
        """Where words of a publisher's name stand together, one of which is rare."""
        at = 0
        while at < len(asked):
            end = at
            while end < len(asked) and asked[end] in publisher:
                end += 1
            if any(word not in self._field and information(word) >= _RARE for word in asked[at:end]):
                yield range(at, end)
            at = end + 1


def _names(source: Source) -> list[Phrase]:
    return [tuple(words(name)) for name in (source.title, *source.names) if words(name)]


def _short_titles(source: Source, sources: Sequence[Source]) -> Iterator[Phrase]:
    """Beginnings of the title that no other document has, from its kind on: "beleidsregel ketencoördinatie"."""
    title = tuple(words(source.title))
    if not title or title[0] not in words(source.kind.label):
        return
    others = [tuple(words(other.title)) for other in sources if other.id != source.id]
    for end in range(2, len(title)):
        short = title[:end]
        if len(terms(" ".join(short))) >= _SHORTEST and short[-1] not in DUTCH and all(o[:end] != short for o in others):
            yield short


def _leading(asked: Sequence[str], end: int) -> range:
    """The "volgens de" that ends before ``end``, where a name begins; empty where there is none."""
    start = end
    while start and asked[start - 1] in _ARTICLES:
        start -= 1
    return range(start - 1, end) if start and asked[start - 1] in _LEADS else range(0)


def _places(asked: Sequence[str], phrase: Phrase) -> Iterator[range]:
    size = len(phrase)
    return (range(at, at + size) for at in range(len(asked) - size + 1) if tuple(asked[at : at + size]) == phrase)
