"""Asking Akismet, where the site has given a key: through the fetch door, and never in the way of a comment.

https://akismet.com/developers/detailed-docs/comment-check/
"""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from django.conf import settings

from broadsheet.press.mains import waiting_for_others
from broadsheet.readers.comments.models import Comment
from broadsheet.wire.errors import FetchError
from broadsheet.wire.fetching import Courier, Parcel

logger = logging.getLogger("broadsheet.comments")
SECONDS = 4.0


def check(comment: Comment) -> bool | None:
    """Whether Akismet takes a comment for spam; None if it is not asked, or does not say."""
    answer = _ask("comment-check", comment)
    return {"true": True, "false": False}.get(answer or "")


def teach(comment: Comment, kind: str) -> None:
    """Tell Akismet what a moderator decided, where that is not what it said."""
    _ask("submit-spam" if kind == "spam" else "submit-ham", comment)


def _ask(what: str, comment: Comment) -> str | None:
    if not settings.AKISMET_KEY:
        return None
    said = {
        "api_key": settings.AKISMET_KEY,
        "blog": settings.BASE_URL,
        "comment_type": "reply" if comment.parent_id else "comment",
        "comment_author": comment.name,
        "comment_author_email": comment.commenter.email if comment.commenter else "",
        "comment_content": comment.text,
        "permalink": settings.BASE_URL + (comment.article.get_url() or "/"),
        "blog_charset": "UTF-8",
    }
    url = f"{settings.AKISMET_URL}/1.1/{what}"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        with waiting_for_others(), Courier(seconds=SECONDS) as courier:
            return (
                courier.deliver(Parcel(url=url, body=urlencode(said).encode(), headers=headers)).body.decode().strip()
            )
    except (FetchError, UnicodeDecodeError) as error:
        logger.warning("Akismet was asked in vain: %s", error)
        return None
