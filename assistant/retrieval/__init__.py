"""Understands the question and finds ranked candidate passages for it."""
