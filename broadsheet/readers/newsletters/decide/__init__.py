"""What the letters decide, as functions of values."""
