"""Understands a question: language, conversation, spelling, concepts, years and what is asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.corpus.glossary import Concept
from assistant.errors import UsageError
from assistant.language.english import in_dutch
from assistant.language.function_words import DUTCH, ENGLISH
from assistant.language.information import information, language_of
from assistant.language.tokens import fold, grams, words
from assistant.records import Notice, Question, Source
from assistant.retrieval.asks import asks_of, counted_in
from assistant.retrieval.concepts import STRENGTH, ConceptFinder, Found, forms_of
from assistant.retrieval.dates import with_years, years_in
from assistant.retrieval.followup import Resolved, resolve
from assistant.retrieval.meant import Meaning
from assistant.retrieval.named import named_places, named_sources
from assistant.retrieval.question import AnalysedQuestion, Form, Key, Origin
from assistant.retrieval.scope import is_suspicious, is_urgent, small_talk, without_html
from assistant.retrieval.spelling import Speller

LONGEST_QUESTION = 2_000
_REMEMBERED = 8  # earlier questions that a follow-up may lean on
_INHERITED = (0.35, 0.2)  # what the words of the question before weigh in a follow-up, and of the one before that
_EXPANSION = 0.35  # what another word for the same thing weighs in the search, beside the literal word
_PART = 0.7  # how well one telling word of a phrase stands for the phrase
_TELLING = 0.4
_YEAR = 0.1
_UNTRANSLATED = 0.5  # an English word that neither glossary nor word list knows cannot be looked for, so it tells less
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z][\w’'-]+")
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")  # a terminal's colours, pasted along
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


_STRANGE = Notice(
    "language", "Uw vraag lijkt niet in het Nederlands te zijn gesteld. Ik begrijp alleen Nederlands en Engels goed."
)


def usable(text: str) -> str:
    """The question without control and direction characters, blanks collapsed. Raises UsageError when nothing is left."""
    clean = " ".join(_CONTROL.sub(" ", _ANSI.sub(" ", text).encode("utf-8", "replace").decode("utf-8")).split())
    if not any(char.isalnum() for char in clean):
        raise UsageError("question-empty", "Er staat geen vraag.", "Typ een vraag in gewone woorden.")
    if len(clean) > LONGEST_QUESTION:
        raise UsageError(
            "question-too-long",
            f"De vraag is te lang: {len(clean)} tekens, het mogen er {LONGEST_QUESTION} zijn.",
            "Maak de vraag korter en stel zo nodig meer vragen na elkaar.",
        )
    return clean


def _in_the_time_of(resolved: Resolved) -> str:
    """The earlier question whose year holds for this one too, where it is put into that one or says "dan"."""
    return " ".join(resolved.leans_on) if resolved.grafted or "dan" in words(resolved.own) else ""


def _earlier(history: Sequence[str]) -> list[str]:
    """The last few earlier questions that can be used; one that cannot must not cost the user this answer."""
    kept = []
    for text in history[-_REMEMBERED:]:
        try:
            kept.append(without_html(usable(text)))
        except UsageError:
            continue
    return [text for text in kept if not small_talk(text)]


class Analyst:
    """Built once from the glossary, the catalogue and the words that the index knows."""

    def __init__(self, concepts: Iterable[Concept], sources: Iterable[Source], vocabulary: Mapping[str, int]) -> None:
        self._finder = ConceptFinder(concepts)
        self._sources = tuple(sources)
        self._meaning = Meaning(self._sources, self._finder.vocabulary)
        self.vocabulary = vocabulary.keys()
        self._speller = Speller(Counter(self._finder.vocabulary) + Counter(vocabulary))

    def analyse(self, question: Question) -> AnalysedQuestion:
        """Analyses a question within its conversation. Raises UsageError for a question that cannot be used."""
        text = without_html(usable(question.text))
        talk, urgent = small_talk(text), is_urgent(text)
        resolved = resolve(text, () if talk or urgent else _earlier(question.history))
        asked, language = text, language_of(text)
        notices = [] if language in ("nl", "en") else [_STRANGE]
        text = resolved.own
        named = self._named(text) or self._named(resolved.text)
        places = named_places(text, named)
        dated = text
        if not places.only:  # a place or a document is found by its name; that no text answers it says nothing
            dated = places.rest
            text = self._meaning.of(dated).rest
        corrections: dict[str, str] = {}
        whole = resolved.text if resolved.grafted else text
        years = years_in(dated, question.as_of) or years_in(_in_the_time_of(resolved), question.as_of)
        keys = [_year_told(key, years) for key in self._keys(_dated(text, question.as_of, language), language, corrections)]
        for scale, earlier in zip(_INHERITED, resolved.leans_on, strict=False):
            keys += self._inherited(earlier, language, keys, scale)
        if spelt := _spelling(corrections):
            notices.append(Notice("spelling", spelt))
        mended = _mend(text, corrections)
        dense = resolved.text if resolved.leans_on else mended
        if language == "en":
            dense = self._glossed(dense)
        return AnalysedQuestion(
            question=question,
            interpreted=resolved.text,
            language=language,
            keys=tuple(keys),
            asks=asks_of(whole),
            words=_word_weights(keys),
            grams=_gram_weights(mended, keys),
            dense=dense,
            years=years,
            counted=_counted(whole, keys),
            mentions=tuple(source.id for source in named),
            places=places.places,
            only_places=places.only,
            suspicious=is_suspicious(asked),
            small_talk=talk,
            may_stand_alone=resolved.alone,
            urgent=urgent,
            notices=tuple(notices),
            corrections=corrections,
        )

    def _named(self, text: str) -> tuple[Source, ...]:
        return tuple(dict.fromkeys((*named_sources(text, self._sources), *self._meaning.of(text).sources)))

    def _keys(self, text: str, language: str, corrections: dict[str, str]) -> list[Key]:
        found = self._corrected(words(text), language, corrections)
        english = language == "en"
        tongue = "en" if english else "nl"
        skip = ENGLISH | DUTCH if english else DUTCH
        keys: list[Key] = []
        covered = [False] * len(found)
        names = _names(text)
        for hit in self._finder.find(found, english):
            span = tuple(found[hit.start : hit.end])
            if all(word in skip for word in span):
                continue
            covered[hit.start : hit.end] = [True] * len(span)
            literal = () if english and hit.origin is Origin.ENGLISH else _literal(span, hit)
            others = [form for concept in hit.concepts for form in forms_of(concept, hit.origin)]
            weight = min(1.0, sum(information(word, tongue) for word in span))
            keys.append(
                Key(
                    " ".join(span),
                    weight,
                    _best_forms((*literal, *others)),
                    hit.concepts[0].term,
                    name=not names.isdisjoint(span),
                )
            )
        for at, word in enumerate(found):
            if not covered[at] and word not in skip:
                dutch = in_dutch(word) if english else ()
                weight = information(word, tongue) * (_UNTRANSLATED if english and not dutch else 1.0)
                forms = [Form((each,), STRENGTH[Origin.ENGLISH], Origin.ENGLISH) for each in dutch]
                keys.append(Key(word, weight, (Form((word,), 1.0, Origin.LITERAL), *forms), name=word in names))
        return keys

    def _glossed(self, text: str) -> str:
        """An English question word by word in Dutch: what the embedder reads, and what the keeper's questions are like."""
        found = words(text)
        dutch = [(in_dutch(word) or (word,))[0] for word in found]
        for hit in reversed(self._finder.find(found, english=True)):
            named = hit.origin is not Origin.ENGLISH  # a field name that English speakers use as well
            dutch[hit.start : hit.end] = found[hit.start : hit.end] if named else [hit.concepts[0].term]
        return " ".join(dutch)

    def _corrected(self, found: Sequence[str], language: str, corrections: dict[str, str]) -> list[str]:
        """The words with misspellings mended and split compounds joined; what was changed goes into ``corrections``."""
        if language != "nl":
            return list(found)
        mended: list[str] = []
        for word in self._joined(found, corrections):  # "voor zitter" is no misspelt "voor zitten"
            better = self._speller.correct(word)
            if better:
                corrections[word] = " ".join(better)
            mended += better or (word,)
        return self._joined(mended, corrections)

    def _joined(self, found: Sequence[str], corrections: dict[str, str]) -> list[str]:
        """The words with split compounds written as one, where a part of them is not a known word by itself."""
        whole = list(found)
        for start, end, joined in reversed(self._speller.join(whole)):
            if not all(word in self.vocabulary for word in whole[start:end]):
                corrections[" ".join(whole[start:end])] = joined
                whole[start:end] = [joined]
        return whole

    def _inherited(self, previous: str, language: str, own: Sequence[Key], scale: float) -> list[Key]:
        present = {key.concept or key.text for key in own}
        return [
            Key(key.text, key.weight * scale, key.forms, key.concept, inherited=True)
            for key in self._keys(previous, language, {})
            if (key.concept or key.text) not in present
        ]


