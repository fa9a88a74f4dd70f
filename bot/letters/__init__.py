"""Letters in words: one module for each occasion."""
