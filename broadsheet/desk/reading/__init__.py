"""What is being read, for the newsroom."""