def _literal(span: tuple[str, ...], hit: Found) -> tuple[Form, ...]:
    """A phrase as it was asked; and each of its telling words, which alone stand for it in part.

    Not so for a field term that must not be taken for another: "risico" is no part of an answer about "eigen risico".
    """
    fixed = hit.origin is Origin.VARIANT and any(concept.not_same_as for concept in hit.concepts)
    split = len(span) > 1 and not fixed
    parts = [word for word in span if split and word not in DUTCH and information(word) >= _TELLING]
    return (Form(span, 1.0, Origin.LITERAL), *(Form((word,), _PART, Origin.LITERAL) for word in parts))


def _best_forms(forms: Sequence[Form]) -> tuple[Form, ...]:
    best: dict[tuple[str, ...], Form] = {}
    for form in forms:
        if form.words not in best or best[form.words].strength < form.strength:
            best[form.words] = form
    return tuple(best.values())


def _dated(text: str, as_of: date, language: str) -> str:
    """The question with relative years as numbers. Names keep their capitals where there is nothing to replace."""
    dated = with_years(text, as_of)
    return text if dated == fold(text) or language != "nl" else dated


def _year_told(key: Key, years: Sequence[int]) -> Key:
    """A year asks for a source that holds then, which is judged by validity; its digits need not stand in the text."""
    return replace(key, weight=_YEAR) if key.text.isdigit() and int(key.text) in years else key


