"""Writing a comment, and showing that the mailbox is one's own.

The form below an article carries no cookie and no token (decision 7): what a guest writes is confirmed by mail. Only
who has signed in brings a session, and then the request must come from a page of the paper.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.press.leaves import leaf
from broadsheet.readers.comments import accounts, links, reads
from broadsheet.readers.comments.actions import writing
from broadsheet.readers.comments.actions.writing import Draft
from broadsheet.readers.comments.errors import BadLink, Closed, CommentError, TooMany
from broadsheet.readers.comments.forms import GuestForm, WriteForm
from broadsheet.readers.comments.models import Comment
from broadsheet.readers.comments.views.pages import (
    METHODS,
    article_of,
    bad_link,
    other_site,
    private,
    shown_comment,
)
from broadsheet.readers.limits.senders import address_of
from broadsheet.readers.said import done
from broadsheet.readers.same_site import is_same_site


@csrf_exempt
@require_http_methods(METHODS)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The form on a page of its own, and where it is sent; with mistakes it comes back with everything in it."""
    article = article_of(pk)
    writer = accounts.writer_of(request)
    if request.method != "POST":
        return _form(request, article, writer, None, _answered(request.GET.get("to", "")))
    if not is_same_site(request):
        return other_site()
    form = WriteForm(request.POST) if writer else GuestForm(request.POST)
    answered = _answered(request.POST.get("parent", ""))
    if not form.is_valid():
        return _form(request, article, writer, form, answered, status=422)
    said = form.cleaned_data
    draft = Draft(
        article=article,
        text=said["text"],
        name=said["name"],
        email=writer.email if writer else said["email"],
        parent=said["parent"],
        follow=said["follow"],
        sender=address_of(request),
        trapped=form.is_trapped,
        seconds=links.seconds_since(said["opened"]) if said["opened"] else said["took"],
    )
    try:
        comment = writing.take(draft, confirmed=writer, staff=accounts.mark_of(request, article))
    except CommentError as error:
        form.add_error(None, str(error))
        status = {TooMany: 429, Closed: 403}.get(type(error), 409)
        return _form(request, article, writer, form, None, status=status)
    if writer is None:
        return redirect("comment-sent")
    return redirect(comment.get_absolute_url() if comment.is_shown else "comments-mine", *_mine(writer, comment))


def _mine(writer: Any, comment: Comment) -> list[str]:
    return [] if comment.is_shown else [links.token_of(writer)]


@leaf()
def sent(request: HttpRequest) -> HttpResponse:
    """Where every guest's comment ends, whoever wrote it."""
    text = _(
        "If the address is right, a mail with a link is on its way to it. Press the button behind the link, and your "
        "comment goes on its way. Without that it is deleted after a week."
    )
    return done(request, _("Look into your mailbox"), text)


@csrf_exempt
@require_http_methods(METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail: the comment, a button, and what pressing it does."""
    try:
        comment, email = links.read_confirmation(token)
    except BadLink as error:
        return bad_link(request, error)
    if request.method == "POST":
        if not is_same_site(request):
            return other_site()
        commenter = writing.confirm(comment, email)
        return redirect("comments-mine", links.token_of(commenter))
    return private(request, "confirm.html", _("One more click"), {"comment": comment, "email": email})


def _answered(said: str) -> Comment | None:
    """The comment that is answered, if it is one that can be read."""
    return shown_comment(int(said)) if said.isascii() and said.isdecimal() and len(said) < 19 else None


def _form(
    request: HttpRequest,
    article: Any,
    writer: Any,
    form: WriteForm | None,
    answered: Comment | None,
    status: int = 200,
) -> HttpResponse:
    title = _("Answer %(name)s") % {"name": answered.name} if answered else _("Leave a comment")
    context = {
        "article": article,
        "form": form,
        "answered": answered,
        "writer": writer,
        "mine": links.token_of(writer) if writer else "",
        "opened": links.opened_now(),
        "is_open": reads.is_open(article),
        "rules": reads.how().rules,
        "follows": Comment.Follow.choices,
    }
    return private(request, "write.html", title, context, status=status)
