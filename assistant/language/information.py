"""How much a word tells, and in which language a text is, by background word frequencies (the wordfreq library)."""

from __future__ import annotations

from functools import lru_cache

from assistant.language.tokens import words

_COMMONEST = 7.0  # Zipf scale: 7 is "de", 3 is once in a million words
_RAREST = 2.5
LANGUAGES = ("nl", "en", "de", "fr", "es", "tr", "pl")


@lru_cache(maxsize=20_000)
def zipf(word: str, language: str = "nl") -> float:
    """Zipf frequency of a word: 0 when unknown, about 7 for the commonest."""
    from wordfreq import zipf_frequency  # lazy: reads its word list on first use

    return float(zipf_frequency(word, language, wordlist="best" if language == "nl" else "small"))


def information(word: str, language: str = "nl") -> float:
    """How much a word tells of what is asked, 0.0 (as common as "de") to 1.0 (rare or unknown)."""
    if word.isdigit():
        return 1.0
    return min(1.0, max(0.0, (_COMMONEST - max(zipf(word, language), _RAREST)) / (_COMMONEST - _RAREST)))


def language_of(text: str) -> str:
    """The language that ``text`` is most likely in, as a two-letter code; Dutch unless another is clearly likelier."""
    found = [word for word in words(text) if not word.isdigit()]
    if any(_foreign_script(char) for char in text) and sum(map(_foreign_script, text)) > len(text) / 4:
        return "und"
    if len(found) < 3:
        return "nl"
    score = {code: sum(min(zipf(word, code), 6.5) for word in found) / len(found) for code in LANGUAGES}
    best = max(score, key=lambda code: score[code])
    return best if score[best] > score["nl"] + 0.5 else "nl"


def _foreign_script(char: str) -> bool:
    return char.isalpha() and ord(char) > 0x24F
