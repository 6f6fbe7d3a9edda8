"""Readers' pages of the letters."""
