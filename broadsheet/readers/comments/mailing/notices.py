"""The mails: please confirm; somebody answered."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from broadsheet.press.pages.frame import the_masthead
from broadsheet.readers.comments import links
from broadsheet.readers.comments.decide import markdown
from broadsheet.readers.comments.models import Comment, Commenter, Notice
from broadsheet.readers.newsletters import rendering
from broadsheet.readers.newsletters.decide.selection import one_line
from broadsheet.readers.newsletters.mailing.one_mail import server

QUOTED = 1500
"""Characters of a comment that a mail quotes."""


def ask(comment: Comment, email: str, token: str) -> None:
    """Mail a guest the link that shows that the mailbox is theirs."""
    context = {
        "subject": _("Please confirm your comment"),
        "lines": [
            _("Somebody, probably you, wrote a comment on “%(title)s”:") % {"title": comment.article.title},
            Truncator(markdown.plain(comment.html)).chars(QUOTED),
        ],
        "link": _whole("comment-confirm", token),
        "button": _("Confirm the comment"),
        "last": _("It was not you? Then do nothing: without the click it is deleted after a week and seen by nobody."),
    }
    _post(email, context, {})


def send(notice: Notice) -> None:
    """Mail a commenter what somebody wrote, with a link that stops these mails at one click (RFC 8058)."""
    comment, token = notice.comment, links.token_of(notice.to)
    stop = _whole("comment-stop", token, comment.article_id)
    mine = comment.parent is not None and comment.parent.commenter_id == notice.to_id
    said = _("%(name)s answered your comment on “%(title)s”:") if mine else _("%(name)s commented on “%(title)s”:")
    context = {
        "subject": _("%(name)s on “%(title)s”") % {"name": comment.name, "title": comment.article.title},
        "lines": [
            said % {"name": comment.name, "title": comment.article.title},
            Truncator(markdown.plain(comment.html)).chars(QUOTED),
        ],
        "link": settings.BASE_URL + comment.get_absolute_url(),
        "button": _("Read and answer"),
        "last": _("You asked for these mails. Stop them: %(stop)s") % {"stop": stop},
    }
    one_click = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    _post(notice.to.email, context, one_click)


def send_own_page(commenter: Commenter) -> None:
    """Mail a commenter the link to the page of their own."""
    context = {
        "subject": _("Your comments"),
        "lines": [_("Somebody, probably you, asked for the page with your comments.")],
        "link": _whole("comments-mine", links.token_of(commenter)),
        "button": _("Your comments"),
        "last": _("Keep this link to yourself: whoever has it can change and delete your comments."),
    }
    _post(commenter.email, context, {})


def _post(to: str, context: Mapping[str, object], headers: dict[str, str]) -> None:
    subject = one_line(str(context["subject"]), 150)
    html, text = rendering.both("confirm", {**context, "subject": subject, "lists": []})
    sender = one_line(the_masthead().name, 80)
    message = EmailMultiAlternatives(f"{subject} – {sender}", text, None, [to], headers=headers)
    message.attach_alternative(html, "text/html")
    server.send(message)


def _whole(name: str, *args: object) -> str:
    return settings.BASE_URL + reverse(name, args=args)
