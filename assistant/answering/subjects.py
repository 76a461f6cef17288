"""What each document is about: a question about the one is not answered by another that never speaks of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

import numpy as np

from assistant.answering.matching import Sentences
from assistant.indexing import Generation
from assistant.retrieval.question import Key

_NAMED = 0.8  # how well a title or text speaks to a part of a question that it names: by one of its words is too little
_KEPT = 32  # documents whose words are remembered


class Subjects:
    """The titles and texts of the documents of one generation."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        titles = {source.id: source.title for source in generation.sources}
        self._names = [name for name, _ in generation.document_keys]
        self._titles = Sentences([titles.get(name, "") for name in self._names])
        self._text = lru_cache(maxsize=_KEPT)(self._read)

    def foreign(self, keys: Sequence[Key], documents: Collection[str]) -> list[bool]:
        """Of each part of a question whether another document has it in its title, and none of ``documents`` says it."""
        others = [at for at, name in enumerate(self._names) if name not in documents]
        named = (self._titles.matches(keys)[others] >= _NAMED).any(axis=0)
        if not named.any():
            return [False] * len(keys)
        said = np.concatenate([self._text(name).matches(keys) for name in sorted(documents)]).max(axis=0)
        return [bool(each) for each in named & (said < _NAMED)]

    def _read(self, name: str) -> Sentences:
        return Sentences([self._generation.documents[key].text for key in self._generation.document_keys if key[0] == name])
