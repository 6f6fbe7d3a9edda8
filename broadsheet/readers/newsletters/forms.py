"""The form that asks for letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.readers.newsletters import followed
from broadsheet.readers.newsletters.decide.mailboxes import mailbox
from broadsheet.readers.newsletters.models import Newsletter


class MailboxForm(forms.Form):
    """A mailbox, the page the form stood on, and a trap."""

    email = forms.CharField(label=_("E-mail address"), max_length=320)
    where = forms.CharField(required=False, max_length=300)
    website = forms.CharField(required=False)  # people do not see it, programs fill it in

    def clean_email(self) -> str:
        found = mailbox(self.cleaned_data["email"])
        if found is None:
            raise forms.ValidationError(_("Please write an address such as you@example.org."))
        return found

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in what people cannot see."""
        return bool(self.cleaned_data.get("website"))


class SubscribeForm(MailboxForm):
    """A mailbox and the letters it wants."""

    lists = forms.ModelMultipleChoiceField(
        label=_("Letters"),
        queryset=Newsletter.objects.filter(active=True).exclude(rhythm=Newsletter.Rhythm.FOLLOWING),
        to_field_name="slug",
        error_messages={"required": _("Please choose at least one letter.")},
    )


class FollowForm(MailboxForm):
    """A mailbox and what it follows."""

    follows = forms.Field(label=_("Follow"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        values = self.data.getlist("follows") if hasattr(self.data, "getlist") else []
        cleaned["follows"] = [one.place for one in followed.named(followed.read(values[:50]))]
        if not cleaned["follows"]:
            self.add_error("follows", _("Please choose at least one thing to follow."))
        return cleaned


class ChoiceForm(forms.Form):
    """The lists of a subscriber."""

    lists = forms.ModelMultipleChoiceField(
        queryset=Newsletter.objects.filter(active=True), to_field_name="slug", required=False
    )
