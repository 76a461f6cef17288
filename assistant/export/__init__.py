"""Answers as Word and PDF, with their quotes and full references."""
