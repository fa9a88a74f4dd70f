"""From passages to an answer: whether there is one, which words to quote, what contradicts what."""
