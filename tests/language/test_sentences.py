"""Sentences: what ends one and what does not, and that nothing is lost between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Zie art. 3 van de wet, bijv. onderdeel a.",
        "Dit geldt o.a. voor de Wlz, d.w.z. m.b.t. Langdurige zorg.",
        "De brief van mr. J.A. de Vries en prof. dr. K. Jansen is van 25 nov. 2025.",
        "Het bedrag is € 1.250,50 en op 1.1.2026 gewijzigd.",
        "Stb. 2005, nr. 358, blz. 12 t/m 14 en art. 2.4.1 Bzv zijn van toepassing.",
        "Vergoed worden: a. verpleging; b. verzorging; c. begeleiding.",
        "Deze zorgverleners mogen deze zorg niet indiceren (p10 duiding).",
        "Dit staat in de duiding. (p12)",
        "Zie https://puc.overheid.nl/nza/doc/PUC_789876_22/ voor de tekst.",
        "1. Casemanagement kan worden ingezet.",
        "a. Verpleging wordt vergoed.",
        "2.1 De registratie heeft tot doel: Het volgen van ontwikkelingen.",
        "(Zie art. 3. Dit geldt ook bij verblijf.)",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dit is zo. Dat niet.", ["Dit is zo.", "Dat niet."]),
        ("Zij zei: “Dat mag niet.” Hij ging weg.", ["Zij zei: “Dat mag niet.”", "Hij ging weg."]),
        ("(Dit geldt ook thuis.) Daarna niet.", ["(Dit geldt ook thuis.)", "Daarna niet."]),
        ("Mag dat? Ja! Altijd.", ["Mag dat?", "Ja!", "Altijd."]),
        ("Vanaf 2026. De regels gelden dan.", ["Vanaf 2026.", "De regels gelden dan."]),
        ("In 2026. 12 netwerken deden mee.", ["In 2026.", "12 netwerken deden mee."]),
        ("Zorg, hulp enz. Het is veel.", ["Zorg, hulp enz.", "Het is veel."]),
        ("Zie bijlage B. De tarieven staan daar.", ["Zie bijlage B.", "De tarieven staan daar."]),
        ("Zij komt overdag. 's Avonds niet.", ["Zij komt overdag.", "'s Avonds niet."]),
        ("Dit mag niet (p10 duiding). Een arts wel.", ["Dit mag niet (p10 duiding).", "Een arts wel."]),
        ("Eerste regel\n\ntweede regel", ["Eerste regel", "tweede regel"]),
        ("Dit mag:\n1. Indiceren.\n2. Zorg geven.", ["Dit mag:\n1. Indiceren.", "2. Zorg geven."]),
        ("Zie www.nza.nl. Daar staat het.", ["Zie www.nza.nl.", "Daar staat het."]),
    ],
)
def test_sentences_are_parted(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


DUTCH = st.text(alphabet=st.sampled_from("ab EéA.1?!()\n\"'”;:• \u00a0") | st.characters(), max_size=200)


@given(DUTCH)
def test_spans_are_trimmed_ordered_and_cover_all_but_blanks(text: str) -> None:
    spans = sentence_spans(text)
    previous = 0
    for start, end in spans:
        assert not text[previous:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        previous = end
    assert not text[previous:].strip()
