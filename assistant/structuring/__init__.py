"""Blocks to sections to passages that are exact slices of the document's text. Knows no formats and no index."""

from assistant.structuring.passages import passages
from assistant.structuring.sections import LEAVES, structure

# Goes up with every change that gives other passages for the same blocks: the index is then built anew.
STRUCTURE_VERSION = "4"

__all__ = ["LEAVES", "STRUCTURE_VERSION", "passages", "structure"]
