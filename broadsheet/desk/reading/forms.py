"""Pinning an article in What's hot."""

from __future__ import annotations

from django import forms
from wagtail.admin.widgets import AdminDateTimeInput, AdminPageChooser

from broadsheet.newsroom.models import Article
from broadsheet.readers.reading.boxes import HOT


class PinForm(forms.Form):
    """Which article, where, until when."""

    article = forms.ModelChoiceField(
        Article.objects.filter(live=True),
        widget=AdminPageChooser(target_models=[Article]),
        error_messages={"invalid_choice": "Choose an article that is published."},
    )
    place = forms.IntegerField(min_value=1, max_value=HOT, initial=1, help_text=f"1 is the first of {HOT}.")
    until = forms.DateTimeField(
        required=False, widget=AdminDateTimeInput, help_text="When it leaves by itself; empty: when it is taken away."
    )
