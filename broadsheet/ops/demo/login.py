"""The demo's editor and the one-time login link."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth import get_user_model

from broadsheet.desk.entry import one_time_link

EDITOR = "editor"


def welcome(base_url: str, wire_port: int, site: Path) -> str:
    """Where everything is, with a fresh one-time login."""
    return f"""
The Lantern is being served.

  The paper     {base_url}/
  The desk      {base_url}{one_time_link(editor())}
                (a login that works once; a new one is printed at each start)
  Its mailbox   {base_url}/desk/mailbox/
                (every mail the demo sends; none leaves this machine)
  Its wire      http://127.0.0.1:{wire_port}/

Everything lies in {site}: delete it to begin anew. Ctrl-C ends the demo.
"""


def editor() -> object:
    """The demo's editor-in-chief; has no password, only the links."""
    user, made = get_user_model().objects.get_or_create(
        username=EDITOR,
        defaults={"email": "editor@example.org", "first_name": "Robin", "last_name": "Editor", "is_superuser": True},
    )
    if made:
        user.is_staff = True
        user.set_unusable_password()
        user.save()
    return user
