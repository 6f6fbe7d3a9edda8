"""Whether an article is breaking news as a page is rendered: the page changes by itself when it no longer is."""

from __future__ import annotations

from django.utils import timezone

from broadsheet.newsroom.models import Article
from broadsheet.press.recorder import current


def breaks_now(article: Article) -> bool:
    """Whether the mark belongs there now; the leaf being rendered is told until when."""
    ends = article.breaks_until
    if ends is None or ends <= timezone.now():
        return False
    if record := current():
        record.until(ends)
    return True
