"""Starting a letter: what everybody gets is settled, and a delivery is queued for each subscriber."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from broadsheet.readers.newsletters import rendering
from broadsheet.readers.newsletters.actions import composing, following
from broadsheet.readers.newsletters.decide.schedule import GRACE
from broadsheet.readers.newsletters.errors import CannotSend
from broadsheet.readers.newsletters.models import Delivery, Letter, LetterLink, Newsletter, Subscription, Suppression
from broadsheet.readers.newsletters.signal_handlers import tell_of

logger = logging.getLogger("broadsheet.newsletters")


def start(letter: Letter) -> int:
    """Begin to send a letter, once, whoever asks and however often.

    Returns:
        To how many it goes.
    Raises:
        CannotSend: it is out already, cancelled, or has nothing in it.
    """
    letter = Letter.objects.select_related("newsletter").get(pk=letter.pk)
    _ensure_open(letter)
    composing.drop_what_was_carried(letter)
    if not letter.items.exists() and not letter.introduction.strip():
        raise CannotSend("There is nothing in this letter: give it articles or an introduction.")
    letter.issue = letter.issue or _free_issue(letter)
    letter.started_at = timezone.now()
    rendered = rendering.render(letter)
    letter.subject, letter.html, letter.text = rendered.subject, rendered.html, rendered.text
    with transaction.atomic():
        # Letters of one list begin one after the other, so that no article is carried twice.
        Newsletter.objects.select_for_update().get(pk=letter.newsletter_id)
        _ensure_open(Letter.objects.get(pk=letter.pk))
        if letter.items.filter(article_id__in=_carried_by_others(letter)).exists():
            raise CannotSend("Another letter has just brought one of these articles: look at this one again.")
        letter.state = Letter.State.SENDING
        letter.save(update_fields=["state", "issue", "started_at", "subject", "html", "text"])
        LetterLink.objects.bulk_create(
            LetterLink(letter=letter, number=number, url=url) for number, url in enumerate(rendered.links)
        )
        queued = _queue(letter)
        tell_of(letter)
    return queued


def start_due(now: datetime | None = None) -> list[Letter]:
    """Start the letters whose time has come, and enqueue their sending. Returns them.

    One that is far too late, because nothing ran when it was due, becomes a draft that says so: an editor decides. One
    that was composed by rule and not edited is composed anew, so that it carries what is new by now.
    """
    now = now or timezone.now()
    due = Letter.objects.filter(state=Letter.State.SCHEDULED, due_at__lte=now).select_related("newsletter")
    return [letter for letter in due if _start_due(letter, now)]


def _start_due(letter: Letter, now: datetime) -> bool:
    """Start one of them. Returns whether it was; what fails keeps no other letter waiting, and is tried again."""
    if letter.due_at and now - letter.due_at > GRACE:
        _too_late(letter, letter.due_at)
        return False
    rows = Letter.objects.filter(pk=letter.pk, state=Letter.State.SCHEDULED)
    try:
        if letter.edited_at is None and letter.newsletter.rhythm not in Newsletter.UNCLOCKED:
            composing.fill(letter, composing.choose(letter.newsletter))
        start(letter)
    except CannotSend as error:
        rows.update(state=Letter.State.EMPTY, note=str(error)[:300])
        return False
    except Exception as error:
        logger.exception("Letter %s could not be started; it is tried again at the next turn.", letter.pk)
        rows.update(note=f"It could not be started and is tried again: {error}"[:300])
        return False
    return True


def _too_late(letter: Letter, due_at: datetime) -> None:
    note = f"It was due at {timezone.localtime(due_at):%d %b %H:%M}, when nothing ran. Send it, or cancel it."
    rows = Letter.objects.filter(pk=letter.pk, state=Letter.State.SCHEDULED)
    rows.update(state=Letter.State.DRAFT, note=note)


def recipients(newsletter: Newsletter) -> QuerySet[Subscription]:
    """Who gets a letter of a list now: its subscribers, without the mailboxes that are not written to."""
    suppressed = Suppression.objects.filter(email_key=OuterRef("subscriber__email_key"))
    return Subscription.objects.filter(~Exists(suppressed), newsletter=newsletter, active=True)


def _ensure_open(letter: Letter) -> None:
    if not letter.is_open:
        raise CannotSend(f"This letter is not to be sent: {letter.get_state_display().lower()}.")


def _carried_by_others(letter: Letter) -> QuerySet[Letter]:
    out = Letter.objects.filter(newsletter=letter.newsletter_id, state__in=Letter.OUT).exclude(pk=letter.pk)
    return out.values("items__article_id")


def _free_issue(letter: Letter) -> str:
    """The last part of its web address: the day, with a number if there are several."""
    day = f"{timezone.localdate():%Y-%m-%d}"
    taken = Letter.objects.filter(newsletter=letter.newsletter_id, issue__startswith=day)
    used = set(taken.values_list("issue", flat=True))
    return next(name for number in range(1, 1000) if (name := day if number == 1 else f"{day}-{number}") not in used)


def _queue(letter: Letter) -> int:
    """A delivery for each subscriber, in one statement: a hundred thousand take about a second."""
    readers = recipients(letter.newsletter)
    if letter.newsletter.is_personal:
        readers = following.readers_of(letter, readers)
    chosen = readers.order_by("pk").values_list("subscriber_id")
    sql, parameters = chosen.query.sql_with_params()
    columns = "letter_id, subscriber_id, state, claim, attempts, detail, bounced"
    # Names of our own tables and columns; every value is bound.
    statement = (
        f"INSERT INTO {Delivery._meta.db_table} ({columns}) "  # noqa: S608
        f"SELECT %s, found.subscriber_id, %s, '', 0, '', %s FROM ({sql}) AS found"
    )
    with connection.cursor() as db:
        db.execute(statement, [letter.pk, Delivery.State.QUEUED, False, *parameters])
        return int(db.rowcount)
