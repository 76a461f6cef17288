"""The word list, and English words in Dutch."""

from __future__ import annotations

from assistant.embedding.training.lexicon import Lexicon
from assistant.language.english import WORDS, in_dutch, read_words


def test_the_word_list_is_whole() -> None:
    lines = WORDS.read_text("utf-8").splitlines()
    words = [line.split("\t")[0] for line in lines]
    assert len(words) == len(set(words)) > 20_000
    assert all(line.count("\t") == 1 and all(part.strip() for part in line.split("\t")[1].split(" | ")) for line in lines)
    assert words == sorted(words)
    assert Lexicon(read_words()).gloss("Wie betaalt de wijkverpleegkundige?") == "who pays the district nurse ?"


def test_english_words_have_their_usual_dutch_first() -> None:
    assert in_dutch("pays") == ("betaalt",)
    assert in_dutch("insurer")[0] == "verzekeraar"
    assert "moet" in in_dutch("must")
    assert in_dutch("xqzt") == ()
    assert all(len(in_dutch(english)) <= 4 for _, renderings in read_words().items() for english in renderings)
