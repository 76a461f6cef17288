"""Which parts of a question the documents know at all, and how much each tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.indexing import Generation
from assistant.language.function_words import DUTCH
from assistant.language.tokens import terms
from assistant.retrieval.question import CLOSE, AnalysedQuestion, Key

_NO_CHANCE = 3  # so many example questions of a unit with a word are no chance


class Known:
    """The words of one generation."""

    def __init__(self, generation: Generation) -> None:
        self._words = generation.words
        self._incidental = _incidental(generation)

    def telling(self, question: AnalysedQuestion) -> list[float]:
        """How much each key tells: its information, and how few passages hold it (what none holds tells most), 0..1."""
        highest = self._words.idf("")  # of a term that occurs nowhere
        weights = []
        for key in question.keys:
            close = [form for form in key.forms if form.strength >= CLOSE] or key.forms
            held = [max(self._words.idf(word) for word in form.words) for form in close if self._holds(form.words)]
            weights.append(key.weight * (min(held) if held else highest) / highest)
        return weights

    def knows(self, key: Key) -> bool:
        """Whether any passage holds a part of the question in any form."""
        return any(self._holds(form.words) for form in key.forms)

    def _holds(self, words: Sequence[str]) -> bool:
        index = self._words  # which holds no function words: "niet pluis" is known by "pluis"
        return all(index.document_frequency(word) > self._incidental.get(word, 0) for word in words if word not in DUTCH)


def _incidental(generation: Generation) -> dict[str, int]:
    """Words of stray example questions, which none of their passages says, with the number of these passages.

    A town or "morgen" in such a question is chance, and no sign that the documents know anything of it.
    """
    said: set[str] = set()
    passages: Counter[str] = Counter()
    for name, units in generation.questions.items():
        passage = generation.passages[generation.row_of[name]]
        own = set(terms(f"{' '.join(passage.section)} {passage.text}"))
        asked = [Counter(word for question in unit for word in set(terms(question)) - own) for unit in units]
        said |= own | {word for unit in asked for word, count in unit.items() if count >= _NO_CHANCE}
        passages.update(set().union(*asked))
    return {word: count for word, count in passages.items() if word not in said}
