"""What nothing was found about is named when it is a thing, and as it was typed."""

from __future__ import annotations

import pytest

from assistant.answering.naming import open_things
from assistant.retrieval.question import Key


@pytest.mark.parametrize(
    ("text", "open_words", "named"),
    [
        ("Hoeveel netwerken zijn er in België?", ["belgie"], ["België"]),
        ("Hoe oud wordt een gemiddelde cavia?", ["gemiddelde", "cavia"], ["cavia"]),
        ("Met welke argumenten onderbouwt VWS dat?", ["onderbouwt"], []),
        ("Moet ik een VOG hebben voor 12 bezoeken?", ["vog", "12"], ["VOG"]),
        ("Is er een eigen risico bij casemanagement?", ["eigen risico"], ["eigen risico"]),
        ("Hoeveel bedraagt het voorschot per uur?", ["bedraagt", "voorschot", "hoeveel"], ["voorschot"]),
        ("Binnen hoeveel weken is het eerste gesprek?", ["hoeveel weken"], []),
        ("Welk bedrag is er voor de website?", ["bedrag", "website"], ["website"]),
        ("Naar wie van de gemeente wijst de brief?", ["wijst", "brief"], ["brief"]),
        ("Over welk hoog budget, en welke markt?", ["hoog", "budget", "markt"], ["budget", "markt"]),
        ("van de a, de b, de cavia, de geit en de hond", ["cavia", "geit", "hond", "b"], ["cavia", "geit", "hond"]),
    ],
)
def test_things_are_named(text: str, open_words: list[str], named: list[str]) -> None:
    assert open_things([Key(word, 1.0, ()) for word in open_words], text) == named
