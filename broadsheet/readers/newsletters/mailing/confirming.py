"""The mail that asks a reader to confirm."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from broadsheet.press.pages.frame import the_masthead
from broadsheet.readers.newsletters import followed, links, rendering
from broadsheet.readers.newsletters.actions import following
from broadsheet.readers.newsletters.decide.mailboxes import key_of
from broadsheet.readers.newsletters.decide.selection import one_line
from broadsheet.readers.newsletters.mailing.one_mail import server
from broadsheet.readers.newsletters.models import Newsletter, Subscriber, Suppression


def send(request: links.Request, token: str) -> None:
    """Mail the link of a request; to somebody who gets these letters already, the link to their own page.

    An editor's word that a mailbox is not to be written to holds for this mail, too.
    """
    lists = list(Newsletter.objects.filter(pk__in=request.lists, active=True))
    if not lists or _is_closed(request.email):
        return
    known = Subscriber.objects.filter(email_key=key_of(request.email)).first()
    wanted = {found.pk for found in lists}
    has = set(known.subscriptions.filter(active=True).values_list("newsletter_id", flat=True)) if known else set()
    paper = one_line(the_masthead().name, 80)
    follows = set(following.follows_of([known.pk])[known.pk]) if known else set()
    if known and wanted <= has and set(request.follows) <= follows:
        context = {
            "subject": _("You get these letters already"),
            "lines": [_("Somebody, probably you, asked for letters that this address gets already.")],
            "link": links.absolute("newsletters-me", links.token_of(known.pk, known.key)),
            "button": _("Your letters"),
            "last": _("You need not do anything."),
        }
    else:
        context = {
            "follows": [one.name for one in followed.named(request.follows)],
            "subject": _("Please confirm: letters of %(paper)s") % {"paper": paper},
            "lines": [_("Somebody, probably you, asked us to send letters to this address:")],
            "link": links.absolute("newsletters-confirm", token),
            "button": _("Confirm"),
            "last": _("It was not you? Then do nothing: without the click nothing is kept and nothing is sent. "
                      "The link is good for a week."),
        }  # fmt: skip
    html, text = rendering.both("confirm", {**context, "lists": lists})
    message = EmailMultiAlternatives(str(context["subject"]), text, None, [request.email])
    message.attach_alternative(html, "text/html")
    server.send(message)


def _is_closed(email: str) -> bool:
    closed = Suppression.objects.filter(email_key=key_of(email), reason=Suppression.Reason.EDITOR)
    return closed.exists()
