"""Founding a paper: the home page at the root of the site."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import transaction
from wagtail.models import Page, Site

from broadsheet.newsroom.models import HomePage, Paper


@transaction.atomic
def establish(name: str, base_url: str) -> HomePage:
    """The paper's home page, made on the first call with the site and its settings; later calls only find it.

    Args:
        name: the paper's name, for a new one.
        base_url: its public address.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site and isinstance(site.root_page.specific, HomePage):
        return site.root_page.specific
    root = Page.objects.get(depth=1)
    welcome = site.root_page if site else None
    home = root.add_child(instance=HomePage(title=name, slug="paper", show_in_menus=False))
    parts = urlsplit(base_url)
    values = {
        "hostname": parts.hostname or "localhost",
        "port": parts.port or (443 if parts.scheme == "https" else 80),
        "site_name": name,
        "root_page": home,
        "is_default_site": True,
    }
    site, _ = Site.objects.update_or_create(pk=site.pk if site else None, defaults=values)
    if welcome is not None and welcome.depth == 2 and not welcome.get_children().exists():
        Page.objects.get(pk=welcome.pk).delete()
    Paper.objects.update_or_create(site=site, defaults={"name": name})
    return home
