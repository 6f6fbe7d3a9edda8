"""The form that asks for letters."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.readers.newsletters.decide.mailboxes import mailbox
from broadsheet.readers.newsletters.models import Newsletter


class SubscribeForm(forms.Form):
    """A mailbox and what it wants."""

    email = forms.CharField(label=_("E-mail address"), max_length=320)
    lists = forms.ModelMultipleChoiceField(
        label=_("Letters"),
        queryset=Newsletter.objects.filter(active=True),
        to_field_name="slug",
        error_messages={"required": _("Please choose at least one letter.")},
    )
    where = forms.CharField(required=False, max_length=300)
    website = forms.CharField(required=False)  # a trap: people do not see it, programs fill it in

    def clean_email(self) -> str:
        found = mailbox(self.cleaned_data["email"])
        if found is None:
            raise forms.ValidationError(_("Please write an address such as you@example.org."))
        return found

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in what people cannot see."""
        return bool(self.cleaned_data.get("website"))


class ChoiceForm(forms.Form):
    """The lists of a subscriber."""

    lists = forms.ModelMultipleChoiceField(
        queryset=Newsletter.objects.filter(active=True), to_field_name="slug", required=False
    )
