"""A reader's own page: what the paper knows of them, and where each of it is changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from broadsheet.readers.accounts.adapter import works_at_the_desk
from broadsheet.readers.comments import links as comment_links
from broadsheet.readers.comments.accounts import is_confirmed, writer_of
from broadsheet.readers.comments.actions import own
from broadsheet.readers.comments.forms import NameForm
from broadsheet.readers.comments.models import Comment, Commenter
from broadsheet.readers.newsletters import links as letter_links
from broadsheet.readers.newsletters.decide.mailboxes import key_of
from broadsheet.readers.newsletters.models import Subscriber
from broadsheet.readers.said import done

METHODS = ["GET", "HEAD", "POST"]
SIGN_IN = "account_login"
View = Callable[..., HttpResponse]


@never_cache
@require_http_methods(METHODS)
def account(request: HttpRequest) -> HttpResponse:
    """The page; POST changes the name that comments are signed with."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path, SIGN_IN)
    writer = writer_of(request)
    form = NameForm(request.POST if request.method == "POST" else {"name": writer.name if writer else ""})
    if request.method == "POST" and writer and form.is_valid():
        own.rename(writer, form.cleaned_data["name"])
        messages.success(request, _("Saved."))
        return redirect("account")
    context = {"writer": writer, "form": form, "at_the_desk": works_at_the_desk(request.user), **_letters(request.user)}
    if writer:
        context |= {"comments": _comments(writer), "token": comment_links.token_of(writer)}
    return render(request, "readers/accounts/account.html", context, status=422 if request.method == "POST" else 200)


def for_readers(view: View) -> View:
    """A view for those who have signed in and do not work at the desk, which has its own way to change an account."""

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.path, SIGN_IN)
        return redirect("account") if works_at_the_desk(request.user) else view(request, *args, **kwargs)

    return checked


@never_cache
@require_http_methods(METHODS)
def delete(request: HttpRequest) -> HttpResponse:
    """Delete an account and what was written with it."""
    if request.method != "POST" or "sure" not in request.POST:
        return render(request, "readers/accounts/delete.html", _letters(request.user))
    user: Any = request.user
    with transaction.atomic():
        if (writer := writer_of(request)) is not None:
            own.forget(writer)
        user.delete()
    logout(request)
    text = _("Your account, your comments, your name and your address are gone; answers to them stay.")
    return done(request, _("Everything is deleted"), text)


def _comments(writer: Commenter) -> dict[str, int]:
    mine = Comment.objects.filter(commenter=writer)
    return {"all": mine.count(), "waiting": mine.filter(state=Comment.State.WAITING).count()}


def _letters(user: Any) -> dict[str, Any]:
    """What a reader subscribes to with the mailbox of their account, if they have shown that it is theirs."""
    if not user.email or not is_confirmed(user, user.email):
        return {}
    subscriber = Subscriber.objects.filter(email_key=key_of(user.email)).first()
    if subscriber is None:
        return {}
    names = subscriber.subscriptions.filter(active=True).order_by("newsletter__name")
    return {
        "letters": list(names.values_list("newsletter__name", flat=True)),
        "letters_token": letter_links.token_of(subscriber.pk, subscriber.key),
    }
