"""A Wagtail site as ``wagtail start`` makes it, to measure against."""
