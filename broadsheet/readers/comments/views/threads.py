"""All comments of an article, page by page, and their feed: leaves of the press."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from broadsheet.newsroom.reads import reading
from broadsheet.press.leaves import leaf
from broadsheet.press.pages.frame import frame
from broadsheet.readers.comments import reads
from broadsheet.readers.comments.models import Comment
from broadsheet.readers.comments.views.pages import article_of

IN_FEED = 50


@leaf()
def thread(request: HttpRequest, pk: int, page: int = 1) -> HttpResponse:
    """A page of an article's comments."""
    with reading(reads.key_of(pk)), reading("comments"):
        article = article_of(pk)
    found = reads.thread(article, page=page)
    if found is None or page > max(found.pages, 1):
        raise Http404
    title = _("Comments: %(title)s") % {"title": article.title}
    around = frame(title=title, path=request.path, robots="noindex, follow")
    context = {"frame": around, "article": article, "thread": found, "title": title, "whole": True}
    return TemplateResponse(request, "readers/comments/whole.html", context).render()


@leaf()
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest comments of an article as Atom (RFC 4287)."""
    with reading(reads.key_of(pk)), reading("comments"):
        article = article_of(pk)
        rows = Comment.objects.filter(article=pk, state=Comment.State.APPROVED).order_by("-published_at", "-pk")
        comments = list(rows[:IN_FEED])
    url = settings.BASE_URL + (article.get_url() or "/")
    writer = Atom1Feed(
        title=_("Comments: %(title)s") % {"title": article.title},
        link=url,
        description="",
        language=settings.LANGUAGE_CODE,
        feed_url=settings.BASE_URL + reverse("comment-feed", args=[pk]),
    )
    for comment in comments:
        writer.add_item(
            title=_("%(name)s on “%(title)s”") % {"name": comment.name, "title": article.title},
            link=settings.BASE_URL + comment.get_absolute_url(),
            unique_id=f"{url}#comment-{comment.pk}",
            description=comment.html,
            author_name=comment.name,
            pubdate=comment.published_at,
            updateddate=comment.edited_at or comment.published_at,
        )
    return HttpResponse(writer.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
