"""The index: built aside in generations, verified, swapped in one step; words, character n-grams and vectors."""

from assistant.indexing.building import BuildOptions, Stage, build_generation
from assistant.indexing.contents import Family
from assistant.indexing.generations import GenerationInfo, IndexStatus, list_generations, rollback, status
from assistant.indexing.lexical import ASKED_MOST, Cut, Keys, LexicalIndex, cut_grams, cut_words, spans, term_key
from assistant.indexing.manifest import Manifest
from assistant.indexing.opening import Expected, Generation, OpenOptions, open_current, verify
from assistant.indexing.phrasing import Place
from assistant.indexing.texts import IndexInput
from assistant.indexing.vectors import VectorIndex

__all__ = [
    "ASKED_MOST",
    "BuildOptions",
    "Cut",
    "Expected",
    "Family",
    "Generation",
    "GenerationInfo",
    "IndexInput",
    "IndexStatus",
    "Keys",
    "LexicalIndex",
    "Manifest",
    "OpenOptions",
    "Place",
    "Stage",
    "VectorIndex",
    "build_generation",
    "cut_grams",
    "cut_words",
    "list_generations",
    "open_current",
    "rollback",
    "spans",
    "status",
    "term_key",
    "verify",
]
