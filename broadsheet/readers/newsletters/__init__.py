"""Letters: lists that readers subscribe to, what is sent to them, and what became of each."""
