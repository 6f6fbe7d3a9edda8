"""How the article's form is laid out in the desk."""

from __future__ import annotations

from datetime import timedelta

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.models import Page

from broadsheet.newsroom.decide import BREAKING

TOLD_AT_ONCE = (
    "Readers who asked for it are told once, by letter and on their devices, as soon as it is published. "
    f"For {BREAKING // timedelta(hours=1)} hours it is marked wherever it stands."
)

ARTICLE_CONTENT = [
    TitleFieldPanel("title", heading="Headline", classname="title"),
    FieldPanel("standfirst"),
    FieldRowPanel([FieldPanel("label"), FieldPanel("format"), FieldPanel("place")]),
    FieldPanel("breaking", help_text=TOLD_AT_ONCE),
    MultipleChooserPanel("bylines", chooser_field_name="person", heading="Authors", label="Author"),
    FieldPanel("contributors"),
    MultiFieldPanel([FieldPanel("lead_picture"), FieldPanel("lead_caption")], "Lead picture"),
    FieldPanel("body"),
    MultipleChooserPanel("topic_links", chooser_field_name="topic", heading="Topics", label="Topic"),
    InlinePanel("corrections", heading="Corrections", label="Correction"),
    MultipleChooserPanel(
        "related_links",
        chooser_field_name="related",
        heading="Related articles",
        label="Related article",
        panels=[PageChooserPanel("related")],
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("rights"), FieldPanel("pictures_allowed")]),
            FieldRowPanel([FieldPanel("source_name"), FieldPanel("source_url")]),
            FieldRowPanel([FieldPanel("source_licence"), FieldPanel("source_licence_url")]),
            FieldRowPanel([FieldPanel("source_published_at"), FieldPanel("embargo_until")]),
            FieldPanel("canonical_elsewhere"),
        ],
        "Source and rights",
        classname="collapsed",
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("published_at"), FieldPanel("updated_at")]), FieldPanel("minor_change")],
        "Dates readers see",
        classname="collapsed",
    ),
]

ARTICLE_SETTINGS = [
    *Page.settings_panels,
    FieldPanel("comments_are", help_text="What the paper does stands in Settings > Comments."),
]

ARTICLE_PROMOTE = [
    MultiFieldPanel(
        [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("social_title")],
        "For search engines and social networks",
    ),
    *[panel for panel in Page.promote_panels[1:] if not isinstance(panel, MultiFieldPanel)],
]
