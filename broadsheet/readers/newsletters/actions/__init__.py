"""The letters' verbs."""
