"""What readers wrote, as a queue."""
