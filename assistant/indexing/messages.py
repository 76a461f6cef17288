"""The Dutch texts of the index, kept together, as errors with their remedy."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import BusyError, CorpusError, IndexUnusableError, ModelError, StorageError
from assistant.records import Notice

BUILD = "regelwijzer index build"


def no_index() -> IndexUnusableError:
    return IndexUnusableError("index-missing", "Er is nog geen index.", f"Maak die met: {BUILD}")


def damaged(what: str) -> IndexUnusableError:
    return IndexUnusableError("index-damaged", f"De index is beschadigd: {what}.", f"Bouw hem opnieuw met: {BUILD}")


def foreign(what: str) -> IndexUnusableError:
    return IndexUnusableError(
        "index-foreign", f"Deze index hoort niet bij dit programma: {what}.", f"Bouw hem opnieuw met: {BUILD}"
    )


def mismatch(what: str, built_with: str, wanted: str) -> IndexUnusableError:
    return IndexUnusableError(
        f"index-{what}",
        f"{_MISMATCH[what]} (index: {built_with}, nu: {wanted}).",
        f"Bouw de index opnieuw met: {BUILD}",
    )


_MISMATCH = {
    "embedder": "De index is gemaakt met een ander inbeddingsmodel",
    "rules": "De index is gemaakt met andere leesregels",
    "corpus": "De documenten zijn veranderd sinds de index is gebouwd",
}


def verification_failed(problems: Sequence[str]) -> IndexUnusableError:
    return IndexUnusableError(
        "index-verify",
        f"De nieuwe index is afgekeurd bij de controle: {problems[0]}.",
        f"De oude index blijft in gebruik. Probeer het opnieuw met: {BUILD}",
    )


def no_earlier() -> IndexUnusableError:
    return IndexUnusableError(
        "index-no-earlier", "Er is geen eerdere, bruikbare index om naar terug te gaan.", f"Bouw een nieuwe met: {BUILD}"
    )


def unknown_generation(name: str) -> IndexUnusableError:
    return IndexUnusableError(
        "index-unknown", f"Er is geen index met de naam {name}.", "Bekijk de namen met: regelwijzer index status"
    )


def busy() -> BusyError:
    return BusyError(
        "index-busy",
        "Een ander proces is al bezig met de index; er is niets veranderd.",
        "Wacht tot dat klaar is en probeer het dan opnieuw.",
    )


def empty_corpus() -> CorpusError:
    return CorpusError(
        "corpus-empty",
        "Er is geen tekst om te indexeren.",
        "Voeg eerst een document toe met: regelwijzer corpus add BESTAND",
    )


def bad_material(what: str) -> CorpusError:
    return CorpusError(
        "index-input", f"De passages kloppen niet: {what}.", "Controleer de documenten met: regelwijzer corpus check"
    )


def disk_full() -> StorageError:
    return StorageError(
        "disk-full", "De schijf is vol; de oude index blijft in gebruik.", f"Maak ruimte vrij en probeer opnieuw: {BUILD}"
    )


def not_written(what: object) -> StorageError:
    return StorageError(
        "index-not-written",
        f"De index kon niet worden weggeschreven ({what}); de oude index blijft in gebruik.",
        "Controleer of de map index/ beschrijfbaar is en of er ruimte is op de schijf.",
    )


def not_read(what: object) -> StorageError:
    return StorageError(
        "index-not-read", f"De index kon niet worden gelezen ({what}).", "Controleer de rechten op de map index/."
    )


def chroma_refused(what: object) -> StorageError:
    return StorageError(
        "chroma-write",
        f"Chroma kon de vectoren niet opslaan ({what}); de oude index blijft in gebruik.",
        "Controleer de schijfruimte, en bij een Chroma-server of die draait op het adres van index.chroma.",
    )


def bad_vectors(name: str, what: str) -> ModelError:
    return ModelError(
        "embedder-output",
        f"Het inbeddingsmodel {name} gaf onbruikbare vectoren: {what}.",
        "Kies een ander model met de instelling index.embedder.",
    )


def notice_older(broken: str, used: str) -> Notice:
    return Notice(
        "index-older",
        f"De nieuwste index ({broken}) is beschadigd. Een eerdere index ({used}) antwoordt. Herstel met: {BUILD}",
    )


def notice_rolled_back(used: str) -> Notice:
    return Notice(
        "index-rolled-back", f"Er is teruggezet naar een eerdere index ({used}); die kan afwijken van de documenten van nu."
    )


def notice_exact(why: str) -> Notice:
    return Notice("index-exact", f"Chroma is niet gebruikt ({why}); er is rechtstreeks in de vectoren gezocht.")
