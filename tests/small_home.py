"""A small home whose documents contradict each other, and one of which holds no more."""

from __future__ import annotations

import hashlib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DISAGREE = "Mag een huisarts casemanagement dementie indiceren?"
OUTDATED = "Hoe hoog is de toeslag voor nachtopvang?"
FIGURES = "Hoeveel euro krijgt een netwerk voor scholing per deelnemer?"
CERTAIN = "Wie leidt de wandelgroep in de wijk?"

_DOCUMENTS = (
    (
        "inkoop-noord",
        "inkoopbeleid",
        "Inkoop casemanagement Noord",
        "valid_from = 2025-01-01",
        "Casemanagement dementie\n\nEen huisarts mag casemanagement dementie niet indiceren.\n\n"
        "Een netwerk krijgt voor scholing 90 euro per deelnemer.",
    ),
    (
        "brief-zuid",
        "brief",
        "Brief over casemanagement Zuid",
        "valid_from = 2025-01-01",
        "Casemanagement dementie\n\nEen huisarts mag casemanagement dementie indiceren.\n\n"
        "De wandelgroep in de wijk staat onder leiding van een beweegcoach.\n\n"
        "Een netwerk krijgt voor scholing 110 euro per deelnemer.",
    ),
    (
        "toeslag-2019",
        "brief",
        "Brief over de nachtopvang",
        "valid_from = 2019-01-01\nvalid_until = 2019-12-31",
        "Nachtopvang\n\nDe toeslag voor nachtopvang is 500 euro per maand voor elk netwerk.",
    ),
)


def make_corpus(folder: Path) -> Path:
    """Writes the corpus into ``folder``."""
    (folder / "documents").mkdir(parents=True)
    entries = [(PROJECT / "corpus/catalogue.toml").read_text("utf-8").split("[[document]]")[0]]
    for name, kind, title, holds, text in _DOCUMENTS:
        body = f"{title}\n\n{text}\n".encode()
        (folder / f"documents/{name}.txt").write_bytes(body)
        entries.append(
            f'[[document]]\nid = "{name}"\ntitle = "{title}"\npublisher = "Uitgever"\nkind = "{kind}"\n'
            f'status = "gepubliceerd"\n{holds}\nlanguage = "nl"\nfile = "documents/{name}.txt"\n'
            f'sha256 = "{hashlib.sha256(body).hexdigest()}"\n'
        )
    (folder / "catalogue.toml").write_text("\n".join(entries), "utf-8")
    (folder / "glossary.toml").write_text((PROJECT / "corpus/glossary.toml").read_text("utf-8"), "utf-8")
    return folder
