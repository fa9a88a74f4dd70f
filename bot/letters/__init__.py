"""What people are told privately about events and announcements: one module for each occasion."""
