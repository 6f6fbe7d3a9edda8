"""Forms of sources and filing rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Max
from wagtail.admin.forms import WagtailAdminModelForm

from broadsheet.newsroom.models import Section
from broadsheet.wire.models import Filing, FilingRule, Rights

LICENCE_MISSING = "Full text needs the name of its licence, for example CC BY 4.0: name it, or choose fewer rights."


def section_choices() -> list[tuple[str, str]]:
    """Sections by slug, as a tree."""
    rows = Section.objects.order_by("path").values_list("slug", "title", "depth")
    return [("", "None")] + [(slug, "\u2003" * max(depth - 3, 0) + title) for slug, title, depth in rows]


class SectionField(forms.ChoiceField):
    """A choice among the sections that stand now; one that has gone since stays choosable, and says so."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=section_choices, required=False, **kwargs)

    def keep(self, slug: str) -> None:
        """Have a stored section among the choices, even if there is none of that name any more."""
        known = section_choices()
        if slug and slug not in dict(known):
            self.choices = [*known, (slug, f"{slug} (there is no such section)")]


class SourceForm(WagtailAdminModelForm):
    """A source's settings: rights that need a licence have one."""

    section_hint = SectionField(label="Section", help_text="Where its reports usually go.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("section_hint"):
            field.keep(self.instance.section_hint)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("rights") == Rights.FULL_TEXT and not cleaned.get("licence"):
            self.add_error("licence", LICENCE_MISSING)
        if cleaned.get("filing") in {Filing.DRAFT, Filing.PUBLISH} and not cleaned.get("section_hint"):
            self.add_error("section_hint", "Reports can only be filed by themselves to a section: choose one.")
        return cleaned


class RuleForm(WagtailAdminModelForm):
    """A filing rule."""

    section = SectionField(label="Section", help_text="Empty: the source's own section.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("section"):
            field.keep(self.instance.section)

    def save(self, commit: bool = True) -> Any:
        if self.instance.pk is None:
            last = FilingRule.objects.aggregate(last=Max("position"))["last"]
            self.instance.position = 0 if last is None else last + 1  # a new rule is asked last
        return super().save(commit)


class AddressForm(forms.Form):
    """The address of a feed, or of a site that has one."""

    address = forms.CharField(
        label="Address",
        max_length=2000,
        help_text="Of the feed itself, or of the site: its feed is looked for.",
        widget=forms.TextInput(attrs={"placeholder": "https://example.org/", "inputmode": "url"}),
    )


class NewSourceForm(forms.Form):
    """What is agreed with a source before its first report comes in."""

    address = forms.CharField(widget=forms.HiddenInput, max_length=2000)
    name = forms.CharField(max_length=200)
    rights = forms.ChoiceField(choices=Rights.choices, help_text="How much of its reports may be published.")
    licence = forms.CharField(max_length=200, required=False, help_text="The licence's name, for example CC BY 4.0.")
    licence_url = forms.URLField(label="Licence address", max_length=2000, required=False, assume_scheme="https")
    images_allowed = forms.BooleanField(label="Its pictures may be published", required=False)
    section = SectionField(help_text="Where its reports usually go.")
    filing = forms.ChoiceField(choices=Filing.choices, help_text="What happens to a report when it comes in.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("rights") == Rights.FULL_TEXT and not cleaned.get("licence"):
            self.add_error("licence", LICENCE_MISSING)
        if cleaned.get("filing") in {Filing.DRAFT, Filing.PUBLISH} and not cleaned.get("section"):
            self.add_error("section", "Reports can only be filed by themselves to a section: choose one.")
        return cleaned


class OpmlForm(forms.Form):
    """A list of feeds from another reader."""

    file = forms.FileField(
        label="OPML file",
        help_text="Every feed in it is added with headline rights; its outermost group becomes the section.",
        widget=forms.FileInput(attrs={"accept": ".opml,.xml,text/xml,text/x-opml"}),
    )

    def clean_file(self) -> Any:
        found = self.cleaned_data["file"]
        if found.size > 5 * 1024 * 1024:
            raise forms.ValidationError("The file is larger than 5 MB: split it.")
        return found
