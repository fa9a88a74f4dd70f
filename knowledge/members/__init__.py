"""Members and their organisations: who they are, what they know, and how they find each other."""
