"""The web chat: translates in and out, nothing else."""
