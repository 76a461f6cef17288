"""The command line: translates in and out, nothing else."""
