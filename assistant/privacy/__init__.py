"""Recognises personal data in a question, on this machine, before it is kept or sent."""

from assistant.privacy.find import find_personal
from assistant.privacy.findings import Finding, PersonalKind, mask

__all__ = ["Finding", "PersonalKind", "find_personal", "mask"]
