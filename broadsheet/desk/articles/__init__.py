"""The list of articles, by section and date."""
