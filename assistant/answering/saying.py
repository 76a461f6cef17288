"""What one plain Dutch clause or question says: its words, each in its role, its verbs, and whether it is denied.

Read by closed classes of words (articles, prepositions, auxiliaries, conjunctions), never by subject. A word of no such
class is taken for a word of substance, which both sides must have: whoever does not know a word must not pass over it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.language.tokens import fold

_ARTICLES = frozenset("de het een 't 'n".split())
_POINTING = frozenset("deze dit dergelijke zulke".split())
_PREPOSITIONS = frozenset(
    "aan achter bij binnen boven buiten door gedurende in met na naar naast namens om onder op over per rond sinds te tegen "
    "ten ter tijdens tot tussen uit van vanaf vanuit via volgens voor wegens".split()
)
_SAME_ROLE = {"vanuit": "uit"}
_VERBS = {
    word: verb
    for verb, words in {
        "zijn": "is zijn ben bent",
        "hebben": "heeft hebben heb hebt",
        "worden": "wordt worden word",
        "doen": "doet doen doe",
        "gaan": "gaat gaan ga",
        "may": "kan kun kunt kunnen mag mogen",
        "must": "moet moeten dient dienen hoef hoeft hoeven",
    }.items()
    for word in words.split()
}
_MODAL_WORDS = {"toegestaan": "may", "bevoegd": "may", "mogelijk": "may", "verplicht": "must"}  # with "zijn" and "te"
_DENIALS = frozenset("niet geen nooit".split())
_JOINS = frozenset(", en of".split())
_FILLERS = frozenset("er ook wel al reeds daarnaast bovendien verder echter overigens tevens eveneens namelijk".split())
_OF_ALL = frozenset("alle iedere ieder elke elk".split())  # what holds for each holds for one, unless it is denied
_OF_QUESTIONS = frozenset("ik je jij u we wij men mijn jouw uw ons onze dan nou nu nog toch eigenlijk dus maar want".split())
# A clause within the clause, or a "together": what stands in it is not said of the clause's own subject alone.
_ENTANGLED = re.compile(
    r"\b(?:die|dat|wat|waar\w*|wie|welke?|als|indien|wanneer|zodra|terwijl|omdat|doordat|zodat|opdat|tenzij|mits|hoewel|voordat|"
    r"nadat|totdat|maar|want|noch|zonder|behalve|samen|gezamenlijk|onderling|respectievelijk)\b|\b(?:en|of)/"
)
_EXAMPLE = re.compile(r",?\s*\b(?:bijvoorbeeld|waaronder|onder andere|zoals)\b(?=\s+[a-z])")
_SUCH_AS = "…"
_REFERENCE = re.compile(r"\((?:(?:zie|p|pag|blz|art|artikel|punt|bijlage)\b[^()]*|p\d[^()]*)\)", re.I)
_ABBREVIATED = re.compile(r"\([A-Z&]{2,8}\)")
_SPLIT_INFINITIVE = re.compile(
    r"\b(aan|af|bij|binnen|door|in|mee|na|neer|onder|op|over|rond|samen|terug|toe|uit|voor|voort|weg) te (?=\w+n\b)"
)
_FACT = re.compile(  # "Een knelpunt is dat …" states what follows
    r"^(?:(?:het|een|ook|daarnaast|verder|bovendien|is|blijft|staat) )*"
    r"(?:feit|knelpunt|probleem|vast|duidelijk|zeker) (?:(?:is|blijft|staat|vast) )?dat "
)
_MARKER = re.compile(r"^\(?(?:\d+[a-z]?|[a-z])[.)]\s+")
_TOKEN = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*-?|[^\sa-z0-9]")
_ENDINGS = ("", "e", "en", "n", "s", "t", "d")
_GE = re.compile(r"^(aan|af|bij|door|in|mee|na|om|onder|op|over|terug|toe|uit|voor|)ge(?=\w{3})")
_HARDENED = str.maketrans("vz", "fs")  # "geven, geeft", "lezen, leest"
_PARTICIPLE = re.compile(r"^(?:(\w{2,5}?)ge|ge|be|ver|ont|her)\w{3,}[dt]$")


@dataclass(frozen=True, slots=True)
class Part:
    """Words that one preposition governs (``role``; empty for subject, object and predicate).

    Parts of one ``group`` are alternatives or a list ("huisartsen of verpleegkundigen"). A part that is ``bare`` shares what
    stands before it with its neighbour ("bevoegde artsen en verpleegkundigen"). ``listed``: joined by more than a comma,
    which may also set a remark apart. ``points``: opened by "deze" or "dit".
    """

    role: str
    words: tuple[str, ...]
    group: int
    bare: bool = False
    listed: bool = False
    points: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    """A clause in parts. ``verbs`` are its auxiliaries; ``denied_group`` is the group that the denial stands in.

    ``either``: it has an "of"; ``entangled``: another clause stands within it; ``modal``: an adjective allows or obliges.
    """

    parts: tuple[Part, ...]
    verbs: frozenset[str]
    denials: int
    denied_group: int
    either: bool
    entangled: bool
    modal: bool
    tokens: tuple[str, ...]


@dataclass(slots=True)
class _Reader:
    """Gathers parts, token by token."""

    parts: list[Part] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    role: str = ""
    group: int = 0
    joined: str = ""
    listed: bool = False
    opened: bool = False
    bare: bool = False
    points: bool = False
    verbs: set[str] = field(default_factory=set)
    denied_group: int = -1

    def close(self) -> None:
        """Ends the part at hand. A preposition without words is the particle of a verb: "verwijst door naar"."""
        if self.role and not self.words:
            self.words, self.role = [self.role], ""
        if self.words:
            self.parts.append(Part(self.role, tuple(self.words), self.group, self.bare, self.listed, self.points))
        self.words, self.role = [], ""
        self.opened = self.bare = self.listed = self.points = False

    def open(self, role: str, *, bare: bool = False) -> None:
        """Begins a part; after "en" or "of" in the group of the last one, when it has the same role."""
        self.close()
        if not (self.joined and self.parts and role == self.parts[-1].role):
            self.group += 1
        self.role, self.bare, self.listed, self.opened = role, bare and bool(self.joined), self.joined not in ("", ","), True
        self.joined = ""

    def determined(self, points: bool) -> None:
        """Begins a part at an article, if no preposition just did."""
        if not self.opened or self.words:
            self.open(self._shared())
        self.points = self.points or points

    def said(self, word: str) -> None:
        if not self.opened:
            self.open(self._shared(), bare=True)
        self.words.append(word)

    def join(self, token: str) -> None:
        self.close()
        self.joined = token

    def verb(self, verb: str) -> None:
        self.close()
        self.verbs.add(verb)
        self.joined = ""

    def _shared(self) -> str:
        return self.parts[-1].role if self.joined and self.parts else ""


def read(text: str, *, question: bool = False) -> Saying:
    """Reads one clause or question."""
    line = fold(_prepared(text)).replace("onmogelijk", "niet mogelijk").replace("verboden", "niet toegestaan")
    line = _FACT.sub("", _MARKER.sub("", line).strip())
    line = re.sub(r"\bzowel (.{1,80}?) als\b", r"\1 en", re.sub(r"\bgeen enkele?\b", "geen", line))
    line = _SPLIT_INFINITIVE.sub(r"\1", line)
    entangled = bool(_ENTANGLED.search(line))
    found = _TOKEN.findall(_EXAMPLE.sub(f" {_SUCH_AS} ", line))
    tokens = tuple(token.strip("'").replace("-", "") or token for token in found)
    denials = sum(token in _DENIALS for token in tokens)
    modal = next((_MODAL_WORDS[token] for token in tokens if token in _MODAL_WORDS), "")
    skipped = _FILLERS | (_OF_ALL if not denials else {"er"}) | (_OF_QUESTIONS if question else {"er"})
    if modal:
        skipped |= {"om"}
    if modal or any(_VERBS.get(token) in ("may", "must") for token in tokens):
        skipped |= {"te"}
    reader = _Reader()
    for before, token in zip(("", *tokens), tokens, strict=False):
        entangled |= token in _DENIALS and (before in _JOINS or before in _ARTICLES or before in _POINTING)
        _take(reader, token, skipped)
    reader.close()
    verbs = reader.verbs - ({"zijn"} if modal else set())
    return Saying(
        tuple(reader.parts),
        frozenset(verbs),
        denials,
        reader.denied_group,
        either="of" in tokens,
        entangled=entangled,
        modal=bool(modal),
        tokens=tokens,
    )


def _prepared(text: str) -> str:
    """``text`` without quotation marks, references and the full stop; a stressed "één" is a number."""
    text = _ABBREVIATED.sub(" ", _REFERENCE.sub(" ", re.sub(r"[\"“”„«»‘’`]", "", text)))
    text = re.sub(r"\bEén\b|\béén\b", "1", text)
    return " ".join(text.split()).rstrip(".?! ")


def _take(reader: _Reader, token: str, skipped: frozenset[str] | set[str]) -> None:
    if token in skipped:
        return
    if token in _DENIALS:
        if token == "geen":
            reader.determined(points=False)
        reader.denied_group = reader.group + (not reader.opened)
    elif token in _MODAL_WORDS:
        reader.verb(_MODAL_WORDS[token])
    elif token in _VERBS:
        reader.verb(_VERBS[token])
    elif token in _JOINS:
        reader.join(token)
    elif token == _SUCH_AS:  # an example: it stands beside what it exemplifies, and shares nothing with it
        reader.join(token)
        reader.open(reader.parts[-1].role if reader.parts else "")
    elif token in _PREPOSITIONS:
        reader.open(_SAME_ROLE.get(token, token))
    elif token in _ARTICLES or token in _POINTING:
        reader.determined(token in _POINTING)
    else:
        reader.said(token)


def act_of(question: Saying) -> str:
    """The question's own main verb: its first word, or the infinitive or participle that closes it; empty when unclear."""
    own = [word for part in question.parts for word in part.words]
    if not own:
        return ""
    if not question.verbs:
        return own[0]
    passive = "worden" in question.verbs
    tokens = [token for token in question.tokens if token not in _OF_QUESTIONS]
    for place in range(len(tokens) - 1, 0, -1):
        word, before = tokens[place], tokens[place - 1]
        lone = before not in _ARTICLES and before not in _POINTING and (before not in _PREPOSITIONS or before == "te")
        closes = place == len(tokens) - 1 and question.verbs & {"may", "must"} and word.endswith("n")
        if lone and word in own and (_PARTICIPLE.match(word) if passive else closes):
            return word
    return ""


@lru_cache(maxsize=20_000)
def stems(word: str) -> frozenset[str]:
    """A word without the endings of number, person and participle, in each way: "indiceert", "geïndiceerd", "indiceren"."""
    found = set()
    for base in (word, _GE.sub(r"\1", word)):
        for ending in _ENDINGS:
            stem = base.removesuffix(ending)
            if base.endswith(ending) and len(stem) >= min(3, len(word)):
                found.add(re.sub(r"(.)\1", r"\1", stem).translate(_HARDENED))
    return frozenset(found)


def same(one: str, other: str) -> bool:
    """Whether two words are forms of one word; a compound is another word than its parts."""
    return bool(stems(one) & stems(other))


def among(word: str, words: Sequence[str]) -> bool:
    return any(same(word, other) for other in words)
