"""Bringing the outside in: sources, readers, passages, embedding, and publishing a new index."""
