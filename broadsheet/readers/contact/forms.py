"""The two forms by which readers reach the editors."""

from __future__ import annotations

from typing import Any

from django import forms

from broadsheet.readers.contact.models import Message

GROUNDS = [
    ("copyright", "It is my work, or that of somebody I speak for"),
    ("privacy", "It harms somebody's privacy"),
    ("wrong", "It is wrong or defamatory"),
    ("other", "Something else"),
]


class ContactForm(forms.ModelForm[Message]):
    """A tip, a question, a correction."""

    website = forms.CharField(required=False)  # a trap: people do not see it, programs fill it in

    class Meta:
        model = Message
        fields = ["name", "email", "subject", "text"]
        labels = {"name": "Your name", "email": "E-mail address", "text": "Your message"}

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in what people cannot see."""
        return bool(self.cleaned_data.get("website"))


class TakedownForm(ContactForm):
    """A request to remove something, with what is needed to act on it."""

    grounds = forms.ChoiceField(choices=GROUNDS)
    truthful = forms.BooleanField(error_messages={"required": "Please confirm that what you state is true."})

    class Meta(ContactForm.Meta):
        fields = ["name", "email", "url", "grounds", "text"]
        labels = {**ContactForm.Meta.labels, "url": "Address of the page", "text": "What should we know?"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].required = True


FORMS: dict[str, type[ContactForm]] = {"contact": ContactForm, "takedown": TakedownForm}
