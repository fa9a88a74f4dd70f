"""The outside of the domain's ports: embedding models, the two indexes, and generations on disk."""
