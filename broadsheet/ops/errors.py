"""Errors of the operations room.

OpsError
├── ConfigurationError   the site's settings are wrong; the message names the mend
├── DatabaseGone         the main database's file is missing, though the site is not new
├── PortTaken            somebody listens there already
└── SiteExists           ``broadsheet new`` was pointed at a folder that is not empty
"""

from __future__ import annotations


class OpsError(Exception):
    """Something the operator has to mend; the message says how."""


class ConfigurationError(OpsError):
    """A setting is missing, unknown or of the wrong kind."""


class DatabaseGone(OpsError):
    """The main database's file is missing, though the site is not new."""


class PortTaken(OpsError):
    """The port to listen on is in use."""


class SiteExists(OpsError):
    """The folder for a new site already holds something."""
