"""Errors that a visitor of the web chat can meet, in English: by code, what is wrong and what to do about it."""

from __future__ import annotations

_REBUILD = "Build it again with: regelwijzer index build"

ERRORS: dict[str, tuple[str, str]] = {
    "corpus-empty": (
        "No document has been published; there is nothing to answer from.",
        "Tell the keeper of the documents.",
    ),
    "document-not-loaded": ("This document is not here yet.", "Ask the keeper of the documents to add it."),
    "document-unreadable": ("This document could not be read.", "Tell the keeper of the documents."),
    "empty-title": ("A conversation needs a name.", "Fill in a name."),
    "feedback-long": ("Your explanation is too long.", "Make the explanation shorter."),
    "file-changed": ("The file of this document is missing or has changed.", "Tell the keeper of the documents."),
    "index-corpus": ("The documents have changed since the index was built.", _REBUILD),
    "index-damaged": ("The index is damaged.", _REBUILD),
    "index-embedder": ("The index was made with another embedding model.", _REBUILD),
    "index-foreign": ("This index does not belong to this program.", _REBUILD),
    "index-missing": ("There is no index yet.", "Make one with: regelwijzer index build"),
    "index-not-read": ("The index could not be read.", "Tell the administrator."),
    "index-rules": ("The index was made with other reading rules.", _REBUILD),
    "last-admin": (
        "This is the last administrator; without one, nobody can manage accounts.",
        "Make another administrator first.",
    ),
    "login-throttled": ("A wrong name or password was given too often.", "Try again in a few minutes."),
    "login-wrong": ("The name or the password is not right.", "Try again, or ask the administrator for a new password."),
    "password-length": ("A password has 12 to 200 characters.", "Choose one of that length, such as a sentence."),
    "question-empty": ("There is no question.", "Type a question in plain words."),
    "question-too-long": ("The question is too long.", "Make it shorter, or ask several questions one after another."),
    "store-busy": ("The database is too busy.", "Try again in a moment."),
    "store-damaged": ("The database is damaged.", "Tell the administrator, who can put back a backup."),
    "store-full": ("The disk is full; nothing was kept.", "Tell the administrator."),
    "store-readonly": ("The database may not be written to.", "Tell the administrator."),
    "store-refused": ("The database does not let Regelwijzer in.", "Tell the administrator."),
    "store-unreachable": ("The database cannot be reached.", "Try again, or tell the administrator."),
    "unknown-answer": (
        "This answer does not exist (any more).",
        "Answers are deleted after the retention period. Ask the question again.",
    ),
    "unknown-conversation": ("This conversation does not exist (any more).", "Choose another one, or start a new one."),
    "unknown-document": ("This document is not known.", "Look for it on the page Documents."),
    "unknown-text": ("That text does not belong to this answer.", "Open the source by a reference in the answer."),
    "unknown-user": ("This user does not exist.", "Check the name."),
    "unknown-version": ("This version of the document is not known.", "Open the document on the page Documents."),
    "user-exists": ("There is a user with this name already.", "Choose another name."),
    "user-name": (
        "This cannot be a user name.",
        "Use letters, digits, a full stop, a hyphen or an at sign; 64 characters at most.",
    ),
}