def _counted(text: str, keys: Sequence[Key]) -> tuple[str, ...]:
    """All words for the thing whose number is asked for: the first key among the words after "hoeveel", in its forms."""
    after = counted_in(text)
    for word in after:
        for key in keys:
            if word in key.text.split():
                return tuple(dict.fromkeys(form.words[-1] for form in key.forms))
    return ()


def _word_weights(keys: Sequence[Key]) -> dict[str, float]:
    """Literal words weigh 1 (inherited ones less); words of other forms weigh less than any literal word."""
    weights: dict[str, float] = {}
    for key in keys:
        scale = _INHERITED[0] if key.inherited else 1.0
        for form in key.forms:
            literal = form.origin is Origin.LITERAL
            for word in form.words:
                if word not in DUTCH:
                    weights[word] = max(weights.get(word, 0.0), scale * (1.0 if literal else _EXPANSION * form.strength))
    return weights


def _gram_weights(text: str, keys: Sequence[Key]) -> dict[str, float]:
    weights = dict.fromkeys(grams(text), 1.0)
    for key in keys:
        if key.inherited:
            for gram in grams(key.text):
                weights.setdefault(gram, _INHERITED[0])
        for form in key.forms:
            if form.origin is not Origin.LITERAL:
                for gram in grams(" ".join(form.words)):
                    weights.setdefault(gram, _EXPANSION * form.strength * (_INHERITED[0] if key.inherited else 1.0))
    return weights


def _spelling(corrections: Mapping[str, str]) -> str:
    """As what misspelt words were read, where the reader may have meant another word."""
    read = [f"‘{wrong}’ als ‘{right}’" for wrong, right in corrections.items() if " " not in wrong + right]
    return f"Ik lees {', '.join(read)}." if read else ""


def _names(text: str) -> frozenset[str]:
    """The folded words of capitalised words that do not open a sentence: people, places, organisations."""
    return frozenset(word for name in _NAME.findall(text) for word in words(name))


def _mend(text: str, corrections: dict[str, str]) -> str:
    line = fold(text)
    for wrong, right in corrections.items():
        line = re.sub(rf"\b{re.escape(wrong)}\b", right, line)
    return line if corrections else text
