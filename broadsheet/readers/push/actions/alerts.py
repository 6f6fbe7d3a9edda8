"""Beginning an alert, once for an article, and finding those that nobody is at."""

from __future__ import annotations

from django.utils import timezone

from broadsheet.newsroom.models import Article
from broadsheet.readers.push.models import Alert, Device


def begin(article: Article) -> Alert | None:
    """Begin to tell every device of breaking news. None if it is none, was told already, or nobody asked."""
    until = article.breaks_until
    if not article.live or until is None or until <= timezone.now() or not Device.objects.exists():
        return None
    alert, new = Alert.objects.get_or_create(article=article)
    return alert if new else None


def waiting() -> list[int]:
    """Alerts to go on with that nobody is at."""
    found = Alert.objects.filter(state=Alert.State.SENDING, not_before__lte=timezone.now())
    return list(found.values_list("pk", flat=True))
