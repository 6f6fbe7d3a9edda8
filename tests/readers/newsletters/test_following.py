"""Following: one letter a day, in which each reader finds what is new in what they follow, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from broadsheet.newsroom.models import ListKind
from broadsheet.readers.newsletters import links
from broadsheet.readers.newsletters.actions import composing, following, sending, starting, subscribing
from broadsheet.readers.newsletters.decide import personal
from broadsheet.readers.newsletters.models import Delivery, Follow, Letter, Newsletter
from tests.factories import make_article, make_person, make_section, make_topic
from tests.readers.newsletters.factories import make_newsletter, make_subscriber

pytestmark = pytest.mark.django_db
FOLLOWING = Newsletter.Rhythm.FOLLOWING


@pytest.fixture
def daily(section: Any) -> Newsletter:
    return make_newsletter(name="What you follow", slug="following", rhythm=FOLLOWING, length=3)


def reader(daily: Newsletter, email: str, *places: tuple[int, int]) -> Any:
    subscriber = make_subscriber(daily, email=email)
    following.add(subscriber.pk, places)
    return subscriber


def send(daily: Newsletter) -> Letter:
    letter, _ = composing.compose(daily)
    starting.start(letter)
    sending.send_slice(letter.pk)
    return letter


def headlines(to: str) -> list[str]:
    message = next(message for message in mail.outbox if message.to == [to])
    return re.findall(r"^(Report \w+)$", message.body, re.MULTILINE)


def test_each_reader_gets_what_they_follow_and_nothing_else(section: Any, daily: Newsletter) -> None:
    person, topic, other = make_person(), make_topic(), make_section()
    now = timezone.now()
    make_article(section, title="Report harbour", at=now - timedelta(minutes=4))
    make_article(other, title="Report author", authors=[person], at=now - timedelta(minutes=3))
    make_article(other, title="Report topic", topics=[topic], at=now - timedelta(minutes=2))
    make_article(other, title="Report nobody", at=now - timedelta(minutes=1))
    reader(daily, "harbour@example.org", (ListKind.SECTION, section.pk))
    reader(daily, "both@example.org", (ListKind.PERSON, person.pk), (ListKind.TOPIC, topic.pk))
    reader(daily, "idle@example.org", (ListKind.TOPIC, make_topic().pk))
    letter = send(daily)
    assert headlines("harbour@example.org") == ["Report harbour"]
    assert headlines("both@example.org") == ["Report topic", "Report author"]
    assert len(mail.outbox) == Delivery.objects.count() == 2
    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects["harbour@example.org"] == "Report harbour"
    html = mail.outbox[0].alternatives[0][0]
    assert "0-letter-item" not in html + mail.outbox[0].body and html.count("Report") == html.count("Report harbour")
    assert Client().get(Letter.objects.get(pk=letter.pk).get_absolute_url()).status_code == 404
    assert "Report nobody" not in letter.__class__.objects.get(pk=letter.pk).html


def test_nothing_comes_twice_and_no_reader_gets_more_than_the_lists_length(section: Any, daily: Newsletter) -> None:
    reader(daily, "ada@example.org", (ListKind.SECTION, section.pk))
    for number in range(5):
        make_article(section, title=f"Report n{number}", at=timezone.now() - timedelta(minutes=9 - number))
    send(daily)
    assert headlines("ada@example.org") == ["Report n4", "Report n3", "Report n2"]
    mail.outbox.clear()
    make_article(section, title="Report later")
    send(daily)
    assert headlines("ada@example.org") == ["Report later"]


def test_who_follows_no_more_meanwhile_gets_nothing(section: Any, daily: Newsletter) -> None:
    subscriber = reader(daily, "ada@example.org", (ListKind.SECTION, section.pk))
    make_article(section, title="Report one")
    letter, _ = composing.compose(daily)
    starting.start(letter)
    following.keep_only(subscriber.pk, [])
    sending.send_slice(letter.pk)
    assert mail.outbox == [] and Delivery.objects.get().state == Delivery.State.DROPPED


def test_a_reader_follows_by_a_form_confirms_and_chooses(client: Client, section: Any, daily: Newsletter) -> None:
    topic = make_topic("Ferries")
    article = make_article(section, topics=[topic], authors=[make_person("Ada Marsh")])
    page = client.get(f"/follow/article/{article.pk}/").content.decode()
    assert [name in page for name in ("Ferries", "Ada Marsh", section.title, f"/topics/{topic.slug}/feed/rss.xml")] == [
        True
    ] * 4
    said = {"email": "jo@example.org", "offered": [f"topic:{topic.pk}", f"section:{section.pk}"]}
    wrong = client.post("/follow/ask/", {**said, "email": "jo", "follows": [f"topic:{topic.pk}"]})
    assert wrong.status_code == 422 and "Ferries" in wrong.content.decode() and 'value="jo"' in wrong.content.decode()
    for nothing in ([], ["topic:999"], ["nonsense", "topic:x", "topic:²"]):
        assert client.post("/follow/ask/", {**said, "follows": nothing}).status_code == 422
    follows = [f"topic:{topic.pk}", f"section:{section.pk}"]
    assert (
        client.post("/follow/ask/", {**said, "follows": follows}, headers={"Origin": "https://e.example"}).status_code
        == 403
    )
    assert client.post("/follow/ask/", {**said, "follows": follows}).url == "/newsletters/asked/"
    assert "Ferries" in mail.outbox[0].body and not Follow.objects.exists()
    link = re.search(r"http://\S+?(/newsletters/confirm/\S+)", mail.outbox[0].body)[1]
    assert "Ferries" in client.get(link).content.decode() and not Follow.objects.exists()
    mine = client.post(link).url
    assert set(Follow.objects.values_list("kind", "ref")) == {
        (ListKind.TOPIC, topic.pk),
        (ListKind.SECTION, section.pk),
    }
    assert "Ferries" in client.get(mine).content.decode()
    client.post(mine, {"lists": ["following"], "follows": [f"topic:{topic.pk}"]})
    assert list(Follow.objects.values_list("kind", "ref")) == [(ListKind.TOPIC, topic.pk)]
    subscriber = Follow.objects.get().subscriber
    client.post(f"/newsletters/leave/{links.token_of(subscriber.pk, subscriber.key)}/following/")
    make_article(section, topics=[topic], title="Report one")
    assert composing.choose(daily) == []
    subscribing.forget(subscriber)
    assert not Follow.objects.exists()


def test_it_is_no_list_among_others_and_there_is_one(client: Client, daily: Newsletter) -> None:
    assert "What you follow" not in client.get("/newsletters/").content.decode()
    assert client.get("/newsletters/following/").status_code == 404
    assert client.post("/newsletters/subscribe/", {"email": "a@example.org", "lists": "following"}).status_code == 422
    with pytest.raises(ValidationError):
        Newsletter(name="x", slug="x", promise="y", rhythm=FOLLOWING).full_clean()
    assert client.get("/follow/nonsense/1/").status_code == client.get("/follow/topic/999/").status_code == 404


def test_a_letter_is_taken_apart_at_its_marks() -> None:
    rendered = "".join(["<a>", *(f"{personal.mark(n)}item {n};{personal.END}\n" for n in range(3)), "</a>"])
    pieces = personal.apart(rendered)
    assert pieces.of((2, 0)) == "<a>item 2;item 0;\n</a>"
    assert personal.whole(rendered) == "<a>item 0;\nitem 1;\nitem 2;\n</a>"
    assert personal.apart("<a></a>").of((1,)) == "<a></a>"
    places = {0: {(1, 7)}, 1: {(2, 3), (1, 8)}, 2: {(1, 7)}}
    assert personal.items_for([(1, 7)], places, 5) == (0, 2)
    assert personal.items_for([(1, 7), (2, 3)], places, 2) == (0, 1)
    assert personal.items_for([], places, 5) == ()
