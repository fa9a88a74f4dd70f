"""What Solmu does not answer from documents, and how it says so."""
