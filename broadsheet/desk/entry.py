"""One-time login links: printed by the demo, and for an editor who has lost the password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model, login
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables


class _EntryTokens(PasswordResetTokenGenerator):
    """Tokens that a login uses up: they are made of the last login's time."""

    key_salt = "broadsheet.desk.entry"


tokens = _EntryTokens()


def one_time_link(user: Any) -> str:
    """The path of a page that lets a user in once, within the days of PASSWORD_RESET_TIMEOUT."""
    number = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("one_time_entry", args=[number, tokens.make_token(user)])


@never_cache
@sensitive_variables("token")
def enter(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Ask on GET (link scanners follow links), let in on POST."""
    user = _user(number)
    valid = user is not None and tokens.check_token(user, token)
    if request.method == "POST" and valid and user is not None:
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("wagtailadmin_home")
    return render(request, "desk/enter.html", {"valid": valid}, status=200 if valid else 410)


def _user(number: str) -> Any:
    try:
        pk = urlsafe_base64_decode(number).decode()
        return get_user_model().objects.filter(pk=pk, is_active=True).first()
    except (ValueError, OverflowError):
        return None
