"""Everything Solmu remembers, in SQLite or PostgreSQL."""

from knowledge.store.unit_of_work import Store, open_store

__all__ = ["Store", "open_store"]
