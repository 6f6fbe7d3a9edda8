"""What readers fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.readers.comments.decide.markdown import LONGEST
from broadsheet.readers.comments.models import Comment, Report
from broadsheet.readers.newsletters.decide.mailboxes import mailbox


class TextForm(forms.Form):
    """The comment alone: all that somebody is asked who has signed in, or changes what they wrote."""

    text = forms.CharField(label=_("Your comment"), max_length=LONGEST, strip=True)

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\x00", "")
        if not any(letter.isalnum() for letter in text):
            raise forms.ValidationError(_("Please write something."))
        return text


class NameForm(forms.Form):
    """What comments are signed with."""

    name = forms.CharField(label=_("Name"), max_length=60)

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if "://" in name or "@" in name:
            raise forms.ValidationError(_("Please sign with a name, without an address: everybody will read it."))
        return name


class WriteForm(TextForm, NameForm):
    """A comment of somebody who has signed in."""

    follow = forms.ChoiceField(choices=Comment.Follow.choices, required=False)
    parent = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    opened = forms.CharField(required=False, max_length=200)
    took = forms.FloatField(required=False, min_value=0)
    website = forms.CharField(required=False)  # a trap: people do not see it, programs fill it in

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in what people cannot see."""
        return bool(self.cleaned_data.get("website"))


class GuestForm(WriteForm):
    """A comment of a guest."""

    email = forms.CharField(label=_("E-mail address"), max_length=320)

    def clean_email(self) -> str:
        found = mailbox(self.cleaned_data["email"])
        if found is None:
            raise forms.ValidationError(_("Please write an address such as you@example.org."))
        return found


class ReportForm(forms.ModelForm[Report]):
    """What is wrong with a comment."""

    website = forms.CharField(required=False)  # a trap, as above

    class Meta:
        model = Report
        fields = ["why", "text"]
        labels = {"why": _("What is wrong with it?"), "text": _("Anything we should know?")}
        widgets: dict[str, Any] = {}
