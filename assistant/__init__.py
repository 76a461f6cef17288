"""Regelwijzer: literally cited answers from Dutch dementia-care policy documents."""

__version__ = "0.1.0"
