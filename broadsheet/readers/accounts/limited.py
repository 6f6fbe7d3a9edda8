"""How often somebody may ask for codes and try them: counted in the database, so exact whichever process is asked.

django-allauth counts too, in each process by itself, by the minute; what is here is what holds.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from broadsheet.readers.accounts import again
from broadsheet.readers.limits import senders
from broadsheet.readers.limits.actions import take
from broadsheet.readers.newsletters.decide.mailboxes import mailbox
from broadsheet.readers.said import done

PER = timedelta(hours=1)
FROM_ONE_SENDER = 30
"""Requests and tries of one address: a household's."""
TO_ONE_MAILBOX = 6
"""Codes that one mailbox is sent: nobody's is filled by a stranger, and a code cannot be guessed by asking for many."""

View = Callable[..., HttpResponse]


def limited(view: View) -> View:
    """A view that answers 429 to whoever has sent it too many forms within PER."""

    @wraps(view)
    def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        resent = again.is_asked(request)
        if resent and (seconds := again.wait(request)):
            messages.error(request, _("It was sent just now. Please wait another %d seconds.") % seconds)
            return redirect(request.get_full_path())
        if request.method == "POST" and not _may(request):
            return done(request, _("Too many attempts"), _("Please try again in an hour."), status=429)
        if resent:
            again.note(request)
            messages.success(request, _("A new code is on its way. The one before it no longer works."))
        return view(request, *args, **kwargs)

    return counted


def _may(request: HttpRequest) -> bool:
    sender = senders.hash_of(senders.address_of(request))
    if not take("account", sender, most=FROM_ONE_SENDER, per=PER):
        return False
    asked_for = again.waiting_for(request) if again.is_asked(request) else request.POST.get("email", "")
    written = mailbox(asked_for.strip()[:320])
    return not written or take("account-by", senders.hash_of(written.casefold()), most=TO_ONE_MAILBOX, per=PER)
