"""Names of people: after a form of address, after a relation ("mijn moeder heet …"), or with initials."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.function_words import DUTCH
from assistant.privacy.findings import PersonalKind, Span
from assistant.privacy.surnames import COMMON

# Every Latin letter with a mark, as in Łukasz, Şahin and Čapek: Unicode's blocks Latin-1 and Latin Extended A and B.
_MARKED = [chr(code) for code in range(0xC0, 0x250) if chr(code).isalpha()]
_UPPER = "A-Z" + "".join(char for char in _MARKED if char.isupper())
_LOWER = "a-z" + "".join(char for char in _MARKED if char.islower())
_PARTICLE = (
    r"(?:(?i:van|von|de|der|den|het|ten|ter|te|op|aan|in|la|le|du|el|al|da|dos|bin|ben|ibn|zu|uit|v\.? ?d\.?|vd)"
    r"\b\.?|['’](?:t|s)\b)"
)
_PARTICLES = rf"(?:{_PARTICLE}[ \u00a0]){{0,3}}"
_INITIALS = rf"(?:[{_UPPER}][{_LOWER}]?\.[ -]?){{1,5}}"
_CAPITAL = rf"[{_UPPER}][\w'’]{{0,30}}(?:-(?!{_PARTICLE}[ \u00a0])[\w'’]{{1,30}}){{0,3}}"
# Initials and first names in any number, then the surname with its particles.
_NAME = (
    rf"(?:{_INITIALS}[ \u00a0]?)?(?:(?:{_CAPITAL}|{_INITIALS})[ \u00a0]){{0,3}}{_PARTICLES}(?:[dl]['’])?{_CAPITAL}"
    rf"(?:-{_PARTICLE}[ \u00a0]{_PARTICLES}{_CAPITAL})?"
)
_SMALL_NAME = rf"(?:[{_LOWER}]\.[ ]?){{0,4}}{_PARTICLES}(?P<small>[{_LOWER}'’\-]{{3,30}})"
_SMALL_SURNAME = re.compile(rf"[ ]{_PARTICLES}(?P<small>[{_LOWER}'’\-]{{2,30}})(?![\w])")

_TITLE = (
    r"(?<![\w])(?i:mevrouw|mevr\.?|mvr\.?|mw\.?|mejuffrouw|mej\.|meneer|mijnheer|mrs\.?|mr\.|ms\.|heer|heren|dhr\.?|hr\.|familie|fam\.)"
    r"(?:[ \u00a0]?/[ \u00a0]?(?i:mevrouw|meneer|mevr\.?|mw\.?|de heer|dhr\.?))?"
    r"(?:[ \u00a0]en[ \u00a0](?i:mevrouw|meneer|mevr\.?|mw\.?|de heer|dhr\.?))?"
    r"(?:[ \u00a0](?i:dr|drs|mr|ir|prof|ing|ds)\.)*(?::?\s{1,2}|(?<=\.))"
)
_NO_PLACE = rf"(?!(?i:in|uit)[ ][{_UPPER}])"  # "een cliënt in Sittard"
_TITLED = re.compile(rf"{_TITLE}{_NO_PLACE}(?P<name>{_NAME})")
_TITLED_SMALL = re.compile(rf"{_TITLE}(?P<name>{_SMALL_NAME})(?![\w])")

_KIN = (
    r"(?i:(?:schoon|stief|pleeg|groot)?(?:moeder|vader|ouders)|mama|papa|oma|opa|man|vrouw|echtgenote?|partner|broer|zus(?:ter)?|zoon|dochter"
    r"|oom|tante|nicht|neef|kleinkind|vriendin|vriend|buurvrouw|buurman|cli[eë]nte?|pati[eë]nte?|bewoo?nster|bewoner|naaste|mantelzorger|collega)"
)
_WHOSE = r"(?i:mijn|m['’]n|onze?|haar|zijn|hun|uw|je|jouw|de|een)"
_KIN_NAME = re.compile(rf"(?<![\w]){_WHOSE}[ ]{_KIN},?[ ]{_NO_PLACE}(?P<name>{_NAME})")
_CLIENT_NAME = re.compile(rf"(?<![\w])(?i:cli[eë]nte?|pati[eë]nte?)[ ]{_NO_PLACE}(?P<name>{_NAME})")
_CALLED = re.compile(
    rf"(?:\b{_KIN}(?:,? (?:die|dat|en))?(?: (?:zij|ze|hij))? (?:heet(?:te)?|genaamd|met de naam)"
    r"|\b(?i:mijn|zijn|haar|hun|diens) naam is|\b(?i:ik|ze|zij|hij) heet"
    rf"|\b[Nn]aam(?: (?:van de )?{_KIN})?:)[ ]+(?P<name>{_NAME}|{_SMALL_NAME})(?![\w])"
)
_INITIALLED = re.compile(
    rf"(?<![\w.\-/])(?P<name>(?P<initials>{_INITIALS})[ \u00a0]?(?P<particles>{_PARTICLES})(?P<surname>{_CAPITAL}))"
)
# Letters with a full stop that are no initials: "bijlage B. Dit …", "Zorg B.V. Nederland".
_LETTERED = re.compile(
    r"(?i)(?:\b(?:bijlage|onderdeel|onderdelen|lid|sub|deel|categorie|klasse|artikel|groep|hepatitis|vitamine|punt|tabel|kolom|rubriek|letter"
    r"|afdeling|type|paragraaf|fase|variant|model|optie|plan|en|of|t/m|tot|lijst|hoofdstuk)[ \u00a0]|[\d,.:;(\"“]\s?)$"
)
_NO_INITIALS = frozenset(
    {
        "nv",
        "bv",
        "vof",
        "ua",
        "zo",
        "cv",
        "wa",
        "ba",
        "st",
        "nr",
        "jl",
        "dd",
        "mr",
        "dr",
        "ir",
        "ds",
        "eu",
        "eg",
        "vn",
        "vs",
        "no",
        "pb",
        "wv",
        "ci",
    }
)
_FIRST_NAMES = frozenset({"wil", "an", "door", "toon", "bas"})  # function words that people are called by
# Words that follow "mevrouw", "mijn moeder" or "cliënt" with a capital and are no names.
_NO_NAMES = frozenset(
    """
    wlz zvw wmo wmg bzv nza dnn zn vws ciz dementie alzheimer zorg zorgkantoor zorgverzekeraar gemeente casemanager
    casemanagement netwerk minister staatssecretaris voorzitter directeur burgemeester wethouder secretaris professor dokter
    notaris rechter huisarts nederland nederlandse januari februari maart april mei juni juli augustus september oktober
    november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag corona coronacheck covid wvggz wzd pgb vpt
    mpt ggz awbz avg bsn kamerlid lid griffier president
    """.split()
)  # fmt: skip


def names(text: str) -> Iterator[Span]:
    """Every name in ``text`` that something beside it gives away, and the same name where it comes back."""
    found = [*_after_words(text), *_with_initials(text)]
    yield from found
    parts = {part for span in found for part in re.findall(rf"{_CAPITAL}", text[span.start : span.end]) if len(part) > 2}
    for part in sorted(parts):
        if part.lower() in DUTCH or part.lower() in _NO_NAMES:
            continue
        for again in re.finditer(rf"(?<![\w]){re.escape(part)}(?=s?(?![\w]))", text):
            yield Span(PersonalKind.NAME, *again.span())


def _after_words(text: str) -> Iterator[Span]:
    for pattern in (_TITLED, _KIN_NAME, _CLIENT_NAME):
        for found in pattern.finditer(text):
            span = _without_other_words(text, *found.span("name"))
            if span:
                yield span
    for found in _TITLED_SMALL.finditer(text):
        if found["small"] in COMMON and not _ordinary(found["name"].split()[0]):
            yield Span(PersonalKind.NAME, *found.span("name"))
    for found in _CALLED.finditer(text):
        start, end = found.span("name")
        small = found["small"]
        if not small:
            span = _without_other_words(text, start, end)
            if span:
                yield span
        elif small not in DUTCH and small not in _NO_NAMES and not _ordinary(found["name"].split()[0]):
            surname = _SMALL_SURNAME.match(text, end)  # "mijn moeder heet annie de vries"
            yield Span(PersonalKind.NAME, start, surname.end() if surname and surname["small"] in COMMON else end)


def _ordinary(word: str) -> bool:
    """Whether a word without a capital cannot open a name: "heeft", "en", but not "de" or "van"."""
    return word in DUTCH and not re.fullmatch(_PARTICLE, word)


def _without_other_words(text: str, start: int, end: int) -> Span | None:
    """The span up to the first word that cannot be in a name ("mevrouw Jansen Wlz-zorg"); None when none is left."""
    stop = start
    words = list(re.finditer(r"\S+", text[start:end]))
    for place, word in enumerate(words):
        # "Wil de Jong": a word that is also a first name, where a whole surname follows it.
        first = place == 0 and len(words) > 1 and words[-1][0][0].isupper() and _may_be_name(words[-1][0])
        also = first and (word[0].lower() in _FIRST_NAMES or _are_initials(word[0]))
        if not (_may_be_name(word[0]) or also or _is_initial(text, start + word.start(), start + word.end())):
            break
        stop = start + word.end()
    kept = text[start:stop].rstrip("-'’")
    last = kept.split()[-1] if kept else ""
    return Span(PersonalKind.NAME, start, start + len(kept)) if re.match(rf"(?:[dl]['’])?[{_UPPER}]", last) else None


def _is_initial(text: str, start: int, end: int) -> bool:
    """Whether a word is one capital with a full stop, within it or right after it."""
    return text[start].isupper() and text[start + 1 : start + 2] == "." and end - start <= 2


def _are_initials(word: str) -> bool:
    return 1 < len(word) <= 3 and word.isupper() and word.lower() not in _NO_NAMES


def _may_be_name(word: str) -> bool:
    bare = word.rstrip(".").split("-")[0].lower()
    abbreviation = word.isupper() and len(word) > 1 and "." not in word and not any(vowel in word for vowel in "AEIOUY")
    if word[0].isupper() and bare in DUTCH and not re.fullmatch(_PARTICLE, word):
        return False
    return bare not in _NO_NAMES and not abbreviation


def _with_initials(text: str) -> Iterator[Span]:
    for found in _INITIALLED.finditer(text):
        initials = re.sub(r"[^\w]", "", found["initials"])
        surname = found["surname"]
        if initials.lower() in _NO_INITIALS or surname.lower() in DUTCH or surname.lower() in _NO_NAMES or surname.isupper():
            continue
        before = text[: found.start()]
        single = len(initials) < 3 and found["initials"].count(".") == 1
        known = bool(found["particles"]) or surname.lower() in COMMON
        if (
            single
            and not known
            and (_LETTERED.search(before[-20:]) or not before.rstrip(" ") or before.endswith(("\n", ". ")))
        ):
            continue
        yield Span(PersonalKind.NAME, *found.span("name"))
