"""Answers about the two documents of the corpus, cited literally, to export."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from assistant.records import (
    Answer,
    Citation,
    DocumentKind,
    DocumentStatus,
    MissingDocument,
    Mode,
    Notice,
    Question,
    Source,
    Statement,
    Status,
)

CREATED = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
LINK = "https://regelwijzer.example/antwoord/abc-DEF_123"
LETTER = "11" * 32
PURCHASING = "8fd66a53abe6" + "0" * 52

KIND_LETTER = DocumentKind("brief", "brief", 6, "vertelt wat is afgesproken en gezien; het stelt zelf geen regels")
KIND_PURCHASING = DocumentKind("inkoopbeleid", "inkoopbeleid", 5, "zegt hoe zorgverzekeraars deze zorg inkopen.")

SOURCES = (
    Source(
        "dnn-brief", "Brief over de financiering", "Dementie Netwerk Nederland", KIND_LETTER, DocumentStatus.PUBLISHED,
        version=LETTER, valid_from=date(2025, 11, 25),
    ),
    Source(
        "zn-inkoop", "Inkoop van casemanagement", "Zorgverzekeraars Nederland", KIND_PURCHASING, DocumentStatus.PUBLISHED,
        version=PURCHASING, valid_from=date(2026, 1, 1), valid_until=date(2027, 12, 31), source_url="https://zn.example/inkoop?a=1&b=2",
    ),
)  # fmt: skip

QUOTE_LETTER = (
    "Dat betekent dat er voor 2026 geen verandering in (het proces van) de financiering is – “keten” kost €\u00a0100,50."
)
QUOTE_LIST = "De coördinator’s zorgelementen zijn:\n• naïeve vragen; één loket\n● van 1 t/m 3; ≥ 2 uur"

CITATIONS = (
    Citation(
        1, "dnn-brief", LETTER, "Brief over de financiering", "brief", date(2025, 11, 25), None, 2, "ii", ("Brief",), 10,
        10 + len(QUOTE_LETTER), QUOTE_LETTER,
    ),
    Citation(
        2, "zn-inkoop", PURCHASING, "Inkoop van casemanagement", "inkoopbeleid", date(2026, 1, 1), date(2027, 12, 31),
        2, "2", ("Casemanagement dementie", "punt 3"), 40, 40 + len(QUOTE_LIST), QUOTE_LIST,
    ),
)  # fmt: skip

ANSWER = Answer(
    question=Question("Verandert de financiering in 2026?", date(2026, 11, 22), id="q1"),
    interpreted="Verandert de financiering van dementienetwerken in 2026?",
    status=Status.PARTIAL,
    mode=Mode.EXTRACTIVE,
    text=(
        "**Brief over de financiering**. Brief: stelt zelf geen regels.\n\n> Dat betekent dat er [1]\n\n"
        "1. eerste punt\n2. tweede punt [2]\n\n"
        "Zie [het loket](https://loket.example) of <https://nza.example/x>. <script>alert(1)</script>"
    ),
    statements=(Statement("Er verandert niets.", (1,)),),
    citations=CITATIONS,
    missing_documents=(
        MissingDocument("nza", "Beleidsregel verpleging (BR/REG-26108)", "https://puc.overheid.nl/nza/doc/PUC_789876_22/"),
    ),
    notices=(Notice("brief", "Een brief stelt geen regels."),),
    index="20261121T231409000001-5a374b93",
)
REFUSAL = replace(
    ANSWER,
    status=Status.NOT_IN_DOCUMENTS,
    text="Dit staat niet in de documenten.",
    citations=(),
    nearest=CITATIONS[:1],
    interpreted=ANSWER.question.text,
    statements=(),
)
