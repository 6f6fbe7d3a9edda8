"""``broadsheet press impact``: what will this publication change?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from broadsheet.newsroom.errors import RightsBreached
from broadsheet.newsroom.models import Article, HomePage
from broadsheet.press import impact
from broadsheet.press.edition import Edition


class ImpactVerbs(BaseCommand):
    """impact."""

    def add_impact_verbs(self, verbs: Any) -> None:
        """Declare the verb."""
        verb = verbs.add_parser("impact", help="which pages publishing an article's latest draft will change, and why")
        verb.add_argument("article", help="its number in the desk, or its address")
        verb.add_argument("--withdraw", action="store_true", help="what taking it off the paper would change")

    def do_impact(self, edition: Edition, options: dict[str, Any]) -> None:
        """The address, then a line for each leaf."""
        article = _article(options["article"])
        try:
            of = impact.of_withdrawing if options["withdraw"] else impact.of_publishing
            found = of(article, edition)
        except RightsBreached as error:
            raise CommandError(f"Nothing changes: {error}") from error
        new = " (new)" if found.is_new else ""
        self.stdout.write(f"{article.title}: {found.address or 'not published'}{new}")
        self.stdout.write(f"{len(found.touched)} printed pages change.")
        for leaf in found.touched:
            self.stdout.write(f"  {leaf.path}  {'; '.join(leaf.reasons)}")


def _article(name: str) -> Article:
    """The article that somebody means by its number or its address."""
    if name.isdigit():
        article = Article.objects.filter(pk=name).first()
    else:
        home = HomePage.objects.order_by("path").first()
        parts = [part for part in urlsplit(name).path.split("/") if part]
        article = _walk(home, parts) if home else None
    if article is None:
        raise CommandError(
            f"{name} is no article: give its number (in the desk's address of its editor) or its address."
        )
    return article


def _walk(home: HomePage, parts: list[str]) -> Article | None:
    """Down the tree by slugs: an article that is not published has an address, too."""
    page: Page | None = home
    for slug in parts:
        page = Page.objects.child_of(page).filter(slug=slug).first() if page else None
    return Article.objects.filter(pk=page.pk).first() if page else None
