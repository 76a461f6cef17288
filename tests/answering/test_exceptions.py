"""A rule comes with the exception that stands in another member of its article."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from publishing import built, publish

from assistant.home import Home
from assistant.records import Question
from assistant.service import Service

DAY = date(2026, 3, 1)
NAME = "regeling-strijkservice"
TEXT = """Regeling strijkservice

Artikel 1 Wie meebetaalt

1. De huisgenoot betaalt voor de strijkservice een bijdrage van 3 euro per mand.

2. De mand weegt hoogstens 8 kilo.

3. In afwijking van het eerste lid betaalt een huisgenoot onder de 18 jaar geen bijdrage.

Artikel 2 Ophalen

1. De strijkservice haalt de mand op dinsdag op.

2. Het eerste lid geldt niet in de zomervakantie.
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, built_home: Home) -> Iterator[Service]:
    home = Home(Path(shutil.copytree(built_home.root, tmp_path_factory.mktemp("exceptions") / "home")))
    publish(home, NAME, "Regeling strijkservice", TEXT, valid_from="2025-01-01")
    with built(home) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Hoeveel bijdrage betaalt de huisgenoot voor de strijkservice per mand?", ["3 euro per mand", "onder de 18 jaar"]),
        ("Op welke dag haalt de strijkservice de mand op?", ["op dinsdag", "zomervakantie"]),
        ("Hoeveel kilo weegt de mand hoogstens?", ["8 kilo"]),
        ("Wat staat er in artikel 1 lid 1?", ["3 euro per mand", "onder de 18 jaar"]),
        ("Wat staat er in artikel 1 lid 3?", ["3 euro per mand", "onder de 18 jaar"]),
        ("Wat staat er in artikel 1 lid 2?", ["8 kilo"]),
    ],
)
def test_a_rule_comes_with_its_exception(service: Service, question: str, quoted: list[str]) -> None:
    answer = service.ask(Question(question, DAY))
    assert len(answer.citations) == len(quoted)
    assert all(text in citation.quote for text, citation in zip(quoted, answer.citations, strict=True))
