"""Where things are: one home folder with corpus/, index/ and data/. Naming a place makes nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds the corpus (truth), the index (disposable) and the data (conversations, logs)."""

    root: Path

    @classmethod
    def find(cls, given: str | os.PathLike[str] | None = None) -> Home:
        """The given folder, else ``REGELWIJZER_HOME``, else the project's own folder."""
        return cls(Path(given or os.environ.get("REGELWIJZER_HOME") or PROJECT).expanduser().resolve())

    @property
    def corpus(self) -> Path:
        return self.root / "corpus"

    @property
    def index(self) -> Path:
        return self.root / "index"

    @property
    def data(self) -> Path:
        return self.root / "data"
