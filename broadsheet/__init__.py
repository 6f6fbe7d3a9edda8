"""Broadsheet: newsroom software. Seven rooms; see ARCHITECTURE.md."""

__version__ = "0.1.0"
