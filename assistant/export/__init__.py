"""Answers to take along, as text, Word and PDF, with their quotes and full references."""

from assistant.export.pdf import to_pdf
from assistant.export.text import quote_with_reference, reference, to_text
from assistant.export.word import to_docx

__all__ = ["quote_with_reference", "reference", "to_docx", "to_pdf", "to_text"]
