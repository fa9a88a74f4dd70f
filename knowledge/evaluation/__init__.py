"""Measuring how well Solmu finds and refuses, on question sets with known answers."""
