"""Members: what they tell of themselves, and what may be done with it."""
