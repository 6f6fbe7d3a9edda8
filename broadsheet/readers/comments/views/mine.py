"""A commenter's own page: every comment with its state, to change, delete, take along, or have forgotten.

It is reached by a signed link from a mail, or by an account; GET changes nothing.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from broadsheet.newsroom.models import Article
from broadsheet.readers.comments import links, reads
from broadsheet.readers.comments.actions import own
from broadsheet.readers.comments.errors import BadLink, TooLate
from broadsheet.readers.comments.forms import TextForm
from broadsheet.readers.comments.models import Comment, Commenter
from broadsheet.readers.comments.views.pages import METHODS, bad_link, other_site, private
from broadsheet.readers.said import done
from broadsheet.readers.same_site import is_same_site

MOST = 200
"""Comments on the page; the file has all."""


@csrf_exempt
@require_http_methods(METHODS)
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """The page."""
    try:
        commenter = links.commenter_of(token)
    except BadLink as error:
        return bad_link(request, error)
    if request.method != "POST":
        return _page(request, commenter, token)
    if not is_same_site(request):
        return other_site()
    if "forget" in request.POST:
        own.forget(commenter)
        text = _("Your comments, your name and your address are gone; answers to them stay.")
        return done(request, _("Everything is deleted"), text)
    if "stop" in request.POST:
        own.stop(commenter)
    return redirect("comments-mine", token)


@csrf_exempt
@require_http_methods(METHODS)
def one(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """One comment: change it while that is possible, or delete it."""
    try:
        commenter = links.commenter_of(token)
    except BadLink as error:
        return bad_link(request, error)
    comment: Comment = get_object_or_404(Comment.objects.select_related("article"), pk=pk, commenter=commenter)
    form = TextForm(request.POST if request.method == "POST" else {"text": comment.text})
    if request.method == "POST":
        if not is_same_site(request):
            return other_site()
        if "delete" in request.POST:
            own.remove(comment)
            return redirect("comments-mine", token)
        if form.is_valid():
            try:
                own.change(comment, form.cleaned_data["text"])
                return redirect("comments-mine", token)
            except TooLate as error:
                form.add_error("text", str(error))
    minutes = reads.how().edit_minutes
    context = {"comment": comment, "form": form, "token": token, "may_change": own.may_change(comment, minutes)}
    status = 422 if request.method == "POST" else 200
    return private(request, "one.html", _("Your comment"), context, status=status)


@require_safe
def export(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that is known of a commenter."""
    try:
        commenter = links.commenter_of(token)
    except BadLink as error:
        return bad_link(request, error)
    headers = {"Content-Disposition": 'attachment; filename="comments.json"', "Cache-Control": "private, no-store"}
    options = {"indent": 1, "ensure_ascii": False}
    return JsonResponse(own.exported(commenter), json_dumps_params=options, headers=headers)


@csrf_exempt
@require_http_methods(METHODS)
def stop(request: HttpRequest, token: str, article: int) -> HttpResponse:
    """No more mails of an article's comments. A mail program's POST (RFC 8058) comes without a cookie."""
    try:
        commenter = links.commenter_of(token)
    except BadLink as error:
        return bad_link(request, error)
    if request.method == "POST":
        own.stop(commenter, article)
        return done(request, _("Stopped"), _("You get no more mails of these comments."))
    context = {"commenter": commenter, "token": token, "article": Article.objects.live().filter(pk=article).first()}
    return private(request, "stop.html", _("No more mails?"), context)


def _page(request: HttpRequest, commenter: Commenter, token: str) -> HttpResponse:
    rows = Comment.objects.filter(commenter=commenter).select_related("article").order_by("-pk")[:MOST]
    minutes = reads.how().edit_minutes
    comments = [(comment, own.may_change(comment, minutes)) for comment in rows]
    follows = any(comment.follow for comment, _may in comments)
    context = {"commenter": commenter, "comments": comments, "token": token, "follows": follows}
    return private(request, "mine.html", _("Your comments"), context)
