"""How Solmu behaves where people talk with each other."""
