"""What the desk's home page shows."""
