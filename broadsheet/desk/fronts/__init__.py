"""Fronts: finding them, and what is wrong with what was curated."""
