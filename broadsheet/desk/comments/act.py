"""Deciding on comments: one, or all that are ticked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic.base import View

from broadsheet.desk.comments.access import BAN, DecidesOnComments
from broadsheet.readers.comments.actions import moderating
from broadsheet.readers.comments.models import Comment

MOST_AT_ONCE = 200
BANS = {"week": timedelta(days=7), "month": timedelta(days=31), "": None}
Verb = Callable[[list[Comment], Any, str], object]
VERBS: dict[str, tuple[str, Verb]] = {
    "approve": ("Published", lambda found, by, _: moderating.approve(found, by)),
    "reject": ("Rejected", lambda found, by, reason: moderating.reject(found, by, reason=reason)),
    "spam": ("Spam", lambda found, by, _: moderating.mark_spam(found, by)),
    "back": ("Waits again", lambda found, by, _: moderating.put_back(found, by)),
    "ban": ("Banned", lambda found, by, reason: moderating.reject(found, by, reason=reason)),
    "pick": ("Editors’ pick", lambda found, *_: moderating.pick(found, True)),
    "unpick": ("No pick any more", lambda found, *_: moderating.pick(found, False)),
    "fine": ("Left as it is", lambda found, *_: moderating.settle_reports(found)),
}


class ActView(DecidesOnComments, View):
    """``one`` is ``verb:number``; ``all`` is a verb for the ticked ``items``. Answers JSON where that is asked for."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it."""
        verb, numbers = self._asked(request)
        if verb not in VERBS:
            return HttpResponseBadRequest("There is no such verb.")
        if verb == "ban" and not request.user.has_perm(BAN):
            raise PermissionDenied
        comments = list(Comment.objects.select_related("article", "commenter").filter(pk__in=numbers))
        reason = request.POST.get("reason", "").strip()[:300]
        said, act = VERBS[verb]
        if verb == "ban":
            length = BANS.get(request.POST.get("length", ""))
            until = timezone.now() + length if length else None
            moderating.ban(comments, request.user, until=until, reason=reason)
        act(comments, request.user, reason)
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"done": [comment.pk for comment in comments], "said": said})
        count = len(comments)
        messages.success(request, f"{said}: {count} comment{'' if count == 1 else 's'}.")
        return redirect(self._next(request))

    @staticmethod
    def _asked(request: HttpRequest) -> tuple[str, list[int]]:
        if one := request.POST.get("one"):
            verb, _, number = one.partition(":")
            return verb, _numbers([number])
        return request.POST.get("all", ""), _numbers(request.POST.getlist("items"))

    @staticmethod
    def _next(request: HttpRequest) -> str:
        wanted = request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
        return wanted if safe else "desk_comments:queue"


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19][:MOST_AT_ONCE]
