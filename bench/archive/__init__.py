"""A newspaper's archive, as large as wanted, and what all costs in it. See ``python -m bench.archive --help``."""
