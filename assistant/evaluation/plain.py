"""Documents for which nobody wrote a question, to fit and to measure on: invented policy texts of other subjects."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.evaluation.questions import Item
from assistant.home import PROJECT, Home
from assistant.service import Service

DOCUMENTS = PROJECT / "evals" / "plain"


@contextmanager
def plain_service(service: Service) -> Iterator[Service]:
    """The product over those documents, with the settings and the glossary of ``service``; gone when the block ends."""
    with TemporaryDirectory(prefix="regelwijzer-eval-") as folder:
        home = Home(Path(folder))
        shutil.copytree(DOCUMENTS, home.corpus)
        shutil.copy(service.home.corpus / "glossary.toml", home.corpus)
        made = Service(home, service.settings)
        made.build_index()
        yield made
        made.close()


def by_document(items: Sequence[Item]) -> list[Item]:
    """The same questions, with the document that they are about for a seed: a fold is then of documents never seen."""
    return [replace(item, seed=item.id.rstrip("0123456789")) for item in items]
