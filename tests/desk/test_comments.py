"""The comments' queue at the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from broadsheet.desk.actions.roles import MODERATORS, make_roles
from broadsheet.readers.comments.models import Ban, Comment, Report
from tests.factories import make_article
from tests.readers.comments.factories import make_comment, make_commenter

pytestmark = pytest.mark.django_db
State, QUEUE, ACT = Comment.State, "/desk/comments/", "/desk/comments/act/"


@pytest.fixture
def article(world: Any) -> Any:
    return make_article(world, title="Ferry late")


@pytest.fixture
def moderator(paper: Any, django_user_model: Any) -> Client:
    """Somebody who does nothing but moderate."""
    make_roles()
    user = django_user_model.objects.create_user("mo", "mo@example.org", "x")
    user.groups.add(Group.objects.get(name=MODERATORS))
    client = Client()
    client.force_login(user)
    return client


def test_the_queue_says_what_a_moderator_must_know(moderator: Client, article: Any) -> None:
    writer = make_commenter("eve@example.org", name="Eve")
    make_comment(article, "Fine.", commenter=writer)
    make_comment(article, "Bad.", commenter=writer, state=State.SPAM)
    parent = make_comment(article, "What do you think?", name="Bo")
    make_comment(
        article, "<b>Iced</b> pier", commenter=writer, parent=parent, state=State.WAITING, signs=["3 links"], spam=0.83
    )
    page = moderator.get(QUEUE).content.decode()
    for told in (
        "Eve",
        "eve@example.org",
        "1 published, 1 refused",
        "Ferry late",
        "What do you think?",
        "3 links",
        "83 %",
    ):
        assert told in page
    assert "&lt;b&gt;Iced" in page and "Comments (1)" in page
    assert "Fine." not in page and "Fine." in moderator.get(f"{QUEUE}?state=approved").content.decode()
    assert "Bad." in moderator.get(f"{QUEUE}?state=&text=eve@").content.decode()
    assert moderator.get(f"{QUEUE}?state=nonsense&before=x&text=%00").status_code == 200


def test_one_and_many_are_decided_and_undone(moderator: Client, article: Any) -> None:
    comments = [make_comment(article, f"Number {n}", state=State.WAITING) for n in range(3)]
    for verb, state in (
        ("approve", State.APPROVED),
        ("reject", State.REJECTED),
        ("spam", State.SPAM),
        ("back", State.WAITING),
    ):
        answer = moderator.post(ACT, {"one": f"{verb}:{comments[0].pk}"}, headers={"Accept": "application/json"})
        assert answer.json()["done"] == [comments[0].pk]
        assert Comment.objects.get(pk=comments[0].pk).state == state
    items = [str(comment.pk) for comment in comments]
    answer = moderator.post(
        ACT, {"all": "reject", "items": items, "reason": "Off the subject", "next": f"{QUEUE}?state="}
    )
    assert answer.url == f"{QUEUE}?state="
    assert set(Comment.objects.values_list("state", "reason")) == {(State.REJECTED, "Off the subject")}
    assert moderator.post(ACT, {"all": "approve", "items": items, "next": "https://evil.example/"}).url == QUEUE
    assert moderator.post(ACT, {"one": "dance:1"}).status_code == 400
    assert moderator.get(ACT).status_code == 405


def test_bans_picks_and_reports(moderator: Client, article: Any) -> None:
    comment = make_comment(article, commenter=make_commenter("eve@example.org"))
    moderator.post(ACT, {"one": f"pick:{comment.pk}"})
    assert Comment.objects.get().pick
    Report.objects.create(comment=comment, why="abuse", text="He insults me", sender="x")
    assert "He insults me" in moderator.get(f"{QUEUE}?state=reported").content.decode()
    moderator.post(ACT, {"one": f"fine:{comment.pk}"})
    assert "He insults me" not in moderator.get(f"{QUEUE}?state=reported").content.decode()
    moderator.post(ACT, {"one": f"ban:{comment.pk}", "length": "week", "reason": "Insults"})
    ban = Ban.objects.get()
    assert ban.until is not None and Comment.objects.get().state == State.REJECTED
    listed = moderator.get("/desk/comment-bans/").content.decode()
    assert "eve@example.org" in listed and "Until " in listed and "For good" not in listed
    moderator.post("/desk/comment-bans/new/", {"email_key": "Max@Example.org", "reason": "", "until": ""})
    assert Ban.objects.filter(email_key="max@example.org").exists()
    assert "For good" in moderator.get("/desk/comment-bans/").content.decode()


def test_only_moderators_see_and_decide(reporter: Client, article: Any) -> None:
    comment = make_comment(article, state=State.WAITING)
    assert reporter.get(QUEUE).status_code == 302 or reporter.get(QUEUE).status_code == 403
    reporter.post(ACT, {"one": f"approve:{comment.pk}"})
    assert Comment.objects.get().state == State.WAITING
    assert "desk-comments" not in reporter.get("/desk/").content.decode()


def test_the_queues_queries_do_not_grow(moderator: Client, article: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(45):
        make_comment(article, f"Number {number}", state=State.WAITING)
    moderator.get(QUEUE)
    with django_assert_max_num_queries(25):
        page = moderator.get(QUEUE).content.decode()
    assert page.count("data-comment=") == 40 and 'rel="next"' in page


def test_the_newsroom_answers_as_itself(editor: Client, article: Any, django_user_model: Any) -> None:
    django_user_model.objects.update(email="kim@example.org")
    comment = make_comment(article)
    form = editor.get(f"/comments/{article.pk}/write/?to={comment.pk}").content.decode()
    assert "You are signed in as" in form
    said = {"text": "Thank you, it is mended.", "name": "Kim", "parent": str(comment.pk)}
    answer = editor.post(f"/comments/{article.pk}/write/", said)
    made = Comment.objects.latest("pk")
    assert (made.state, made.staff, made.depth) == (State.APPROVED, "Editor", 1)
    assert answer.url == made.get_absolute_url()
    assert "<i>Editor</i>" in Client().get(article.get_url()).content.decode()
