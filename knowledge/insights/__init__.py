"""What coordinators learn of a week: counts and topics, never who asked what."""
