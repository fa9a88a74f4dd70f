"""Domain values as Block Kit: pure functions, and the one place that escapes and truncates."""
