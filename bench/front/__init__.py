"""A published page from the edition against its peers and its limit. See ``python -m bench.front --help``."""
