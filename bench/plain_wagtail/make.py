"""Making the site: its tables, and one page of the wanted size."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

SENTENCE = "The council met on Monday and talked about the harbour wall again. "


def make() -> None:
    """Make the tables and a published page at /article/."""
    import django

    django.setup()
    from django.apps import apps
    from django.core.management import call_command
    from wagtail.models import Page, Site

    call_command("migrate", verbosity=0, interactive=False)
    model = apps.get_model("plain_wagtail", "PlainPage")
    size = int((Path(os.environ["PEER_FOLDER"]) / "size").read_text())
    text = f"<p>{SENTENCE * 12}</p>"
    page = model(title="A report", slug="article", date=datetime.date(2026, 1, 1), intro="What was said.")
    page.body = [("paragraph", text)] * (size // len(text))
    Page.objects.get(depth=2).add_child(instance=page)
    page.save_revision().publish()
    Site.objects.update(hostname="localhost", is_default_site=True)
