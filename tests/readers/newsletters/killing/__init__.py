"""Killing a sender again and again, and counting who got the letter."""
