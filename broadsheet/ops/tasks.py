"""Jobs of operations."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django_tasks import task

from broadsheet.readers.newsletters.mailing.one_mail import server


@task()
def tidy() -> None:
    """Forget finished jobs, ended sessions and limits that no longer count."""
    from broadsheet.ops import jobs
    from broadsheet.readers.limits import actions as limits

    jobs.drop_old_results()
    limits.forget_old()
    call_command("clearsessions")


@task()
def send_mail(
    *, subject: str, body: str, subtype: str, sender: str, alternatives: list[list[str]], **addressed: Any
) -> None:
    """Send a message that a web process handed over.

    Args:
        subject, body: as a view wrote them.
        subtype: of the body, as ``plain``.
        sender: the address it comes from.
        alternatives: other bodies, each with its media type.
        addressed: to, cc, bcc, reply_to and headers.
    Raises:
        ServerAway, OSError: it was not taken; it is tried again later.
    """
    message = EmailMultiAlternatives(subject, body, sender, **addressed)
    message.content_subtype = subtype
    for content, kind in alternatives:
        message.attach_alternative(content, kind)
    server.send(message)
