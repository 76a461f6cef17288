"""Picks evidence, judges whether it is enough, writes the answer and checks every citation."""
