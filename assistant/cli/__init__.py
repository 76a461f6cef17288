"""The command line: translates in and out, nothing else."""

from assistant.cli.root import main

__all__ = ["main"]
