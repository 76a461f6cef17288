"""The questions of the keeper as questions: how much a new one is like those that a unit answers, and those that none does.

Every example question, every unit that has some, and every unanswered question is a row of a lexical index over the
character n-grams of all its words: here "hoe vaak" and "wie" tell as much as the subject does. Likeness is the product of
their idf weights over the square of the longer one's length: a cosine that also falls when one says more than the other.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.indexing import messages
from assistant.indexing.files import load_array, save_array
from assistant.indexing.lexical import LexicalBuilder, LexicalIndex, cut_apart, cut_grams
from assistant.indexing.phrasing import Phrasing, Place, write_phrasing
from assistant.indexing.texts import IndexInput
from assistant.language.tokens import grams_of, words

_NONE = -1  # of an unanswered question: no passage
_OWNERS, _TEXTS, _PHRASING, _SEED = "owners.npy", "unanswered.json", "phrasing", "made-from"
_RECIPE = 1  # goes up with every change in what is learned from the same questions


class AskedQuestions:
    """Reads such a folder.

    ``judged`` are the documents that the ``unanswered`` questions were held against; ``elsewhere`` are, for each of these,
    the ids of the documents in which the answer may stand, or "". ``phrasing`` tells both kinds apart by their wording.
    """

    def __init__(self, folder: Path) -> None:
        self.index = LexicalIndex(folder)
        self._owners: NDArray[np.int32] = load_array(folder / _OWNERS, np.int32)
        values = json.loads((folder / _TEXTS).read_text("ascii"))
        self.unanswered: tuple[str, ...] = tuple(question for question, _ in values["questions"])
        self.elsewhere: tuple[str, ...] = tuple(document for _, document in values["questions"])
        self.judged = frozenset(values["documents"])
        self.phrasing = Phrasing(folder / _PHRASING)
        if len(self._owners) != self.index.passages or np.count_nonzero(self._owners[:, 0] == _NONE) != len(self.unanswered):
            raise messages.damaged("het aantal vragen klopt niet")

    @cached_property
    def _norms(self) -> NDArray[np.float64]:
        return np.maximum(self.index.norms(), 1e-9)

    def likeness(self, question: str) -> NDArray[np.float64]:
        """How much every row is like ``question``, 0.0..1.0."""
        tokens = list(dict.fromkeys(grams_of(words(question))))
        weights = self.index.idfs(tokens)
        known = self.index.scores(dict(zip(tokens, weights.tolist(), strict=True)))
        unknown = self.index.idf("") ** 2 * np.count_nonzero(weights == 0)
        length = np.sqrt(np.square(weights).sum() + unknown)
        return np.asarray(known / np.square(np.maximum(self._norms, length)), dtype=np.float64)

    def of_unit(self, likeness: NDArray[np.float64], row: int, unit: int) -> NDArray[np.float64]:
        """The part of ``likeness`` that belongs to a unit of the passage in ``row``: the unit itself and its questions."""
        return np.asarray(likeness[(self._owners[:, 0] == row) & (self._owners[:, 1] == unit)])

    def like(self, likeness: NDArray[np.float64], least: float) -> frozenset[Place]:
        """The units of which a question has a ``likeness`` of at least ``least``, by row of the passage and index."""
        owners = self._owners[np.flatnonzero(likeness >= least)]
        return frozenset((int(row), int(unit)) for row, unit in owners if row != _NONE)

    def of_none(self, likeness: NDArray[np.float64]) -> NDArray[np.float64]:
        """The part of ``likeness`` that belongs to ``unanswered``, in that order."""
        return np.asarray(likeness[self._owners[:, 0] == _NONE])


def write_asked(folder: Path, material: IndexInput) -> int:
    """Writes the index of questions of ``material`` into ``folder`` (which is made) and returns its number of rows."""
    texts: list[str] = []
    owners: list[tuple[int, int]] = []
    for row, passage in enumerate(material.passages):
        for unit, questions in enumerate(material.questions.get(passage.id, ())):
            own = (passage.units[unit].text, *questions) if questions else ()
            texts += own
            owners += [(row, unit)] * len(own)
    texts += [text for text, _ in material.unanswered]
    owners += [(_NONE, 0)] * len(material.unanswered)
    builder, nothing = LexicalBuilder(k1=0.0, b=0.0), np.empty(0, np.uint64)  # weighs every n-gram by its idf alone
    for keys in cut_apart(cut_grams([words(text) for text in texts]), len(texts)):
        builder.add(nothing, keys, nothing)
    builder.write(folder)
    answered = [text for units in material.questions.values() for unit in units for text in unit]
    write_phrasing(folder / _PHRASING, _asked_units(material), answered, [text for text, _ in material.unanswered])
    save_array(folder / _OWNERS, np.array(owners, dtype=np.int32).reshape(-1, 2))
    values = {"questions": list(material.unanswered), "documents": list(material.judged)}
    (folder / _TEXTS).write_text(json.dumps(values), "ascii")
    (folder / _SEED).write_text(_seed(material), "ascii")
    return len(owners)


def is_asked_of(folder: Path, material: IndexInput) -> bool:
    """Whether :func:`write_asked` would write into ``folder`` just what stands there."""
    seed = folder / _SEED
    return seed.is_file() and seed.read_text("ascii") == _seed(material)


def _seed(material: IndexInput) -> str:
    parts = (_RECIPE, _asked_units(material), material.unanswered, material.judged)
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _asked_units(material: IndexInput) -> list[tuple[Place, tuple[str, ...]]]:
    """The text and questions of each unit of the documents with questions: one without any must not lose by that alone."""
    documents = {passage.document for passage in material.passages if any(material.questions.get(passage.id, ()))}
    found = []
    for row, passage in enumerate(material.passages):
        if passage.document in documents:
            questions = material.questions.get(passage.id, ((),) * len(passage.units))
            found += [((row, n), (unit.text, *questions[n])) for n, unit in enumerate(passage.units)]
    return found
