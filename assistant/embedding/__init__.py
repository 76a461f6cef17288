"""Sentences to vectors: the shipped static Dutch model, or any sentence-transformers model."""
