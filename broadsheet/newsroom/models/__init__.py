"""The newsroom's nouns: what is published."""

from broadsheet.newsroom.models.article import Article, Byline, Correction, RelatedLink, TopicLink
from broadsheet.newsroom.models.fronts import HomePage, Section
from broadsheet.newsroom.models.listing import Listing, ListKind, MonthCount
from broadsheet.newsroom.models.pages import TextPage
from broadsheet.newsroom.models.people import Person, Topic
from broadsheet.newsroom.models.pictures import Picture, Rendition
from broadsheet.newsroom.models.site import Paper

__all__ = [
    "Article",
    "Byline",
    "Correction",
    "HomePage",
    "ListKind",
    "Listing",
    "MonthCount",
    "Paper",
    "Person",
    "Picture",
    "RelatedLink",
    "Rendition",
    "Section",
    "TextPage",
    "Topic",
    "TopicLink",
]
