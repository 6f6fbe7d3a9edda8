"""Jobs of the notifications."""

from __future__ import annotations

from django_tasks import task

from broadsheet.newsroom.models import Article
from broadsheet.readers.push.actions import alerts, sending

SOON = 70


@task()
def announce(article_id: int) -> bool:
    """Begin the alert that an article's publication asks for; whether there is one."""
    article = Article.objects.filter(pk=article_id).first()
    alert = alerts.begin(article) if article else None
    if alert:
        send.using(priority=SOON).enqueue(alert.pk)
    return alert is not None


@task()
def send(alert_id: int) -> bool:
    """Send a part of an alert; the next part is a job of its own, so that other jobs get their turn."""
    if not sending.take(alert_id):
        return False
    if sending.send_slice(alert_id):
        send.using(priority=SOON).enqueue(alert_id)
    return True


@task()
def go_on() -> int:
    """Go on with alerts that wait, or whose process died."""
    waiting = alerts.waiting()
    for alert in waiting:
        send.using(priority=SOON).enqueue(alert)
    return len(waiting)
