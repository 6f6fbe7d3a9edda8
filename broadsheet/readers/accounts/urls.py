"""Readers' accounts: in, out, a page of one's own, the mailbox and its confirmation. There is no password to lose."""

from __future__ import annotations

from allauth.account import views
from django.urls import path

from broadsheet.readers.accounts import views as ours
from broadsheet.readers.accounts.limited import limited

urlpatterns = [
    path("", ours.account, name="account"),
    path("delete/", ours.for_readers(ours.delete), name="account_delete"),
    path("email/", ours.for_readers(limited(views.email)), name="account_email"),
    path("login/", limited(views.request_login_code), name="account_login"),
    path("login/code/", limited(views.request_login_code), name="account_request_login_code"),
    path("login/code/confirm/", limited(views.confirm_login_code), name="account_confirm_login_code"),
    path("signup/", limited(views.signup), name="account_signup"),
    path("confirm-email/", limited(views.email_verification_sent), name="account_email_verification_sent"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", limited(views.request_login_code), name="account_reauthenticate"),
]
