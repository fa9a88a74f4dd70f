"""Introductions: who may be proposed to whom, the pairs of a round, and what becomes of a proposal."""
