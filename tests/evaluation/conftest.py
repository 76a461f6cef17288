"""The product over a copy of the project's own corpus, and makers of small values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.evaluation.measures import Scores
from assistant.evaluation.summary import Scored
from assistant.home import Home
from assistant.records import Answer, Citation, Mode, Question, Status
from assistant.service import Service
from assistant.settings import Settings

DAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def service(built_home: Home) -> Service:
    """The product over the two documents, opened and closed by each run."""
    return Service(built_home, Settings())


@pytest.fixture(scope="session")
def make_scored() -> Callable[..., Scored]:
    """A scored question that is answered well, but for what is given."""

    def make(name: str, seed: str = "", kind: str = "direct", **changed: object) -> Scored:
        values: dict[str, object] = {
            "answerable": True,
            "refused": False,
            "recall": 1.0,
            "potential": 1.0,
            "cited": 1,
            "relevant": 1,
            "checked": 1,
            "literal": 1,
            "char_precision": 1.0,
            "char_recall": 1.0,
            "ndcg": 1.0,
            "found_5": 1.0,
            "found_all": 1.0,
            "must": 0,
            "must_held": 0,
            "forbidden": 0,
            "forbidden_said": 0,
            "confidence": 0.9,
            "ms": 5.0,
        }
        return Scored(name, seed or name, kind, Scores(**{**values, **changed}))  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def make_answer() -> Callable[..., Answer]:
    """An answer that cites the given (document, start, quote)."""

    def make(
        status: Status = Status.ANSWERED, *cited: tuple[str, int, str], text: str = "", confidence: float = 0.5
    ) -> Answer:
        citations = tuple(
            Citation(n, name, "v", "", "brief", None, None, 1, "1", (), start, start + len(quote), quote)
            for n, (name, start, quote) in enumerate(cited, start=1)
        )
        given = status in (Status.ANSWERED, Status.PARTIAL)
        return Answer(
            question=Question("Wie?", DAY),
            interpreted="Wie?",
            status=status,
            mode=Mode.EXTRACTIVE,
            text=text,
            citations=citations if given else (),
            nearest=() if given else citations,
            confidence=confidence,
            timing_ms={"total": 3.0},
        )

    return make


@pytest.fixture
def small_set(tmp_path: Path) -> Path:
    """A retrieval set of three passages in which every query shares words with its own passage alone."""
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text(
        '{"_id": "a", "title": "Wet | Artikel 1", "text": "De verpleegkundige stelt de indicatie."}\n'
        '{"_id": "b", "title": "", "text": "Het netwerk krijgt subsidie van de gemeente."}\n'
        '{"_id": "c", "title": "Leeg", "text": ""}\n',
        "utf-8",
    )
    (tmp_path / "queries.jsonl").write_text(
        '{"_id": "q1", "text": "Wie stelt de indicatie?"}\n'
        '{"_id": "q2", "text": "subsidie gemeente"}\n'
        '{"_id": "q3", "text": "?"}\n',
        "utf-8",
    )
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\ta\t1\nq2\tb\t1\nq3\ta\t1\n", "utf-8")
    return tmp_path
