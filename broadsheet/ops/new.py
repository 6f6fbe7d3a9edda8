"""``broadsheet new``: a folder for a new site."""

from __future__ import annotations

from pathlib import Path

from broadsheet.ops.config import FILE_NAME
from broadsheet.ops.errors import SiteExists

TEMPLATE = """# Settings of this site. docs/reference/settings.md explains all of them; each can also be
# given as an environment variable (BROADSHEET_BASE_URL, ...), which wins over this file.

name = "{name}"
base_url = "{base_url}"
time_zone = "Europe/London"
language = "en"

# Without this line the database is a SQLite file in this folder.
# database_url = "postgresql://user:password@localhost/broadsheet"

# Without this line mail goes nowhere: the desk's mailbox shows what would have been sent.
# email_url = "smtp+tls://user:password@mail.example.org:587"
"""

IGNORED = """secret.key
*.sqlite3*
media/
static/
"""


def new_site(folder: Path, name: str, base_url: str) -> Path:
    """Make a folder with a settings file.

    Args:
        folder: where; must not exist or be empty.
        name: the paper's name.
        base_url: the address readers will use.
    Returns:
        The folder, absolute.
    Raises:
        SiteExists: there is something in the folder already.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SiteExists(f"{folder} is not empty. Choose another name, or remove what is there.")
    folder.mkdir(parents=True, exist_ok=True)
    safe_name = name.replace("\\", "").replace('"', "'")
    (folder / FILE_NAME).write_text(TEMPLATE.format(name=safe_name, base_url=base_url))
    (folder / ".gitignore").write_text(IGNORED)
    return folder
