"""Forms of letters, lists and subscribers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from broadsheet.desk.newsletters.reads import carried_choices, choice
from broadsheet.readers.newsletters.models import Newsletter


class LetterForm(WagtailAdminModelForm):
    """An editor's hand: from now on no rule changes the letter."""

    def save(self, commit: bool = True) -> Any:
        self.instance.edited_at = timezone.now()
        return super().save(commit)


class NewsletterForm(WagtailAdminModelForm):
    """A list; what it carries is chosen by name."""

    carries = forms.ChoiceField(
        label=_("Carries"), help_text=_("The newest of it, with what stands on its front first.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carries"].choices = carried_choices()
        self.fields["carries"].initial = choice(self.instance.kind, self.instance.ref)

    def clean(self) -> Any:
        cleaned = super().clean()
        kind, _colon, ref = str(self.cleaned_data.get("carries", "0:0")).partition(":")
        self.instance.kind, self.instance.ref = int(kind), int(ref or 0)
        return cleaned


class ComposeForm(forms.Form):
    """Which list a new letter is for."""

    newsletter = forms.ModelChoiceField(
        label=_("Newsletter"), queryset=Newsletter.objects.filter(active=True), empty_label=_("Choose one")
    )


class TimeForm(forms.Form):
    """When a letter goes."""

    due_at = forms.DateTimeField(label=_("At"), widget=AdminDateTimeInput(attrs={"placeholder": _("Day and time")}))

    def clean_due_at(self) -> Any:
        if self.cleaned_data["due_at"] <= timezone.now():
            raise forms.ValidationError(_("That is over: choose a time to come, or send it now."))
        return self.cleaned_data["due_at"]


class ImportForm(forms.Form):
    """A file of subscribers."""

    file = forms.FileField(label=_("CSV file"))
    newsletter = forms.ModelChoiceField(
        label=_("Newsletter"),
        queryset=Newsletter.objects.all(),
        required=False,
        empty_label=_("As the column “list” says"),
        help_text=_("For all lines of the file."),
    )
