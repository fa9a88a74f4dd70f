"""Events and announcements: from a draft to every channel and calendar, and back to who came."""
