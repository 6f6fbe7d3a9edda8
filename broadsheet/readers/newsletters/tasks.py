"""Jobs of the letters."""

from __future__ import annotations

from django_tasks import task

from broadsheet.newsroom.models import Article
from broadsheet.readers.newsletters import links
from broadsheet.readers.newsletters.actions import collecting, queue, scheduling, sending, starting
from broadsheet.readers.newsletters.mailing import confirming

SOON, LOW = 60, -20


@task()
def send_confirmation(token: str) -> None:
    """Mail the link that a request for letters is confirmed by."""
    confirming.send(links.read_confirmation(token), token)


@task()
def announce(article_id: int) -> int:
    """Make the letters that an article's publication asks for."""
    article = Article.objects.filter(pk=article_id).first()
    made = scheduling.announce(article) if article else []
    if made:
        keep_time.call()
    return len(made)


@task()
def keep_time() -> dict[str, int]:
    """Compose and start what is due, find what dead processes left, and see that every letter goes on."""
    composed, started = scheduling.compose_due(), starting.start_due()
    doubtful = queue.recover()
    waiting = sending.waiting_letters()
    for letter, turn in waiting:
        send_slice.using(priority=LOW).enqueue(letter, turn)
    return {"composed": len(composed), "started": len(started), "in doubt": doubtful, "going on": len(waiting)}


@task()
def send_slice(letter_id: int, turn: int) -> int:
    """Hand over a part of a letter; the next part is a job of its own, so that other jobs get their turn."""
    if not sending.take_turn(letter_id, turn):
        return 0
    done = sending.send_slice(letter_id)
    if done.more:
        send_slice.using(priority=LOW).enqueue(letter_id, turn + 1)
    return done.sent


@task()
def collect_returned() -> dict[str, int]:
    """Take in what came back by mail; what one run has no room for is a job of its own."""
    found = collecting.collect()
    if found.more:
        collect_returned.using(priority=LOW).enqueue()
    return {"taken": found.taken, "left": found.left}
