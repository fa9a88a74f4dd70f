"""What becomes of answers: what people think of them, and questions that the network answers instead."""
