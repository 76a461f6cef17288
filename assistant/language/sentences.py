"""Where Dutch sentences begin and end, by rule: a stop ends a sentence unless what stands around it says otherwise.

A semicolon or colon never ends a sentence, so an enumeration inside a sentence stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Abbreviations that are always followed by what they belong to: a name, a number, the rest of the clause.
_OPEN_WORDS = """
aanv. afb. afd. alg. art. artt. betr. bijl. bijv. blz. bv. ca. cf. chr. c.q. d.d. dd. dhr. d.i. div. dr. drs.
d.w.z. dwz. eg. e.g. excl. fa. fig. gebr. gem. get. h. hfdst. hfst. hr. hs. i.c. i.c.m. i.e. i.h.b. i.h.k.v.
i.o. i.o.m. i.p.v. i.s.m. i.t.t. i.v.m. i.w. id. incl. ing. inz. ir. jhr. jkvr. jr. kol. lic. ll. m.a.w.
m.b.t. m.b.v. m.i. m.i.v. m.m.v. m.n. m.u.v. max. mej. mevr. min. mln. mr. mrs. mw. n.a.v. n.h. n.o. nl. no.
nom. nos. nr. nrs. o.a. o.b.v. o.g.v. o.l.v. o.m. o.v.v. op.cit. p. p.a. par. pag. plv. pp. prof. red. ref.
resp. s.v.p. sr. st. t.a.v. t.b.v. t.g.v. t.h.v. t.n.v. t.o.v. t.w. t.z.t. tab. tel. temp. v.a. v.d. v.h.
v.w.b. v.w.m.b. verg. vert. vgl. vlgs. vnl. voorz. vs. w.o. weled. wnd. z.g. z.o.z. zg. zgn.
"""
# Abbreviations that may as well close a sentence: they do when a capital follows, not when a number does.
_EITHER_WORDS = """
a.i. afz. a.s. bijz. b.v. c.a. c.s. cie. co. e.a. e.d. e.e.a. e.o. e.v. enz. al. etc. ev. f.f. feb. febr. apr.
aug. sept. sep. okt. nov. dec. jan. jl. jrg. l.l. m.h.o. n.v. n.v.t. o.i.d. o.n.v. p.d. p.j. p.m. p.p. p.w.
p.u. sec. soortgel. stb. stcrt. str. trb. pb. tzt. u.i. uitg. v.v. w.v. z.i. z.s.m.
"""
# Words that open a sentence and are no names: after them an initial-like letter ("bijlage B. De …") did end the sentence.
_OPENERS_WORDS = """
aan alle als andere bij binnen daar daarbij daardoor daarmee daarnaast daarom dan dat de deze die dit door
echter een er geen het hier hierbij hiermee hiervoor hij hoe iedere iedereen ik in indien is mag met na naar
niet nu of ook om onder op over sinds tegen tijdens tot u uit van vanaf vanuit volgens voor wanneer wat we
welke wie wij ze zij zijn zo zodra
"""
_OPEN, _EITHER, _OPENERS = (frozenset(words.split()) for words in (_OPEN_WORDS, _EITHER_WORDS, _OPENERS_WORDS))
_STOP = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*(?=\s))|(?:\n\s*\n)")
_BRACKETS = re.compile(r"\([^()]{0,300}\)")
_LAST_TOKEN = re.compile(r"[^\s(\[\"'“‘«]+$")
_MARKER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[a-z]?|[a-zA-Z]{1,2}|[ivxlIVXL]{1,6})[.)°]*")
_NEXT = re.compile(r"\s*([\"'“”‘’«„(\[–—-]*)\s*('?[^\s]*)")
_CLITIC = re.compile(r"\s*['’‘][stnmk]\b")
_INITIALS = re.compile(r"(?:[A-Z]|Th|Ch|IJ|Ph|Joh|Chr)\.(?:-?[A-Z]\.)*")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The (start, end) of every sentence in ``text``: trimmed, ordered, disjoint, covering all that is not blank.

    An empty line always ends a sentence; a single line end is a blank like any other. Linear in the length of the text.
    """
    spans = []
    start = 0
    for end in [*_boundaries(text), len(text)]:
        piece = text[start:end]
        trimmed = piece.strip()
        if trimmed:
            first = start + len(piece) - len(piece.lstrip())
            spans.append((first, first + len(trimmed)))
        start = end
    return spans


def _boundaries(text: str) -> Iterator[int]:
    brackets = iter([match.span() for match in _BRACKETS.finditer(text)])
    bracket = next(brackets, None)
    start = 0
    for match in _STOP.finditer(text):
        end = match.end()
        while bracket is not None and bracket[1] <= end:
            bracket = next(brackets, None)
        if bracket is not None and bracket[0] < end and not match[0].isspace():
            continue
        if match[0].isspace() or _ends_sentence(text, start, match.start(), end):
            yield end
            start = end


def _ends_sentence(text: str, start: int, stop: int, end: int) -> bool:
    following = _NEXT.match(text[end : end + 80])
    opening, word = (following[1], following[2]) if following else ("", "")
    if not word:
        return True
    clitic = _CLITIC.match(text[end : end + 8]) is not None
    if not (word[0].isupper() or word[0].isdigit() or clitic or word[0] in "•·▪◦€§'") and not _bullet(opening):
        return False
    if text[stop] != "." or text[stop:end].startswith(".."):
        return True
    # The token reaches back at most 40 characters: enough for any abbreviation, and it keeps the whole linear.
    found = _LAST_TOKEN.search(text[max(start, stop - 40) : stop])
    token = f"{found[0] if found else ''}."
    if _MARKER.fullmatch(token) and not _line_before(text, start, stop).removesuffix(token).strip():
        return False
    return _token_ends_sentence(token, word)


def _line_before(text: str, start: int, stop: int) -> str:
    """What stands between the stop and the beginning of its sentence or line, of which 40 characters are enough."""
    return text[max(start, stop - 40) : stop + 1].rpartition("\n")[2]


def _token_ends_sentence(token: str, word: str) -> bool:
    """Whether ``token`` (with its stop) closes a sentence, given the ``word`` after it."""
    folded = token.casefold()
    opener = re.sub(r"\W+$", "", word).casefold() in _OPENERS
    if folded in _OPEN:
        return False
    if folded in _EITHER:
        return not word[0].isdigit()
    if _INITIALS.fullmatch(token):
        return opener
    number = token.rstrip(".")
    if number.isdigit() and word[0].isdigit():
        return len(number) >= 4  # "in 2026. 12 netwerken" against "12. 500"
    return True


def _bullet(opening: str) -> bool:
    return opening[:1] in ("–", "—")
