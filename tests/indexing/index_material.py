"""A small real corpus and a small real embedder: hashed word vectors, deterministic and fast."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.indexing import IndexInput
from assistant.language.tokens import words
from assistant.records import (
    Block,
    BlockKind,
    Document,
    DocumentKind,
    DocumentStatus,
    Page,
    Passage,
    SectionKind,
    Source,
    Unit,
)

KIND = DocumentKind("inkoopbeleid", "inkoopbeleid", 5, "bindt wie een contract heeft")


@dataclass(frozen=True)
class HashedWords:
    """A real embedder: the mean of a random vector for each word, seeded by the word itself."""

    name: str = "hashed-words"
    dimension: int = 64
    fingerprint: str = "hashed-words-64"

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._vector(text) for text in texts]) if texts else np.zeros((0, self.dimension), np.float32)

    embed_queries = embed_passages

    def _vector(self, text: str) -> NDArray[np.float32]:
        total = np.zeros(self.dimension)
        for word in words(text):
            seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
            total += np.random.default_rng(seed).standard_normal(self.dimension)
        length = np.linalg.norm(total)
        return (total / length if length else total).astype(np.float32)


def document(name: str, sentences: Sequence[str]) -> tuple[Document, list[Passage]]:
    """A one-page document with a passage for each sentence."""
    text = "\n".join(sentences)
    version = hashlib.sha256(text.encode()).hexdigest()
    passages, blocks, at = [], [], 0
    for number, sentence in enumerate(sentences):
        end = at + len(sentence)
        unit = Unit(at, end, sentence)
        passages.append(
            Passage(
                id=f"{name}:{number}:{version[:8]}",
                document=name,
                version=version,
                start=at,
                end=end,
                text=sentence,
                page=1,
                page_label="1",
                section=(name.title(), f"punt {number + 1}"),
                kind=SectionKind.POINT,
                units=(unit,),
            )
        )
        blocks.append(Block(BlockKind.PARAGRAPH, at, end))
        at = end + 1
    page = Page(1, "1", 0, len(text), text)
    return Document(name, version, text, (page,), tuple(blocks), title=name.title()), passages


SENTENCES = (
    "De wijkverpleegkundige mag casemanagement dementie indiceren.",
    "De huisarts verwijst bij een vermoeden van dementie.",
    "Casemanagement valt onder de Zorgverzekeringswet en niet onder de Wmo.",
    "De zorgverzekeraar koopt casemanagement in bij een netwerk.",
    "Voor casemanagement geldt geen eigen risico.",
    "Het netwerk heeft een coördinator die de ketenzorg bewaakt.",
)


def material(extra: int = 0, corpus_hash: str = "corpus-1", tag: str = "") -> IndexInput:
    """Two documents; ``extra`` more sentences make it bigger, ``tag`` changes every text of the second one."""
    first, first_passages = document("inkooptekst", SENTENCES)
    more = [f"Regel {number} gaat over onderwerp{number * 7} en bedrag {number}{tag}." for number in range(max(1, extra))]
    second, second_passages = document("bijlage", more)
    sources = tuple(
        Source(doc.id, doc.title, "ZN", KIND, DocumentStatus.PUBLISHED, version=doc.version) for doc in (first, second)
    )
    missing = Source("duiding", "Duiding", "Zorginstituut", KIND, DocumentStatus.MISSING, names=("de duiding",))
    return IndexInput(
        sources=(*sources, missing),
        documents=(first, second),
        passages=(*first_passages, *second_passages),
        questions={first_passages[4].id: (("Moet ik bijbetalen?", "Kost dit mij iets?"),)},
        corpus_hash=corpus_hash,
        rules={"structure": "1"},
    )
