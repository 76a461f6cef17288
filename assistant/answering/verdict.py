"""Says "Ja" or "Nee" first, where one quoted sentence makes that certain by its own words; else the quote speaks.

Certain means: the sentence says what is asked and nothing more. Every word of substance of either side stands in the other,
in the same role and order, with the same auxiliaries; there is no clause within the clause, and nothing in any quote of the
answer that sets a condition or makes an exception.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.saying import Part, Saying, act_of, among, read, same
from assistant.answering.tone import tone_of
from assistant.language.places import places_in
from assistant.language.sentences import sentence_spans
from assistant.language.tokens import fold, words
from assistant.records import Citation
from assistant.retrieval.question import AnalysedQuestion, Ask

_LEAST = 2  # words that a question must have of its own to be answered so briefly
_CONDITION = re.compile(
    r"\b(?:indien|wanneer|zodra|mits|tenzij|behalve|zo nodig|(?:voor|in) zover|zolang|naar gelang|pas|uitzonder\w*"
    r"|uitgezonderd|in (?:het )?geval|(?:op|vanaf) het moment|onder (?:\w+ )?voorwaarden?|bij een|maar|echter"
    r"|(?:alleen|ook|behalve|dan) als)\b"
    # "Als" of a role ("die als kassier optreden") and "afhankelijk" of a state ("zij zijn afhankelijk") set no condition.
    r"|\bals (?:de|het|een|er|deze|dit|dat|die|ik|u|je|hij|zij|ze|we|wij|men|iemand)\b|(?:^|[,;(] )(?:als|afhankelijk)\b"
)
_ONLY = re.compile(r"\b(?:alleen|enkel|slechts|uitsluitend|voorbehouden)\b")
_NO_CONDITION = re.compile(r"^\(?\d+[.)] |\bzowel\b.{1,80}?\bals\b|\bniet alleen\b")


def verdicts(question: AnalysedQuestion, citations: Sequence[Citation]) -> dict[str, int]:
    """ "ja" and "nee", each with the number of a citation that says so; both where the quotes contradict each other."""
    text = question.question.text
    tone = tone_of(text)
    plain = not (tone.denied or tone.only or tone.hedged or tone.always or tone.condition)
    if question.asks != {Ask.WHETHER} or question.language != "nl" or not plain or len(sentence_spans(text)) != 1:
        return {}
    asked = read(_without_places(text), question=True)
    if asked.either or len(_words(asked.parts)) + asked.modal < _LEAST:
        return {}
    said = {
        word: citation.number for citation in citations for word in _said_by(asked, citation.quote, bool(question.places))
    }
    everything = [sentence for citation in citations for sentence in _sentences(citation.quote)]
    return {} if any(_limits(sentence, "ja" in said) for sentence in everything) else said


def _without_places(text: str) -> str:
    """The question without "volgens punt 3"; where that is, is another matter than what it says."""
    line = fold(text)
    for _, start, end in reversed(places_in(text)):
        line = re.sub(r"(?:\b(?:volgens|in|van|uit) )?(?:(?:het|de) )?$", "", line[:start]) + line[end:]
    return line


def _sentences(quote: str) -> list[str]:
    return [quote[start:end] for start, end in sentence_spans(quote)]


def _limits(sentence: str, allowed: bool) -> bool:
    """Whether a sentence makes what stands beside it depend on more; "alleen" bears out a denial but limits a permission."""
    line = _NO_CONDITION.sub(" ", " ".join(fold(sentence).split()))
    return bool(_CONDITION.search(line) or (allowed and _ONLY.search(line)))


def _said_by(asked: Saying, quote: str, placed: bool) -> Iterator[str]:
    sentences = _sentences(quote)
    if any(line.rstrip().endswith(":") for line in quote.splitlines()):
        return  # what stands under a heading line is said of what the line names
    for place, sentence in enumerate(sentences):
        if sentence.rstrip().endswith("?"):
            continue
        said = read(sentence)
        if _repeats(asked, said):
            yield "ja"
        elif not (asked.entangled or said.entangled or said.denials > 1):
            word = _verdict(asked, said, sentences[:place], placed)
            if word:
                yield word


def _repeats(asked: Saying, said: Saying) -> bool:
    """Whether the question is the sentence itself, word for word, but for the place of the first verb."""
    verb, *rest = asked.tokens
    return any([*rest[:place], verb, *rest[place:]] == list(said.tokens) for place in range(len(rest) + 1))


def _verdict(asked: Saying, said: Saying, earlier: Sequence[str], placed: bool) -> str:
    act = act_of(asked)
    if act and not among(act, _words(said.parts)):
        return ""
    mine, parts = _without(asked.parts, act), _without(said.parts, act)
    kept = _kept(mine, parts, said)
    kept = kept and _resolved(mine, kept, act, earlier, placed)
    if not kept:
        return ""
    passive = act and ("worden" in asked.verbs) != ("worden" in said.verbs)
    if passive:
        mine, kept = _active(mine, asked), _active(kept, said)
    if asked.verbs - {"worden" if passive else ""} != said.verbs - {"worden" if passive else ""}:
        return ""
    if not _alike(mine, kept):
        return ""
    return "nee" if said.denials else "ja"


def _words(parts: Sequence[Part]) -> list[str]:
    return [word for part in parts for word in part.words]


def _without(parts: Sequence[Part], act: str) -> list[Part]:
    """The parts without the main verb: where it stands in Dutch says nothing of who does what."""
    left = [replace(part, words=tuple(word for word in part.words if not act or not same(word, act))) for part in parts]
    return [part for part in left if part.words]


def _kept(asked: Sequence[Part], parts: Sequence[Part], said: Saying) -> list[Part] | None:
    """The parts that the question has too; None when there is something beside them that may narrow what is said.

    Of a list one member is enough: "huisartsen of verpleegkundigen mogen" is said of each.
    """
    own = _words(asked)
    kept: list[Part] = []
    for number in dict.fromkeys(part.group for part in parts):
        group = [part for part in parts if part.group == number]
        held = [part for part in group if all(among(word, own) for word in part.words)]
        if not held and not (len(group) == 1 and group[0].points):
            return None
        if held and len(held) < len(group):
            one_of = said.either and "may" not in said.verbs and not said.denials
            listed = any(part.listed for part in group)
            if one_of or not listed or said.denied_group == number or any(_shares(part, group) for part in held):
                return None
        kept += held or group
    return kept


def _shares(part: Part, group: Sequence[Part]) -> bool:
    """Whether an adjective or "deze" before an earlier member of a list may belong to this one as well."""
    place = group.index(part)
    while group[place].bare and place:
        place -= 1
        if len(group[place].words) > 1 or group[place].points:
            return True
    return False


def _resolved(asked: Sequence[Part], kept: list[Part], act: str, earlier: Sequence[str], placed: bool) -> list[Part] | None:
    """``kept`` with what "deze zorg" points to in its stead: the words that the question has and the sentence lacks.

    So only if an earlier sentence of the quote speaks of doing the same with them, and none holds the noun itself. A
    question that names the place (``placed``) points with it. None when it stays unclear what is pointed to.
    """
    own = _words(asked)
    pointing = [part for part in kept if part.points]
    if any(part.points for part in asked):  # "deze zorg" in both, or it is unclear what the question means
        return kept if pointing and all(among(word, own) for word in _words(pointing)) else None
    if len(pointing) != 1:
        return None if pointing else kept
    lacking = tuple(word for word in own if not among(word, _words(kept)))
    if placed and not lacking:
        return [part for part in kept if not part.points or all(among(word, own) for word in part.words)]
    before = [words(sentence) for sentence in earlier]
    taken = any(noun in word for noun in pointing[0].words for line in before for word in line)
    spoken = bool(act and lacking) and any(all(among(word, line) for word in (act, *lacking)) for line in before)
    return None if taken or not spoken else [replace(part, words=lacking) if part.points else part for part in kept]


def _active(parts: Sequence[Part], saying: Saying) -> list[Part]:
    """The parts of a passive clause as its active would have them: who it is done "door" comes first."""
    if "worden" not in saying.verbs:
        return list(parts)
    doers = [replace(part, role="") for part in parts if part.role == "door"]
    return [*doers, *(part for part in parts if part.role != "door")]


def _alike(asked: Sequence[Part], said: Sequence[Part]) -> bool:
    """Whether both have the same words in the same roles, each role's words in the same order."""
    mine, other = _by_role(asked), _by_role(said)
    return mine.keys() == other.keys() and all(
        len(mine[role]) == len(other[role]) and all(map(same, mine[role], other[role])) for role in mine
    )


def _by_role(parts: Sequence[Part]) -> dict[str, list[str]]:
    """The words in each role; those after "van" with the word that they belong to."""
    found: dict[str, list[str]] = {}
    before = ""
    for part in parts:
        found.setdefault(part.role, []).extend(([before] if part.role == "van" else []) + list(part.words))
        before = part.words[-1]
    return found
