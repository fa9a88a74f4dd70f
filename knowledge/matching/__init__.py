"""Who is related to whom, and why: cards of members, their likeness, and what two sides have in common."""
