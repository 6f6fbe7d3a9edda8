"""What readers write (comments, searches, names) does nothing in a browser, with the content policy off.

Each vector is shown by our own templates in a page of its own; the same vector in a bare page shows that it is alive.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from broadsheet.readers.comments import links
from broadsheet.readers.comments.mailing import notices
from broadsheet.readers.comments.models import Comment, Notice
from tests.factories import make_article, make_section
from tests.hostile.executing import hits
from tests.hostile.vectors import vectors
from tests.readers.comments.factories import make_comment, make_commenter

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def shown(client: Client, mailbox: list[Any], vector: str) -> dict[str, str]:
    """The vector on every page, and in every mail, that shows what a reader wrote."""
    Comment.objects.all().delete()
    writer = make_commenter(name=vector[:60])
    comment = make_comment(ARTICLE[0], vector, commenter=writer, name=vector[:60])
    answer = make_comment(ARTICLE[0], vector, parent=comment, name=vector[:60])
    notices.send(Notice(comment=answer, to=writer))
    token, pk = links.token_of(writer), ARTICLE[0].pk
    pages = {
        "article": ARTICLE[0].get_url(),
        "thread": f"/comments/{pk}/",
        "answer form": f"/comments/{pk}/write/?to={comment.pk}",
        "report form": f"/comments/report/{comment.pk}/",
        "own page": f"/comments/me/{token}/",
        "confirmation": f"/comments/confirm/{links.confirmation_of(comment.pk, writer.email)}/",
        "search echo": f"/search/?q={quote(vector)}",
        "queue": "/desk/comments/?state=",
    }
    found = {name: client.get(address).content.decode() for name, address in pages.items()}
    bad = {"text": vector, "name": vector[:60], "email": vector}
    found["form with mistakes"] = client.post(f"/comments/{pk}/write/", bad).content.decode()
    found["mail"] = mailbox[-1].alternatives[0][0]
    return found


ARTICLE: list[Any] = []


@pytest.fixture
def pages(paper: Any, admin_client: Client, mailoutbox: list[Any], settings: Any) -> list[tuple[str, dict[str, str]]]:
    settings.DEFAULT_FROM_EMAIL = "news@example.org"
    settings.ALLOWED_HOSTS = ["*"]
    ARTICLE[:] = [make_article(make_section(slug="city"), slug="ferry")]
    return [(vector, shown(admin_client, mailoutbox, vector)) for vector in vectors()]


@pytest.fixture
def browser(pages: Any, chromium: str) -> Any:  # after the pages: the driver's loop and the database do not mix
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


def test_nothing_that_readers_write_is_executed(pages: Any, browser: Browser, record_property: Any) -> None:
    control = hits(browser, [f"<div>{vector}</div>" for vector, _ in pages])
    alive = sum(count > 0 for count in control)
    record_property("vectors", len(pages))
    record_property("alive", alive)
    assert alive >= 12, "the control executes what the browser takes from an unsanitised page"
    names = [(vector, name, html) for vector, found in pages for name, html in found.items()]
    executed = hits(browser, [html for *_, html in names])
    assert [(vector, name) for (vector, name, _), count in zip(names, executed, strict=True) if count] == []
