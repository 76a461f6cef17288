"""Headings that are known by their words."""

from __future__ import annotations

import pytest

from assistant.records import SectionKind
from assistant.structuring.titles import hidden_title, subject_of, title_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Artikel 3 Begripsbepalingen", SectionKind.ARTICLE),
        ("Artikel 3.1a", SectionKind.ARTICLE),
        ("ARTIKEL 5. Slot", SectionKind.ARTICLE),
        ("Hoofdstuk II Zorg", SectionKind.CHAPTER),
        ("§ 2.1 Toegang", SectionKind.CHAPTER),
        ("Bijlage", SectionKind.ANNEX),
        ("Bijlage A Tarieven", SectionKind.ANNEX),
        ("Tweede lid", SectionKind.MEMBER),
        ("4.1 Doelgroep", SectionKind.HEADING),
    ],
)
def test_titles_in_running_text(text: str, kind: SectionKind) -> None:
    found = hidden_title(text)
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "Artikel 3 van de wet is van toepassing.",
        "Artikel 3, eerste lid, geldt niet",
        "artikel 3 Zvw",
        "Hoofdstuk 2 gaat over de zorg.",
        "Lid Raad van Bestuur",
        "Titel van het rapport",
        "4.1 de aanbieder levert gegevens aan",
        "4.1 De aanbieder levert gegevens aan.",
        "1. Inleiding",
        "Dit is een gewone regel",
        "",
    ],
)
def test_running_text_is_no_title(text: str) -> None:
    assert hidden_title(text) is None


def test_a_heading_is_named_by_its_text() -> None:
    assert title_of("Artikel in de krant").kind is SectionKind.HEADING
    assert title_of("Eerste lid").name == "lid 1"
    assert title_of("2.1 Toegang").number == (2, 1)
    assert title_of("woord " * 100).name.endswith("…")


def test_the_subject_of_a_letter() -> None:
    assert subject_of("Betreft: Financiering netwerken") == "Financiering netwerken"
    assert subject_of("Onderwerp : Zorg") == "Zorg"
    assert subject_of("Dit betreft: niets") == ""
