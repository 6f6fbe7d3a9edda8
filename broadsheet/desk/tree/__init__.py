"""Wagtail's own screens of the page tree, at a cost that does not grow: articles are not walked there."""
