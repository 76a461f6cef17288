"""A small corpus: two published texts, a missing law, comments that must survive."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from assistant.corpus.library import Library

LETTER = "Betreft: geld voor netwerken\n\nDit is de brief. Voor 2026 verandert er niets.\n"
RULES = "Inkoop van zorg\n\n1. Alleen een verpleegkundige mag indiceren.\n\n2. De casemanager helpt de cliënt.\n"

KINDS = """\
# Catalogus van de test
[kinds.wet]
label = "wet"
rank = 1
binding = "geldt voor iedereen"

[kinds.brief]
label = "brief"
rank = 6
binding = "stelt geen regels"
"""


def sha(data: str | bytes) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


@dataclass
class Shop:
    """A corpus folder under test, with its catalogue as text that a test may spoil."""

    folder: Path
    cache: Path
    catalogue: Path = field(init=False)

    def __post_init__(self) -> None:
        self.catalogue = self.folder / "catalogue.toml"

    def spoil(self, old: str, new: str) -> int:
        """Replaces text in the catalogue, once; returns the line on which it stood."""
        text = self.catalogue.read_text("utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in the catalogue"
        self.catalogue.write_text(text.replace(old, new, 1), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    def append(self, text: str) -> int:
        """Adds text to the catalogue; returns the line on which it begins."""
        before = self.catalogue.read_text("utf-8")
        self.catalogue.write_text(before + text, "utf-8")
        return before.count("\n") + 1

    def library(self) -> Library:
        return Library(self.folder, self.cache)

    def tree(self) -> dict[str, bytes]:
        """Every file of the corpus but the lock, to see that nothing changed."""
        files = (path for path in self.folder.rglob("*") if path.is_file() and path.name != ".lock")
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in files}


def make_shop(root: Path, cache: Path | None = None) -> Shop:
    """Writes the corpus under ``root/corpus``."""
    folder = root / "corpus"
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "brief.txt").write_bytes(LETTER.encode())
    (folder / "documents" / "regels.txt").write_bytes(RULES.encode())
    (folder / "catalogue.toml").write_text(
        f"""{KINDS}
[[document]]
id = "brief"
title = "De brief"  # zoals hij heet
publisher = "DNN"
kind = "brief"
status = "gepubliceerd"
date = 2025-11-25
valid_from = 2025-11-25
review_by = 2999-01-01
file = "documents/brief.txt"
sha256 = "{sha(LETTER)}"
names = ["de brief"]

# De regels hieronder zijn van de test.
[[document]]
id = "regels"
title = "De regels"
publisher = "ZN"
kind = "wet"
status = "gepubliceerd"
valid_from = 2026-01-01
valid_until = 2998-12-31
file = "documents/regels.txt"
sha256 = "{sha(RULES)}"

[[document]]
id = "zvw"
title = "Zorgverzekeringswet"
publisher = "Rijksoverheid"
kind = "wet"
status = "ontbreekt"
source_url = "https://wetten.overheid.nl/BWBR0018450"
holds = "Wat verzekerd is."
""",
        "utf-8",
    )
    return Shop(folder, cache or root / "index" / "cache")
