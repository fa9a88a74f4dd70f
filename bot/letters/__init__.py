"""What people are told privately about events and announcements, put into words when it is sent."""
