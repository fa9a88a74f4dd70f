"""The domain of Solmu: documents, passages, use cases and questions; finding, answering and storing them."""
