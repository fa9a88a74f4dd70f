"""A picture of the ecosystem: organisations, their use cases, and the topics that tie them together."""
