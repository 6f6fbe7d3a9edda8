"""How readers' accounts differ from what django-allauth does by itself: the desk has a door of its own."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from broadsheet.press.pages.frame import the_masthead
from broadsheet.readers.limits.senders import address_of
from broadsheet.readers.newsletters.decide.mailboxes import mailbox

DESK = "wagtailadmin.access_admin"


def works_at_the_desk(user: Any) -> bool:
    """Whether an account opens the desk: a code by mail is too little for that."""
    return bool(user.is_staff or user.is_superuser or user.has_perm(DESK))


class ReaderAdapter(DefaultAccountAdapter):
    """Signs readers in by a code that is mailed to them."""

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Send whoever works at the desk to the desk's own door; nobody comes in through this one."""
        if works_at_the_desk(user):
            return redirect("wagtailadmin_login")
        return super().pre_login(request, user, **kwargs)

    def clean_email(self, email: str) -> str:
        """A mailbox that the paper writes to.

        Raises:
            ValidationError: it is none.
        """
        if not (found := mailbox(email)):
            raise ValidationError(EmailValidator.message)
        return found

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail in the paper's name, not in that of the machine; never to what is no mailbox, whatever was typed."""
        if not mailbox(email):
            return
        named = {"paper": the_masthead().name, "base_url": settings.BASE_URL}
        super().send_mail(template_prefix, email, {**context, **named})

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of a mailbox that it has an account; there is no password that could be lost."""
        context = {"login_url": settings.BASE_URL + reverse("account_login")}
        self.send_mail("account/email/account_already_exists", email, context)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that attempts are counted by, as everywhere in the readers' room."""
        return address_of(request)
