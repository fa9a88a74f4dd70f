"""What admins do: look after sources, schedules, generations and replaced documents."""
