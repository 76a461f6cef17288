"""Recognises personal data in a question, on this machine, before it is kept or sent."""
