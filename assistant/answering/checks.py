"""Checks a statement of a language model against the sentences that it cites.

Everything is by rule and errs towards refusing: a refused statement costs a sentence, a wrong one costs trust. What is
checked: form (no markup, links or quotes of its own), figures, dates, names, negation and modality, and the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assistant.answering.figures import figures_of
from assistant.answering.matching import word_grams
from assistant.answering.tone import Tone, clauses, tone_of
from assistant.language.function_words import DUTCH
from assistant.language.information import information
from assistant.language.sentences import sentence_spans
from assistant.language.tokens import fold, terms, words

LONGEST = 500  # characters in a statement
_LIKE = 0.6  # share of a word's 4-grams from which another word is a form of it
_PART = 5  # letters from which a word may be part of a compound
_IN_QUOTES = 0.4  # share of a statement's information that its cited sentences must hold
_IN_ALL = 0.55  # the same, of cited sentences, their place and the question together
_NEAR = 0.9  # clauses that hold nearly as much of a statement as the best one are as good
_MARKUP = re.compile(r"[<>\[\]{}|`\\]|https?:|www\.|\]\(|[\w-]+\.(?:nl|com|org|net|eu|be)\b/?", re.IGNORECASE)
_OPENERS = frozenset(  # plain words with which a sentence may open; with a capital, as names have
    """
    alleen uitsluitend enkel slechts volgens binnen buiten tenzij elk elke ieder iedere iedereen iemand niemand tijdens
    bovendien daarnaast daarna verder eerst zodra indien mensen zonder tussen vanuit tegen daarmee hiermee hierdoor echter
    soms meestal vaak wel zolang totdat voordat nadat omdat doordat hierover daarover sommige beide anders
    """.split()
)
_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\.\w+")
_QUOTED = re.compile(r"[“”„\"«]([^“”„\"«»]+)[“”\"»]|(?<!\w)[‘']([^‘’']+)[’'](?!\w)")
_NAME = re.compile(r"[^\W\d_]*[A-ZÀ-Þ][^\W_]*(?:&[A-Z]\w*)?")


class Fault(StrEnum):
    """Why a statement is refused."""

    FORM = "form"
    QUOTE = "quote"
    FIGURE = "figure"
    NAME = "name"
    NEGATION = "negation"
    MODALITY = "modality"
    CONDITION = "condition"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Support:
    """What a statement may rest on.

    ``quotes``: the cited sentences, a list item with its lead-in before it; ``context``: where they stand (titles, headings,
    validity), which may give names and figures but no rule; ``aliases``: groups of names for the same thing, folded.
    """

    quotes: tuple[str, ...]
    context: str = ""
    question: str = ""
    aliases: tuple[frozenset[str], ...] = ()

    @property
    def text(self) -> str:
        """The cited sentences as one text."""
        return "\n\n".join(self.quotes)


def faults(statement: str, support: Support) -> frozenset[Fault]:
    """Everything that is wrong with ``statement``; empty when it may be shown."""
    text = " ".join(statement.split())
    if not text or len(text) > LONGEST or not terms(text) or _bad_form(text, support):
        return frozenset({Fault.FORM})
    checks = (
        (Fault.QUOTE, _quotes_itself(text, support)),
        (Fault.FIGURE, bool(figures_of(text).lacking_in(figures_of(f"{support.text}\n\n{support.context}")))),
        (Fault.NAME, _names_others(text, support)),
        (Fault.SUBJECT, not _on_subject(text, support)),
    )
    return frozenset(fault for fault, found in checks if found) | _tone_faults(text, support)


def _bad_form(text: str, support: Support) -> bool:
    """Markup, a link, or an e-mail address that the cited sentences do not hold."""
    emails = _EMAIL.findall(text)
    held = support.text.casefold()
    return bool(_MARKUP.search(_EMAIL.sub(" ", text))) or any(email.casefold() not in held for email in emails)


def _quotes_itself(text: str, support: Support) -> bool:
    held = " ".join(f"{support.text} {support.context}".casefold().split())
    quoted = ("".join(match.groups(default="")) for match in _QUOTED.finditer(text))
    return any(" ".join(quote.casefold().split()).strip(" .,") not in held for quote in quoted)


def _names_others(text: str, support: Support) -> bool:
    """Whether a proper name or abbreviation occurs that the cited sentences and their place do not."""
    held = set(words(f"{support.text} {support.context}"))
    line = f" {' '.join(words(f'{support.text} {support.context}'))} "
    for group in support.aliases:
        if any(f" {name} " in line for name in group):
            held.update(word for name in group for word in name.split())
    for start, end in sentence_spans(text):
        for match in _NAME.finditer(text, start, end):
            name = words(match[0])
            opens = not any(char.isalnum() for char in text[start : match.start()])
            if opens and match[0][1:].islower():
                if not _known_opener(name, held):
                    return True
            elif any(word not in held and word.removesuffix("s") not in held for word in name):
                return True
    return False


def _known_opener(name: Sequence[str], held: Iterable[str]) -> bool:
    """Whether the word that opens a sentence, and so has a capital anyway, is a plain word or stands in what is cited."""
    return all(word in DUTCH or word in _OPENERS or any(alike(word, other) for other in held) for word in name)


def _on_subject(text: str, support: Support) -> bool:
    weights = {word: information(word) for word in terms(text)}
    total = sum(weights.values())
    if not total:
        return False
    quoted = tuple(set(terms(support.text)))
    around = (*quoted, *terms(support.context), *terms(support.question))
    return all(
        sum(weight for word, weight in weights.items() if any(alike(word, other) for other in known)) >= least * total
        for known, least in ((quoted, _IN_QUOTES), (around, _IN_ALL))
    )


def _tone_faults(text: str, support: Support) -> frozenset[Fault]:
    """Each clause of the statement must be meant as the cited clause is that it resembles most."""
    cited = [
        (frozenset(terms(clause)), tone_of(clause), tone_of(sentence))
        for quote in support.quotes
        for clause, sentence in clauses(quote)
    ]
    whole = tone_of(text)
    everything = tone_of(support.text)
    found: set[Fault] = set()
    if whole.always and not (everything.always or everything.whole):
        found.add(Fault.MODALITY)
    for clause, sentence in clauses(text):
        own = _Said(tone_of(clause), tone_of(sentence))
        trials = [_against(own, tone, around) for tone, around in _closest(clause, cited)]
        found |= min(trials, key=len, default=frozenset({Fault.SUBJECT}))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Said:
    clause: Tone
    sentence: Tone


def _against(said: _Said, cited: Tone, around: Tone) -> frozenset[Fault]:
    """The faults of a clause as said, held against a cited clause and the sentence ``around`` it."""
    mine, own = said.clause, said.sentence
    limited = own.only or own.condition or own.must or mine.denied
    modality = (
        (mine.only and not (cited.only or around.only)),
        (mine.must and not (around.must or around.need or around.only)),
        (mine.may and not (around.may or (mine.only and around.only))),
        (cited.may and not (mine.may or mine.must or mine.denied or own.may)),
        (cited.must and not cited.denied and not (own.must or own.need or mine.denied or own.only)),
        (cited.hedged and not (own.hedged or own.may)),
        (cited.only and not limited),
    )
    found = {Fault.MODALITY} if any(modality) else set()
    if mine.denied != cited.denied:
        found.add(Fault.NEGATION)
    if around.bound and not limited:
        found.add(Fault.CONDITION)
    return frozenset(found)


def _closest(clause: str, cited: Sequence[tuple[frozenset[str], Tone, Tone]]) -> list[tuple[Tone, Tone]]:
    """The tones of the cited clauses that hold most of what ``clause`` is about."""
    about = set(terms(clause))
    held = [sum(information(word) for word in about if any(alike(word, other) for other in known)) for known, _, _ in cited]
    least = _NEAR * max(held, default=0.0)
    return [(tone, around) for share, (_, tone, around) in zip(held, cited, strict=True) if share >= least]


@lru_cache(maxsize=100_000)
def alike(word: str, other: str) -> bool:
    """Whether two folded words are forms of one word, or one is part of the other as a compound."""
    if word == other:
        return True
    if word.isdigit() or other.isdigit() or min(len(word), len(other)) < 4:
        return False
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) >= _PART and (longer.startswith(shorter) or longer.endswith(shorter)):
        return True
    mine, yours = set(word_grams(fold(word))), set(word_grams(fold(other)))
    return len(mine & yours) >= _LIKE * min(len(mine), len(yours))
