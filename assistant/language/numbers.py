"""Dutch number words that several rooms read."""

from __future__ import annotations

ORDINALS = tuple(
    """
    eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende vijftiende
    """.split()
)
CARDINALS = tuple(
    """
    een twee drie vier vijf zes zeven acht negen
    tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien
    """.split()
)
