"""Starts the web chat: ``python app.py`` (the same as ``regelwijzer serve``)."""

from __future__ import annotations

import sys

from assistant.cli import main

if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
